"""Options that several commands take, and what is made of them."""

from __future__ import annotations

import dataclasses
import datetime
import difflib
import functools
import inspect
import os
import typing
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from screen.errors import UsageError
from screen.policy import OCCASIONS, PURPOSES, Policy, load_policy
from screen.roster import EMPTY, Roster


@dataclass(frozen=True, slots=True)
class Common:
    """What people may say with any command that screens. Its fields become the options."""

    roster: Annotated[Path | None, typer.Option(help="Consent roster, CSV or XLSX. Without one, nobody consented.")] = (
        None
    )
    policy: Annotated[str, typer.Option(help="A preset (see: photoscreen policy list) or a TOML file.")] = "classroom"
    purposes: Annotated[
        list[str] | None,
        typer.Option(
            "--for", metavar="PURPOSE", help=f"Where it is to be published: {', '.join(PURPOSES)}. Repeatable."
        ),
    ] = None
    occasion: Annotated[str | None, typer.Option(help="classroom or open-event.")] = None
    caption: Annotated[str | None, typer.Option(help="The text that goes with the photo; checked for names.")] = None
    who: Annotated[
        list[str] | None,
        typer.Option(metavar="FINDING=PERSON_ID", help="You know who this face is: f1=P017. Repeatable."),
    ] = None
    classes: Annotated[list[str] | None, typer.Option("--class", help="Only pupils of this class can be there.")] = None
    expect: Annotated[int | None, typer.Option(min=0, help="How many people should be found in each photo.")] = None
    today: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Ask for consent as of this day.")] = None
    lang: Annotated[str | None, typer.Option(help="en or fr; the system's language if not given.")] = None
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a photo on stdout.")] = False
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; as many as there are cores if not given.")] = (
        None
    )
    show_text: Annotated[bool, typer.Option("--show-text", help="Show the text that was read, unmasked.")] = False


@dataclass(frozen=True, slots=True)
class Setting:
    """The options of a command, read and checked; again are those that the next command needs too."""

    policy: Policy
    roster: Roster
    lang: str
    json: bool
    quiet: bool
    workers: int
    show_text: bool
    again: tuple[str, ...] = ()


