"""Notes what goes out in the ledger of this user, and applies what was taken back; for commands and page alike."""

from __future__ import annotations

import dataclasses
import datetime
import getpass
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from screen.ledger import Ledger, Override, publication_of
from screen.records import Decision, Failure, Verdict

if TYPE_CHECKING:
    from screen.batch.copying import Copies
    from screen.policy import Policy
    from screen.roster import Roster


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A file that goes out.

    Attributes:
        verdict: of the photo; its plan says what is covered.
        digest: SHA-256 of the file; the verdict's own digest for a photo that was cleared as it is.
        name: of the file.
        overrides: decisions of a person against the verdict.
        answers: (question, answer) of the questions that no program can answer.
    """

    verdict: Verdict
    digest: str
    name: str = ""
    overrides: tuple[Override, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()


def note_outgoing(made: Iterable[Outgoing], policy: Policy, roster: Roster) -> None:
    """Note files that go out in the ledger, each once.

    Raises:
        LedgerError: the ledger cannot be written, so they must not go out.
    """
    from screen.weights import catalogue  # noqa: PLC0415

    made = tuple(made)
    if not made:
        return
    models = tuple((name, weights.sha256) for name, weights in catalogue().items())
    now = datetime.datetime.now(datetime.UTC)
    with own_ledger() as ledger:
        known = ledger.copies()
        for out in made:
            noted = publication_of(
                out.verdict, out.digest, policy, roster, operator=operator(), models=models, overrides=out.overrides
            )
            name = out.name if _says_nothing(out.name, roster) else ""
            noted = dataclasses.replace(noted, name=name, answers=out.answers)
            if (out.digest, noted.purposes) not in known:
                ledger.record(noted, now)


def note_copies(results: Iterable[Copies | Failure], policy: Policy, roster: Roster) -> None:
    """Note safe copies in the ledger, each once.

    Raises:
        LedgerError: the ledger cannot be written, so the copies must not go out.
    """
    done = [result for result in results if not isinstance(result, Failure)]
    made = [Outgoing(r.verdict, copy.proof.digest, Path(copy.path).name) for r in done for copy in r.written]
    note_outgoing(made, policy, roster)


def note_cleared(verdict: Verdict, policy: Policy, roster: Roster) -> None:
    """Note a photo that may go out as it is, where it shows somebody whom evidence points to.

    Raises:
        LedgerError: the ledger cannot be written.
    """
    shows = any(judgement.finding.evidence for judgement in verdict.judgements)
    if shows and verdict.decision == Decision.KEEP:
        note_outgoing([Outgoing(verdict, verdict.digest)], policy, roster)


def with_withdrawals(roster: Roster, today: datetime.date) -> Roster:
    """The roster with everybody's consent taken back who withdrew it by ``photoscreen withdraw``.

    Raises:
        LedgerError: the ledger is broken, so nobody knows who withdrew.
    """
    if not roster.people:
        return roster
    with own_ledger() as ledger:
        return ledger.applied(roster, today)


def own_ledger() -> Ledger:
    """The ledger of this user."""
    from screen.batch.store import home  # noqa: PLC0415

    return Ledger(home())


def operator() -> str:
    """Who is logged in; empty where the system does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _says_nothing(name: str, roster: Roster) -> bool:
    """Is there nothing of people in the name of a copy? Then it helps to find the copy again."""
    from screen.typed.names import source_findings  # noqa: PLC0415
    from screen.typed.words import SPECIAL_WORDS, in_name  # noqa: PLC0415

    return not in_name(name, SPECIAL_WORDS) and not source_findings(name, roster)
