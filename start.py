#!/usr/bin/env python3
"""Sets photoscreen up in .venv beside this file, then uses it. Needs Python 3.11 to 3.14 and nothing else.

    python3 start.py          screens sample_images/, writes a report and blurred safe copies
    python3 start.py review   opens the review page in the browser; a folder of photos may follow
    python3 start.py test     runs the tests
    python3 start.py setup    only sets up

Every package has the version and the hash that requirements.lock holds. Nothing is installed outside of .venv.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = ROOT / ".venv"
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = HOME / "photoscreen-setup.txt"


def main(words):
    """Set up, then do what the first word says; the exit code of what was run."""
    what = words[0] if words else "samples"
    if what not in ("samples", "review", "test", "setup"):
        sys.exit(f"start.py: {what!r} is not known. Use: python3 start.py [review|test|setup]")
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        sys.exit(f"photoscreen needs Python 3.11 to 3.14; this is {sys.version.split()[0]}. Get one from python.org.")
    set_up("requirements-dev.lock" if what == "test" else "requirements.lock")
    return {"samples": samples, "review": review, "test": test, "setup": lambda more: 0}[what](words[1:])


def samples(_more):
    """Screen the sample images, write report and safe copies; the exit code of the screening."""
    roster = str(Path("sample_images", "roster.csv"))
    code = photoscreen("scan", "sample_images", "--roster", roster)
    copies = photoscreen("blur", "sample_images", "--roster", roster, "--out", "sample_images-safe")
    return code if copies in (0, 1) else copies


def review(more):
    """Open the review page, from the folder in which the user stands; its exit code."""
    return run([PYTHON, "-m", "screen", "review", *more], shown=["photoscreen", "review", *more], where=None)


def test(more):
    """Run the tests; the exit code of pytest."""
    return run([PYTHON, "-m", "pytest", *more])


def photoscreen(*words):
    """Run photoscreen as people would; its exit code."""
    return run([PYTHON, "-m", "screen", *words], shown=["photoscreen", *words])


def set_up(lock):
    """Make .venv and install what the lock holds, unless that was done before."""
    wanted = hashlib.sha256((ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if not works():
        make_environment()
    if STAMP.exists() and f"{lock} {wanted}" in STAMP.read_text().splitlines():
        return
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    print("Setting up photoscreen in .venv (once, some minutes) ...", flush=True)
    check([*pip, "--require-hashes", "-r", lock])
    check([*pip, "--no-deps", "--no-build-isolation", "--editable", "."])
    with STAMP.open("a") as file:
        file.write(f"{lock} {wanted}\n")


def works():
    """Is there a .venv whose Python runs and finds its packages? Not any more if that Python was replaced."""
    asked = [str(PYTHON), "-c", "import pip"]
    return PYTHON.exists() and subprocess.run(asked, stderr=subprocess.DEVNULL, check=False).returncode == 0


def make_environment():
    """Make .venv anew with pip in it; never over one of another Python, which would mix the two."""
    try:
        venv.create(HOME, clear=True, with_pip=True, upgrade_deps=False)
    except (subprocess.CalledProcessError, ImportError):
        sys.exit("start.py: Python cannot make environments here. On Debian or Ubuntu: sudo apt install python3-venv")


def check(words):
    """Run a step of the set-up; end with a sentence if it fails."""
    if run(words, shown=None):
        sys.exit("start.py: setting up failed; what pip says stands above. Is this machine connected to the network?")


def run(words, shown=(), where=ROOT):
    """Run a program in that folder and show its words; its exit code."""
    if shown is not None:
        print("$ " + " ".join(shown or [Path(words[0]).name, *words[1:]]), flush=True)
    return subprocess.run([str(word) for word in words], cwd=where, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
