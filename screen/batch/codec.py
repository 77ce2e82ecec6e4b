"""Verdicts as plain values and back, without what must not leave the process: what the result store holds.

Fields marked PRIVATE are left out and READ ones masked, so a verdict that comes back holds what a report may show
and no more.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import types
import typing
from collections.abc import Iterator
from typing import Any, TypeVar

from screen import records
from screen.geometry import Box
from screen.records import Details

T = TypeVar("T")
_TYPE = "@"


def to_plain(value: Any, show_text: bool = False, whole: bool = False) -> Any:
    """Records as dicts that name their type, boxes and tuples as lists; for JSON.

    Args:
        value: a record, or a plain value.
        show_text: leave text that was read unmasked.
        whole: all of it, PRIVATE fields too; for what never leaves this user's own working files.
    """
    if isinstance(value, enum.Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        shown = {name: to_plain(part, show_text, whole) for name, part in _shown(value, show_text, whole)}
        return {_TYPE: type(value).__name__, **shown}
    if isinstance(value, tuple | list):
        return [to_plain(item, show_text, whole) for item in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"a {type(value).__name__} cannot be stored")


def _shown(record: Any, show_text: bool, whole: bool) -> Iterator[tuple[str, Any]]:
    from screen.report.to_json import details_json  # noqa: PLC0415

    if whole:
        yield from ((f.name, getattr(record, f.name)) for f in dataclasses.fields(record) if f.init)
        return
    masked = details_json(record, show_text) if isinstance(record, Details) else {}
    for field in dataclasses.fields(record):
        if not field.metadata.get("private") and not field.name.startswith("_"):
            value = getattr(record, field.name)
            yield field.name, masked[field.name] if field.metadata.get("read") else value


def record_from(plain: Any, kind: type[T]) -> T:
    """The record of that kind that to_plain() made these values of.

    Raises:
        ValueError: they are not of this version's form.
    """
    try:
        record = _restored(plain, kind)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("a stored record of another form") from error
    if not isinstance(record, kind):
        raise ValueError(f"no {kind.__name__} is stored there")  # noqa: TRY004  the value is at fault, not its type
    return record


def lean(verdict: records.Verdict) -> records.Verdict:
    """The verdict without what no report shows: a run of thousands of photos keeps them all in memory."""
    try:
        return record_from(to_plain(verdict), records.Verdict)
    except (TypeError, ValueError):  # a plugin's finding that cannot be stored
        return verdict


def _restored(plain: Any, hint: Any) -> Any:
    if isinstance(plain, dict) and _TYPE in plain:
        kind = _known()[plain[_TYPE]]
        hints = _hints(kind)
        return kind(**{name: _restored(value, hints[name]) for name, value in plain.items() if name != _TYPE})
    if isinstance(plain, list):
        return tuple(
            _restored(item, item_hint) for item, item_hint in zip(plain, _items(hint, len(plain)), strict=True)
        )
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return hint(plain)
    return plain


def _items(hint: Any, count: int) -> tuple[Any, ...]:
    """The hints of the items of a tuple of so many."""
    if isinstance(hint, types.UnionType):
        hint = next((part for part in typing.get_args(hint) if part is not type(None)), None)
    inside = typing.get_args(hint)
    if len(inside) == 2 and inside[1] is Ellipsis:
        return (inside[0],) * count
    return inside if len(inside) == count else (Any,) * count


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _known() -> dict[str, Any]:
    """Types by name: those of screen.records, boxes, what was found, and the details of every check that is loaded."""
    from screen.batch.observations import Observation, Seen  # noqa: PLC0415

    found: dict[str, Any] = {"Box": Box, "Observation": Observation, "Seen": Seen}
    found |= {name: kind for name, kind in vars(records).items() if isinstance(kind, type)}
    return found | {kind.__name__: kind for kind in Details.__subclasses__()}
