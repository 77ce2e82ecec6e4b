"""The words in a photo's source: the name of its file, and those of its folders that belong to the collection."""

from __future__ import annotations

from pathlib import PurePath


def name_parts(source: str) -> tuple[tuple[str, str], ...]:
    """(where, name) of the file, its ending left out, and of its folders; where is filename or folder.

    Of a relative source every folder counts, since the tree is what people hand on. Of an absolute one only the last
    folder does: what stands further up is the computer's, not the photo's.
    """
    path = PurePath(source.replace("\\", "/"))
    names = [part for part in path.parts[:-1] if part not in {"/", ".", "..", path.anchor}]
    if path.is_absolute() or ".." in path.parts or ":" in source[:3]:
        names = names[-1:]
    suffix = path.suffix if 1 < len(path.suffix) <= 6 and not path.suffix[1:].isdigit() else ""
    stem = path.name[: len(path.name) - len(suffix)] if suffix else path.name
    return (("filename", stem), *(("folder", name) for name in names))
