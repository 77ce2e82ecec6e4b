"""What may be shown, and how checks are set: a preset or a screen.toml, as one frozen record."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from screen.errors import UsageError

S = TypeVar("S")

#: Where a photo may be published. A roster may add its own.
PURPOSES = ("display", "newsletter", "parents_app", "website", "social", "press", "prospectus", "personal")
OCCASIONS = ("classroom", "open-event")
CHECKS = ("face", "hand", "back", "text", "code", "blur", "orientation", "metadata", "filename", "caption", "quality")


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of one run.

    Attributes:
        name: of the preset, or the file's own.
        today: the date on which consent is asked.
        occasion: classroom or open-event.
        purposes: where the photo is to be published; each gets its own decision.
        checks: ids of the checks to run, in any order.
        tables: settings of checks and of the judgement by id; each reads its own.
        named: (finding id, person id) pairs that a person gave for faces.
        expect: how many people should be found; None if nobody said.
    """

    name: str
    today: datetime.date
    occasion: str = "classroom"
    purposes: tuple[str, ...] = ("website", "social")
    checks: tuple[str, ...] = CHECKS
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    named: tuple[tuple[str, str], ...] = ()
    expect: int | None = None

    def settings(self, table: str, kind: type[S]) -> S:
        """The settings of one check: its dataclass filled from its table.

        Raises:
            UsageError: a setting is unknown or has the wrong type.
        """
        given = dict(self.tables.get(table, {}))
        known = typing.get_type_hints(kind)
        for name, value in given.items():
            if name not in known:
                raise UsageError(
                    "Policy {name}: [{table}] has no setting {setting!r}. Known: {listed}.",
                    name=self.name,
                    table=table,
                    setting=name,
                    listed=", ".join(known),
                )
            given[name] = _fitting(value, known[name], f"Policy {self.name}: [{table}] {name}")
        return kind(**given)

    def changed(self, table: str, **values: Any) -> Policy:
        """The policy with some settings of one table changed."""
        tables = {**self.tables, table: {**self.tables.get(table, {}), **values}}
        return dataclasses.replace(self, tables=tables)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that the policy says, hex."""
        plain = dataclasses.asdict(self)
        return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()


def _fitting(value: Any, kind: Any, where: str) -> Any:
    """The value, as the annotation wants it: lists become tuples, whole numbers fit floats."""
    if isinstance(kind, types.UnionType):
        kinds = [k for k in typing.get_args(kind) if k is not type(None)]
        return value if value is None else _fitting(value, kinds[0], where)
    origin = typing.get_origin(kind) or kind
    if origin is tuple and isinstance(value, list | tuple):
        return tuple(_frozen(item) for item in value)
    if origin is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if origin is Mapping or (isinstance(origin, type) and issubclass(origin, Mapping)):
        origin = dict
    if isinstance(origin, type) and (not isinstance(value, origin) or (isinstance(value, bool) and origin is not bool)):
        raise UsageError("{where} must be {kind}, not {value!r}.", where=where, kind=origin.__name__, value=value)
    return value


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def load_policy(name_or_file: str, today: datetime.date) -> Policy:
    """The policy of a preset, or of a TOML file that may extend one.

    Raises:
        UsageError: there is neither, or the file is not as docs/policy.md says.
    """
    if name_or_file in presets():
        return _policy_from(_preset_table(name_or_file), name_or_file, today)
    path = Path(name_or_file)
    if not path.is_file():
        known = ", ".join(presets())
        raise UsageError(
            "{name_or_file}: there is no such policy file, and no preset of that name. Presets: {known}.",
            name_or_file=name_or_file,
            known=known,
        )
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError("{path}: this policy cannot be read: {error}.", path=path, error=error) from error
    base = table.get("policy", {}).get("extends", "classroom")
    if base not in presets():
        raise UsageError(
            "{path}: extends {base!r}, which is no preset. Presets: {listed}.",
            path=path,
            base=base,
            listed=", ".join(presets()),
        )
    return _policy_from(merged(_preset_table(base), table), table.get("policy", {}).get("name", path.stem), today)


def presets() -> tuple[str, ...]:
    """The names of the presets, default first."""
    names = sorted(path.stem for path in _presets_folder().glob("*.toml"))
    return ("classroom", *(name for name in names if name != "classroom"))


def preset_text(name: str) -> str:
    """The TOML of a preset, comments and sources included."""
    if name not in presets():
        raise UsageError("There is no preset {name!r}. Presets: {listed}.", name=name, listed=", ".join(presets()))
    return (_presets_folder() / f"{name}.toml").read_text(encoding="utf-8")


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Both tables, the second one winning, sub-tables merged too."""
    result = dict(base)
    for key, value in over.items():
        old = result.get(key)
        result[key] = merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return result


def _presets_folder() -> Path:
    return Path(__file__).parent / "presets"


def _preset_table(name: str) -> dict[str, Any]:
    table = tomllib.loads(preset_text(name))
    base = table.get("policy", {}).get("extends")
    return merged(_preset_table(base), table) if base else table


def _policy_from(table: Mapping[str, Any], name: str, today: datetime.date) -> Policy:
    head = dict(table.get("policy", {}))
    head.pop("extends", None), head.pop("name", None), head.pop("about", None)
    occasion = head.pop("occasion", "classroom")
    if occasion not in OCCASIONS:
        raise UsageError(
            "Policy {name}: occasion {occasion!r} is not known. Use {listed}.",
            name=name,
            occasion=occasion,
            listed=" or ".join(OCCASIONS),
        )
    checks, purposes = tuple(head.pop("checks", CHECKS)), tuple(head.pop("purposes", ("website", "social")))
    if head:
        raise UsageError(
            "Policy {name}: [policy] has no setting {listed}.", name=name, listed=", ".join(map(repr, sorted(head)))
        )
    tables = {key: value for key, value in table.items() if key != "policy"}
    for key, value in tables.items():
        if not isinstance(value, Mapping):
            raise UsageError(
                "Policy {name}: {key!r} stands outside of a table. Put it below [policy] or a check.",
                name=name,
                key=key,
            )
    return Policy(name, today, occasion, purposes, checks, tables)
