"""From paths to verdicts: the one task function of every runner, and the batch."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from screen import inference
from screen.batch.observations import Observation, findings_of, observe
from screen.batch.places import open_task
from screen.batch.running import Runner, SerialRunner, Task
from screen.errors import CheckError, PhotoError, ScreenError
from screen.memory import give_back
from screen.photo import Photo
from screen.policy import Policy
from screen.records import Batch, Failure, Verdict
from screen.roster import EMPTY, Roster
from screen.screening import conclude, screen_photo

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Screened:
    """What a worker sends back.

    Attributes:
        verdict: of the photo.
        thumbnail: for a report: a JPEG, all that is not to be seen covered.
        found: what the checks found, for the store; None where nobody asked for it, or it is stored already.
    """

    verdict: Verdict
    thumbnail: bytes = b""
    found: Observation | None = field(default=None, repr=False)


def screen_path(path: Path, policy: Policy, roster: Roster = EMPTY, source: str | None = None) -> Verdict | Failure:
    """The verdict of an image file, or why it could not be screened.

    Raises:
        MissingDependencyError: a model or engine is missing, so no photo can be screened.
    """
    return guarded(Task(path, source or str(path)), lambda photo: screen_photo(photo, policy, roster))


def screen_task(task: Task, policy: Policy, roster: Roster, thumbnails: bool) -> Screened | Failure:
    """The task of a loop, a process pool or a cluster alike; errors as of screen_path."""

    def screened(photo: Photo) -> Screened:
        verdict, found = observed(photo, task, policy, roster)
        if not thumbnails:
            return Screened(verdict)
        from screen.report.thumbnails import report_thumbnail  # noqa: PLC0415

        return Screened(verdict, report_thumbnail(photo, verdict), found)

    return guarded(task, screened)


def observed(photo: Photo, task: Task, policy: Policy, roster: Roster) -> tuple[Verdict, Observation | None]:
    """The verdict of a photo, and what was found in it if that is new: the checks look only where they did not before.

    Raises:
        CheckError: a check broke.
        MissingDependencyError: a model or engine is missing.
    """
    seen = observe(photo, policy) if task.seen is None else task.seen
    verdict = conclude(photo, findings_of(photo, seen, policy), policy, roster)
    found = Observation(photo.digest, photo.size, verdict.likeness, seen) if task.seen is None else None
    return verdict, found


def guarded(task: Task, work: Callable[[Photo], T]) -> T | Failure:
    """What work makes of the photo; a Failure if the photo cannot be read or a check breaks.

    Raises:
        ScreenError: what concerns more than this photo: a missing model, output that cannot be written.
    """
    try:
        return work(_opened(task))
    except PhotoError as error:
        return Failure(task.source, error.error, error.message)
    except CheckError as error:
        return Failure(task.source, "check-failed", error.message)
    except MemoryError:
        message = f"{task.source}: screening needs more memory than there is. Save a smaller copy."
        return Failure(task.source, "too-large", message)
    except ScreenError:
        raise
    except Exception as error:
        log.debug("fault while screening", exc_info=error)
        message = f"{task.source}: a fault of photoscreen ({type(error).__name__}). Look at this photo yourself."
        return Failure(task.source, "fault", message)
    finally:
        inference.release()
        give_back()


def _opened(task: Task) -> Photo:
    photo = open_task(task)
    inference.make_room()  # decoding took several times as much as the pixels
    return photo


def screen_batch(paths: Iterable[Path], policy: Policy, roster: Roster = EMPTY, runner: Runner | None = None) -> Batch:
    """The verdicts and failures of image files, in the order in which they are done.

    Args:
        paths: image files.
        policy: the rules.
        roster: who agreed to what; without one, nobody did.
        runner: where to run; None runs in this process.
    """
    work = functools.partial(screen_task, policy=policy, roster=roster, thumbnails=False)
    tasks = (Task(path, str(path)) for path in paths)
    results = (runner or SerialRunner()).run(work, tasks)
    return Batch(tuple(r.verdict if isinstance(r, Screened) else r for _, r in results))
