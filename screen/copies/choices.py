"""What a person wants otherwise: findings to keep, regions to cover."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from screen.errors import UsageError
from screen.geometry import Box
from screen.records import Cover, Verdict


def with_choices(verdict: Verdict, keep: Iterable[str] = (), cover: Iterable[tuple[int, ...]] = ()) -> Verdict:
    """The verdict with a plan that leaves some findings uncovered and covers more regions.

    Args:
        verdict: of a photo.
        keep: ids of findings that are to be seen: f1, f3.
        cover: left, top, right, bottom of more regions to hide, in pixels of the upright photo.

    Raises:
        UsageError: the photo has no such finding, or a region is empty or outside of the photo.
    """
    keep = frozenset(keep)
    known = {judgement.finding.id for judgement in verdict.judgements}
    if missing := sorted(keep - known):
        raise UsageError(
            "{source}: there is no finding {listed} in this photo.", source=verdict.source, listed=", ".join(missing)
        )
    added = tuple(Cover(_box(edges, verdict), "box") for edges in cover)
    kept = tuple(c for c in verdict.plan.covers if c.finding_id not in keep)
    return replace(verdict, plan=replace(verdict.plan, covers=kept + added))


def _box(edges: tuple[int, ...], verdict: Verdict) -> Box:
    box = Box.around(*edges, verdict.size) if len(edges) == 4 else None
    if box is None:
        width, height = verdict.size
        shown = ",".join(map(str, edges))
        raise UsageError(
            "{source}: {shown} is no region of this photo of {width} x {height} pixels.",
            source=verdict.source,
            shown=shown,
            width=width,
            height=height,
        )
    return box
