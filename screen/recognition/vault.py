"""Prints at rest: encrypted, with a key in the keyring of the system or in a file of the owner's.

Forgetting somebody writes the others anew under a new key and destroys the old one, so that old copies of the file in
backups cannot be opened any more either.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from screen.errors import MissingDependencyError, OutputError
from screen.recognition.printing import INSTALL
from screen.roster import FacePrint

FILE_NAME, KEY_NAME, SERVICE = "prints.enc", "prints.key", "photoscreen"


class Vault:
    """The prints in one folder.

    Args:
        folder: $PHOTOSCREEN_HOME, or the platform's user data folder.
        keyring: keep the key in the keyring of the system where there is one; else beside the file.
    """

    def __init__(self, folder: Path, *, keyring: bool = True) -> None:
        self.path, self.key_path = folder / FILE_NAME, folder / KEY_NAME
        self._keyring = _keyring() if keyring else None

    def prints(self) -> tuple[FacePrint, ...]:
        """All prints; none where there is no file.

        Raises:
            OutputError: the file or its key is damaged or missing.
            MissingDependencyError: the extra is not installed.
        """
        if not self.path.exists():
            return ()
        key = self._key()
        try:
            rows = json.loads(_fernet(key).decrypt(self.path.read_bytes())) if key else None
        except MissingDependencyError:
            raise
        except Exception as error:
            raise self._damaged() from error
        if rows is None:
            raise self._damaged()
        return tuple(FacePrint(i, tuple(vector), datetime.date.fromisoformat(day)) for i, vector, day in rows)

    def add(self, item: FacePrint) -> None:
        """Keep a print.

        Raises:
            OutputError: it cannot be written.
        """
        self._write((*self.prints(), item), self._key() or self._new_key())

    def forget(self, person_ids: Iterable[str]) -> int:
        """Erase all prints of these people; how many there were. Afterwards the old key is gone.

        Raises:
            OutputError: it cannot be written, or the prints are still there.
        """
        gone, before = set(person_ids), self.prints()
        kept = tuple(item for item in before if item.person_id not in gone)
        if len(kept) == len(before):
            return 0
        self._write(kept, self._new_key())
        if any(item.person_id in gone for item in self.prints()):
            raise OutputError("{path}: the prints are still there. Delete this file.", path=self.path)
        return len(before) - len(kept)

    def _write(self, items: Iterable[FacePrint], key: bytes) -> None:
        rows = [(item.person_id, item.vector, item.made_on.isoformat()) for item in items]
        data = _fernet(key).encrypt(json.dumps(rows).encode())
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _write_private(self.path, data)
            self._keep(key)
        except OSError as error:
            raise OutputError(
                "{path}: cannot be written ({strerror}).", path=self.path, strerror=error.strerror
            ) from error

    def _key(self) -> bytes | None:
        if self._keyring is not None and (kept := self._keyring.get_password(SERVICE, str(self.path))):
            return str(kept).encode()
        return self.key_path.read_bytes() if self.key_path.exists() else None

    def _keep(self, key: bytes) -> None:
        if self._keyring is not None:
            with contextlib.suppress(Exception):  # a locked or missing keyring: the file is the fallback
                self._keyring.set_password(SERVICE, str(self.path), key.decode())
                self.key_path.unlink(missing_ok=True)
                return
        _write_private(self.key_path, key)

    @staticmethod
    def _new_key() -> bytes:
        return bytes(_module().Fernet.generate_key())

    def _damaged(self) -> OutputError:
        return OutputError("{path}: the face prints cannot be opened. Delete the file and enrol again.", path=self.path)


def _write_private(path: Path, data: bytes) -> None:
    """Write beside and rename; readable by the owner only."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    partial.replace(path)


def _fernet(key: bytes) -> Any:
    return _module().Fernet(key)


def _module() -> Any:
    try:
        from cryptography import fernet  # noqa: PLC0415
    except ImportError as error:
        raise MissingDependencyError(
            "Face prints are kept encrypted, which needs: {install}", install=INSTALL
        ) from error
    return fernet


def _keyring() -> Any:
    """The keyring of the system; None where there is none that can be used."""
    try:
        import keyring  # noqa: PLC0415
        from keyring.backends import fail, null  # noqa: PLC0415

        backend = keyring.get_keyring()
        return None if isinstance(backend, fail.Keyring | null.Keyring) else backend
    except Exception:  # noqa: BLE001  keyrings of desktops fail in many ways; the file is the fallback
        return None
