"""What a process holds, and giving back to the system what it does not need any more."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
from pathlib import Path
from typing import Any


def held() -> int:
    """Bytes of memory that this process holds now (Linux) or held at most (elsewhere); 0 where nobody tells."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS
    return 0


def give_back() -> None:
    """Give the memory of the last photo back to the system.

    glibc keeps what was freed, in as many heaps as there are threads; after some photos of different sizes that is half
    a gigabyte that nobody uses (malloc_trim(3)).
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@functools.cache
def _trim() -> Any:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None  # no glibc: musl, macOS and Windows give back by themselves
