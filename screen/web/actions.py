"""What a person can do to a photo: each action makes new choices of the old ones, or says why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from screen.geometry import Box
from screen.policy import Policy
from screen.records import Decision, Judgement, Verdict
from screen.roster import Roster
from screen.rulings.deciding import LEAST_REASON, QUESTIONS, may_be_uncovered, why_not_published
from screen.translation import marked as _
from screen.web.choosing import MOST_DRAWN, Choices, mark_of
from screen.web.errors import PageError
from screen.web.pictures import shown_size, upright_box
from screen.words import seen_at

#: A drawn cover has at least so many pixels at each side.
LEAST_SIDE = 4
#: Characters of a reason that are kept.
MOST_REASON = 500
#: Checks whose findings are people who have a name.
NAMEABLE = frozenset({"face", "back"})

NOT_THERE = _("There is no such finding in this photo.")
NO_PERSON = _("The roster has no such person.")
NO_ROSTER = _("Without a roster nobody can be named. Start photoscreen review with --roster FILE.")
NOBODY = _("Only faces and heads can be named.")
NO_REASON = _("Say why, in a few words. The reason is kept in the ledger.")
STAYS = _("This stays covered: the roster does not allow it to be shown.")
NOT_SEEN = _("This has no place in the picture, so it cannot be covered.")
NO_REGION = _("Draw the region inside the photo.")
TOO_MANY = _("There are too many drawn covers in this photo.")
NO_COVER = _("There is no such drawn cover in this photo.")
NO_CROP = _("There is no such crop of this photo.")
NO_QUESTION = _("There is no such question.")


@dataclass(frozen=True, slots=True)
class Asked:
    """An action as the page asks for it; what an action does not need stays empty."""

    do: str
    finding: str = ""
    person: str = ""
    reason: str = ""
    box: tuple[int, ...] = ()
    cover: str = ""
    by: int = 1
    index: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    """The photo that an action is about: its verdict with the choices of now, and the rules."""

    verdict: Verdict
    choices: Choices
    policy: Policy
    roster: Roster

    def judgement(self, finding: str) -> Judgement:
        """A finding of this photo with its decision.

        Raises:
            PageError: there is none of that id.
        """
        found = next((j for j in self.verdict.judgements if j.finding.id == finding), None)
        if found is None:
            raise PageError(404, "finding", NOT_THERE)
        return found


def after(scene: Scene, asked: Asked) -> Choices:
    """The choices after an action.

    Raises:
        PageError: it is not possible, or not allowed.
    """
    return ACTIONS[asked.do](scene, asked)


def _name(scene: Scene, asked: Asked) -> Choices:
    finding = scene.judgement(asked.finding).finding
    if finding.check not in NAMEABLE or seen_at(finding) is None:
        raise PageError(422, "nobody", NOBODY)
    if not scene.roster.given:
        raise PageError(422, "roster", NO_ROSTER)
    if scene.roster.person(asked.person) is None:
        raise PageError(422, "person", NO_PERSON)
    return scene.choices.with_name(asked.finding, asked.person)


def _unname(scene: Scene, asked: Asked) -> Choices:
    return scene.choices.without_name(scene.judgement(asked.finding).finding.id)


def _keep(scene: Scene, asked: Asked) -> Choices:
    judgement = scene.judgement(asked.finding)
    if judgement.decision == Decision.KEEP:
        return scene.choices.uncovered(asked.finding)
    if not may_be_uncovered(judgement):
        raise PageError(422, "consent", STAYS)
    return scene.choices.with_kept(asked.finding, _reason(asked))


def _cover(scene: Scene, asked: Asked) -> Choices:
    if seen_at(scene.judgement(asked.finding).finding) is None:
        raise PageError(422, "place", NOT_SEEN)
    return scene.choices.with_cover(asked.finding)


def _draw(scene: Scene, asked: Asked) -> Choices:
    if len(scene.choices.drawn) >= MOST_DRAWN:
        raise PageError(422, "too-many", TOO_MANY)
    return scene.choices.with_drawn(_region(scene, asked))


def _move(scene: Scene, asked: Asked) -> Choices:
    _refuse_unknown_cover(scene, asked)
    return scene.choices.with_moved(asked.cover, _region(scene, asked))


def _erase(scene: Scene, asked: Asked) -> Choices:
    _refuse_unknown_cover(scene, asked)
    return scene.choices.without_drawn(asked.cover)


def _turn(scene: Scene, asked: Asked) -> Choices:
    return replace(scene.choices, turns=(scene.choices.turns + asked.by) % 4)


def _crop(scene: Scene, asked: Asked) -> Choices:
    crops = scene.verdict.plan.crops
    if asked.index is not None and not 0 <= asked.index < len(crops):
        raise PageError(422, "crop", NO_CROP)
    return replace(scene.choices, crop=None if asked.index is None else crops[asked.index].box)


def _answer(scene: Scene, asked: Asked) -> Choices:
    known = {question.id for question in QUESTIONS}
    if not asked.answers or not set(asked.answers) <= known or not set(asked.answers.values()) <= {"yes", "no"}:
        raise PageError(422, "question", NO_QUESTION)
    return scene.choices.with_answers(asked.answers.items())


def _approve(scene: Scene, asked: Asked) -> Choices:
    choices = _answer(scene, asked) if asked.answers else scene.choices
    if why_not := why_not_published(scene.verdict, dict(choices.answers)):
        raise PageError(422, "not-published", why_not)
    mark = mark_of(scene.verdict, choices)
    return replace(choices, approved=mark, withheld=False, reason="")


def _withhold(scene: Scene, asked: Asked) -> Choices:
    return replace(scene.choices, approved="", withheld=True, reason=asked.reason.strip()[:MOST_REASON])


def _reopen(scene: Scene, _asked: Asked) -> Choices:
    return replace(scene.choices, approved="", withheld=False, reason="")


def _reason(asked: Asked) -> str:
    reason = " ".join(asked.reason.split())[:MOST_REASON]
    if len(reason) < LEAST_REASON:
        raise PageError(422, "reason", NO_REASON)
    return reason


def _region(scene: Scene, asked: Asked) -> Box:
    """The region that was drawn, in pixels of the upright photo."""
    box = Box.around(*asked.box, shown_size(scene.verdict)) if len(asked.box) == 4 else None
    if box is None or min(box.width, box.height) < LEAST_SIDE:
        raise PageError(422, "region", NO_REGION)
    return upright_box(box, scene.verdict)


def _refuse_unknown_cover(scene: Scene, asked: Asked) -> None:
    if asked.cover not in {drawn.id for drawn in scene.choices.drawn}:
        raise PageError(404, "cover", NO_COVER)


ACTIONS: Mapping[str, Callable[[Scene, Asked], Choices]] = MappingProxyType(
    {
        "name": _name,
        "unname": _unname,
        "keep": _keep,
        "cover": _cover,
        "draw": _draw,
        "move": _move,
        "erase": _erase,
        "turn": _turn,
        "crop": _crop,
        "answer": _answer,
        "approve": _approve,
        "withhold": _withhold,
        "reopen": _reopen,
    }
)