def with_common(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with the common options; it gets them as one argument, setting."""
    hints = typing.get_type_hints(Common, include_extras=True)
    common = [
        inspect.Parameter(f.name, inspect.Parameter.KEYWORD_ONLY, default=f.default, annotation=hints[f.name])
        for f in dataclasses.fields(Common)
    ]
    own_hints = typing.get_type_hints(command, include_extras=True)
    own = [
        p.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=own_hints[p.name])
        for p in inspect.signature(command).parameters.values()
        if p.name != "setting"
    ]

    @functools.wraps(command)
    def wrapped(**given: Any) -> Any:
        said = Common(**{f.name: given.pop(f.name) for f in dataclasses.fields(Common)})
        return command(**given, setting=read_setting(said))

    wrapped.__signature__ = inspect.Signature([*own, *common])  # type: ignore[attr-defined]
    return wrapped


def read_setting(said: Common) -> Setting:
    """Policy, roster and the rest as the options say.

    Raises:
        UsageError: an option, the policy or the roster is wrong; nothing was written yet.
    """
    policy = load_policy(said.policy, day_of(said.today, "--today"))
    roster = _roster(said.roster, policy)
    policy = dataclasses.replace(
        policy,
        purposes=_purposes(said.purposes, roster) or policy.purposes,
        occasion=_one_of(said.occasion, OCCASIONS, "--occasion") or policy.occasion,
        named=_named(said.who, roster),
        expect=said.expect,
    )
    if said.caption is not None:
        policy = policy.changed("caption", text=said.caption)
    if said.classes:
        policy = policy.changed("consent", classes=_classes(said.classes, roster))
    _refuse_bad_tables(policy, roster)
    return Setting(
        policy, roster, _lang(said.lang), said.json, said.quiet, _workers(said.workers), said.show_text, _again(said)
    )


def _again(said: Common) -> tuple[str, ...]:
    """The options that decide, as they were given. The caption is left out: it may name somebody, and this is shown."""
    given = [("--roster", said.roster), ("--policy", said.policy if said.policy != Common().policy else None)]
    given += [("--for", purpose) for purpose in said.purposes or ()]
    given += [("--occasion", said.occasion), *(("--class", name) for name in said.classes or ())]
    given += [("--today", said.today), ("--lang", said.lang)]
    return tuple(word for option, value in given if value is not None for word in (option, str(value)))


def _refuse_bad_tables(policy: Policy, roster: Roster) -> None:
    """Make every check and the judge read their tables now, so that a wrong one ends the run before it begins."""
    from screen.judge import judge  # noqa: PLC0415
    from screen.screening import checks_for  # noqa: PLC0415

    checks_for(policy)
    judge((), policy, roster)


def _roster(path: Path | None, policy: Policy) -> Roster:
    """The roster, with those who withdrew taken out of the consents."""
    if path is None:
        return EMPTY
    if not path.is_file():
        raise UsageError(
            "{path}: there is no such roster file. Write an empty one with: photoscreen roster template", path=path
        )
    from screen.cli.prints import with_recognition  # noqa: PLC0415
    from screen.ledger.noting import with_withdrawals  # noqa: PLC0415
    from screen.rosters import RosterSettings, read_roster  # noqa: PLC0415

    roster = read_roster(path, policy.settings("roster", RosterSettings), policy.today)
    return with_recognition(with_withdrawals(roster, policy.today), policy)


def _classes(given: list[str], roster: Roster) -> tuple[str, ...]:
    known = tuple(dict.fromkeys(person.class_name for person in roster.people if person.class_name))
    return tuple(_one_of(word, known, "--class") or word for word in given)


def day_of(text: str | None, option: str) -> datetime.date:
    """The day that an option names; today where it was not given.

    Raises:
        UsageError: that is no day.
    """
    if text is None:
        return datetime.date.today()  # noqa: DTZ011  the day on this machine is the day people mean
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("{option} {text!r} is no day. Write it as 2026-09-01.", option=option, text=text) from error


def _purposes(given: list[str] | None, roster: Roster) -> tuple[str, ...]:
    known = tuple(dict.fromkeys((*PURPOSES, *roster.purposes)))
    return tuple(dict.fromkeys(purpose for word in given or () if (purpose := _one_of(word, known, "--for"))))


def _one_of(word: str | None, known: tuple[str, ...], option: str) -> str | None:
    if word is None or word in known:
        return word
    near = difflib.get_close_matches(word, known, 1)
    listed = ", ".join(known)
    if near:
        raise UsageError(
            "{option} {word!r} is not known. Did you mean {near!r}? Known: {listed}.",
            option=option,
            word=word,
            near=near[0],
            listed=listed,
        )
    raise UsageError("{option} {word!r} is not known. Known: {listed}.", option=option, word=word, listed=listed)


def _named(given: list[str] | None, roster: Roster) -> tuple[tuple[str, str], ...]:
    pairs = []
    for word in given or ():
        finding, equals, person = word.partition("=")
        if not equals or not finding or not person:
            raise UsageError("--who {word!r}: write the finding and the person's id, as f1=P017.", word=word)
        if roster.person(person) is None:
            raise UsageError("--who {word!r}: the roster has no person {person!r}.", word=word, person=person)
        pairs.append((finding, person))
    return tuple(pairs)


def _lang(given: str | None) -> str:
    from screen.translation import LANGUAGES, system_language  # noqa: PLC0415

    return _one_of(given, tuple(LANGUAGES), "--lang") or system_language()


def _workers(given: int | None) -> int:
    if given:
        return given
    sized = getattr(os, "sched_getaffinity", None)
    return len(sized(0)) if sized else os.cpu_count() or 1
