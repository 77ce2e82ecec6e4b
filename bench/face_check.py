"""The face check alone: verdict lines for ../shared/bench/faces.py, or CPU-seconds and memory a photo.

python bench/face_check.py FOLDER > lines.jsonl        # one line a photo, heads of faces and unclear ones in the plan
python bench/face_check.py FOLDER --times              # seconds to open and to check each photo, one thread
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path

from screen.checks.faces import FaceCheck, FaceSettings
from screen.inference import set_threads
from screen.photo import Photo, is_picture, open_photo


def line(photo: Photo, check: FaceCheck) -> dict[str, object]:
    every = list(check.inspect(photo))
    found = [finding for finding in every if finding.box is not None]
    findings = [
        {"check": "face", "box": f.box.as_tuple(), "score": f.score, "decision": "redact", "reasons": [], "details": {}}
        for f in found
    ]
    heads = [f.details.head.as_tuple() for f in every if f.details.certainty != "weak"]
    plan = {"turns": 0, "redact": heads, "crops": []}
    return {"source": photo.source, "size": photo.size, "findings": findings, "plan": plan}


def timed(path: Path, check: FaceCheck) -> str:
    start = time.process_time()
    photo = open_photo(path)
    opened = time.process_time()
    found = sum(finding.box is not None for finding in check.inspect(photo))
    seconds = opened - start, time.process_time() - opened
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{path.name}: open {seconds[0]:.2f} s, faces {seconds[1]:.2f} s, {found} found, {most} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sensitivity", default="normal", choices=["normal", "strict"])
    parser.add_argument("--times", action="store_true")
    options = parser.parse_args()
    set_threads(1)
    check = FaceCheck(FaceSettings(sensitivity=options.sensitivity))
    for path in sorted(path for path in options.folder.rglob("*") if path.is_file() and is_picture(path)):
        if options.times:
            print(timed(path, check), flush=True)
        else:
            photo = open_photo(path, str(path.relative_to(options.folder)))
            print(json.dumps(line(photo, check)), flush=True)


if __name__ == "__main__":
    main()
