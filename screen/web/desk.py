"""Everything that the handlers of one running page share."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from screen import __version__
from screen import sentences as s
from screen.copies.styles import STYLES
from screen.errors import UsageError
from screen.policy import OCCASIONS, PURPOSES
from screen.translation import LANGUAGES, Words, marked, words
from screen.web.entries import Entry
from screen.web.events import Hub
from screen.web.pictures import Album, small_picture
from screen.web.rules import Rules
from screen.web.saving import Saver
from screen.web.security import Keys
from screen.web.session import Session
from screen.web.uploads import MOST_BYTES, MOST_PHOTOS, Upload
from screen.web.views import item_of, questions_of
from screen.words import purpose_name, visible

_STYLE_NAMES = {
    "blur": marked("blurred"),
    "pixelate": marked("in large squares"),
    "fill": marked("filled with one colour"),
    "emoji": marked("a smiling face"),
}


@dataclass(slots=True, eq=False)
class Desk:
    """What handlers work with.

    Attributes:
        keys: what lets a browser in.
        session: the photos.
        saver: saves copies.
        hub: tells events.
        uploads: private folder for dropped photos.
        folder: what was opened; None where photos are dropped only.
        out: where copies of the folder's photos go.
        album: photos in memory.
    """

    keys: Keys
    session: Session
    saver: Saver
    hub: Hub
    uploads: Path
    folder: Path | None = None
    out: Path | None = None
    album: Album = field(default_factory=Album)
    _items: dict[str, tuple[object, dict[str, Any]]] = field(default_factory=dict)
    _small: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def rules(self) -> Rules:
        """The rules of now."""
        return self.session.rules

    @property
    def said(self) -> Words:
        """The sentences of the page's language."""
        return words(self.rules.lang)

    def state(self) -> dict[str, Any]:
        """What the page shows around the photos."""
        rules, said = self.rules, self.said
        purposes = dict.fromkeys((*PURPOSES, *rules.roster.purposes))
        return {
            "lang": rules.lang,
            "languages": list(LANGUAGES),
            "version": __version__,
            "folder": visible(self.folder.resolve().name) if self.folder else None,
            "out": visible(self.out.resolve().name) if self.out else None,
            "roster": {"given": rules.roster.given, "people": len(rules.roster)},
            "policy": visible(rules.policy.name),
            "purposes": [
                {"id": p, "label": purpose_name(p, said), "asked": p in rules.policy.purposes} for p in purposes
            ],
            "occasions": [
                {"id": o, "label": said.text(s.OCCASIONS[o]), "chosen": o == rules.policy.occasion} for o in OCCASIONS
            ],
            "styles": [
                {"id": style, "label": said.text(_STYLE_NAMES.get(style, style)), "chosen": style == rules.style}
                for style in STYLES
            ],
            "questions": questions_of(said),
            "limits": {"bytes": MOST_BYTES, "photos": MOST_PHOTOS},
            "counts": self.session.counts(),
            "busy": self.session.progress.now(),
        }

    def items(self) -> list[dict[str, Any]]:
        """All photos, as lines of the list; those that did not change are not made anew."""
        lang, kept, made = self.rules.lang, self._items, {}
        for entry in self.session.entries():
            key = entry.version, entry.state, lang
            found = kept.get(entry.id)
            made[entry.id] = found if found and found[0] == key else (key, item_of(entry, lang))
        self._items = made
        return [item for _key, item in made.values()]

    def choose(
        self, purposes: list[str] | None, occasion: str | None, style: str | None, lang: str | None
    ) -> dict[str, Any]:
        """The state after other settings; all photos are judged anew.

        Raises:
            UsageError: one of them is not known.
        """
        rules = self.rules
        policy = rules.policy
        if purposes is not None:
            known = {*PURPOSES, *rules.roster.purposes}
            policy = replace(policy, purposes=_known(purposes, known))
        if occasion is not None:
            policy = replace(policy, occasion=_known([occasion], OCCASIONS)[0])
        style = rules.style if style is None else _known([style], STYLES)[0]
        lang = rules.lang if lang is None else _known([lang], LANGUAGES)[0]
        self.session.set_rules(replace(rules, policy=policy, style=style, lang=lang))
        return self.state()

    def open_roster(self, upload: Upload) -> dict[str, Any]:
        """The state with another roster; all photos are judged anew. The file itself is deleted.

        Raises:
            UsageError: the roster has errors, and is not used at all.
            OutputError: the ledger is broken, so nobody knows who took back consent.
        """
        from screen.ledger.noting import with_withdrawals  # noqa: PLC0415
        from screen.rosters import RosterSettings, read_roster  # noqa: PLC0415

        policy = self.rules.policy
        path = upload.path.with_suffix(Path(upload.name).suffix.lower())
        upload.path.rename(path)
        try:
            roster = read_roster(path, policy.settings("roster", RosterSettings), policy.today)
        finally:
            path.unlink(missing_ok=True)
        self.session.set_rules(replace(self.rules, roster=with_withdrawals(roster, policy.today)))
        return self.state()

    def small(self, photo: str) -> bytes:
        """The small covered picture of a photo, as it is now; errors as of Album.view."""
        entry, verdict = self.session.ready(photo)
        version = entry.version
        with self._lock:
            kept = self._small.get(photo)
        if kept and kept[0] == version:
            return kept[1]
        basis, kept_ids = entry.basis, {finding for finding, _reason in entry.choices.kept}
        if basis and basis.small and not kept_ids and basis.still_shows(verdict):
            data = basis.small
        else:
            view = self.album.view(entry.path, entry.source, verdict.digest)
            data = small_picture(view, verdict, kept_ids)
        with self._lock:
            self._small[photo] = (version, data)
        return data

    def forget(self, entry: Entry) -> None:
        """Drop the pictures of a photo that was taken out."""
        self.album.forget(entry.path)
        with self._lock:
            self._small.pop(entry.id, None)


def _known(given: list[str], known: Any) -> tuple[str, ...]:
    if not given or not set(given) <= set(known):
        raise UsageError("{given} is not known. Known: {known}.", given=", ".join(given), known=", ".join(known))
    return tuple(dict.fromkeys(given))
