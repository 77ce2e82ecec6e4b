"""What the store holds of a photo can be read by whoever has the photo, and by nobody else."""

import datetime
import io
import sqlite3

import pytest
from PIL import Image

from screen.batch.running import Task
from screen.batch.screening import observed
from screen.batch.sealing import opened, sealed, secret_of
from screen.batch.store import open_store, store_path
from screen.photo import open_photo
from screen.policy import load_policy
from screen.roster import EMPTY

SECRET = secret_of(b"bytes of the photo", b"context")


@pytest.mark.parametrize("plain", [b"", b"\0", b"Ada Lovelace", bytes(range(256)) * 9])
def test_what_is_sealed_opens_with_the_same_photo_only(plain):
    assert opened(sealed(plain, SECRET), SECRET) == plain
    assert sealed(plain, SECRET) != sealed(plain, SECRET)
    for other in (secret_of(b"another photo", b"context"), secret_of(b"bytes of the photo", b"other rules")):
        with pytest.raises(ValueError, match="another secret"):
            opened(sealed(plain, SECRET), other)


def test_what_was_changed_does_not_open():
    packed = sealed(b"Ada Lovelace", SECRET)
    for place in (0, 15, len(packed) - 1):
        with pytest.raises(ValueError, match="changed"):
            opened(packed[:place] + bytes([packed[place] ^ 1]) + packed[place + 1 :], SECRET)


def test_neither_names_nor_the_key_are_in_the_store(tmp_path, monkeypatch):
    """Names in the hidden data of a photo must not survive in our own files; switched off, they would."""
    import zlib
    from dataclasses import replace

    monkeypatch.setenv("PHOTOSCREEN_HOME", str(tmp_path / "home"))
    exif = Image.Exif()
    exif.update({0x013B: "Quokka Numbat", 0x010E: "Zebra Wombat"})
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "JPEG", exif=exif.tobytes())
    (tmp_path / "a.jpg").write_bytes(out.getvalue())
    policy = replace(load_policy("classroom", datetime.date(2026, 10, 7)), checks=("metadata",))
    task = Task(tmp_path / "a.jpg", "a.jpg")
    with open_store(policy, EMPTY) as store:
        key = store.key(task)
        _, found = observed(open_photo(task.path), task, policy, EMPTY)
        store.put_found(key, found)
        assert store.found(key) == found
    connection = sqlite3.connect(store_path())
    rows = connection.execute("SELECT key, found FROM photos").fetchall()
    connection.close()
    ((kept, packed),) = rows
    secret = key.rpartition(" ")[2]
    assert secret not in kept
    assert b"Wombat" in zlib.decompress(opened(packed, secret))
    everything = b"".join(path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file())
    for word in (b"Quokka", b"Wombat", secret.encode()):
        assert word not in everything
    with pytest.raises(zlib.error):
        zlib.decompress(packed)
