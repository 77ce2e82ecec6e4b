"""photoscreen: a privacy screen for school photos.

The names below are the public face of the package. They are loaded when they are first used, so that importing it
stays quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from screen.errors import ExitCode, ScreenError
from screen.hookspecs import hookimpl

if TYPE_CHECKING:
    from screen.batch import screen_batch, screen_path
    from screen.geometry import Box
    from screen.outputs import CopyOptions, claim_of, write_safe_copy
    from screen.photo import Photo, open_photo, photo_of
    from screen.policy import Policy, load_policy
    from screen.proof import prove
    from screen.records import Batch, Decision, Failure, Finding, Plan, Proof, SafeCopy, Verdict
    from screen.redact import make_safe_copy
    from screen.roster import Person, Roster
    from screen.rosters import read_roster
    from screen.screening import screen_photo

__version__ = "0.1.0"
__all__ = [
    "Batch",
    "Box",
    "CopyOptions",
    "Decision",
    "ExitCode",
    "Failure",
    "Finding",
    "Person",
    "Photo",
    "Plan",
    "Policy",
    "Proof",
    "Roster",
    "SafeCopy",
    "ScreenError",
    "Verdict",
    "claim_of",
    "hookimpl",
    "load_policy",
    "make_safe_copy",
    "open_photo",
    "photo_of",
    "prove",
    "read_roster",
    "screen_batch",
    "screen_path",
    "screen_photo",
    "write_safe_copy",
]

#: Public name to the module that holds it.
_HOMES = {
    "batch": ("screen_batch", "screen_path"),
    "geometry": ("Box",),
    "outputs": ("CopyOptions", "claim_of", "write_safe_copy"),
    "photo": ("Photo", "open_photo", "photo_of"),
    "policy": ("Policy", "load_policy"),
    "proof": ("prove",),
    "records": ("Batch", "Decision", "Failure", "Finding", "Plan", "Proof", "SafeCopy", "Verdict"),
    "redact": ("make_safe_copy",),
    "roster": ("Person", "Roster"),
    "rosters": ("read_roster",),
    "screening": ("screen_photo",),
}


def __getattr__(name: str) -> Any:
    """A public name, from the module that holds it."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(f"screen.{module}"), name)
    raise AttributeError(f"module 'screen' has no attribute {name!r}")
