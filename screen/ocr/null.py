"""An engine that reads nothing, for tests and for policies that leave text alone."""

from __future__ import annotations

from screen.ocr import Line
from screen.photo import Pixels


class NullEngine:
    """Reads nothing. With it the text check finds nothing, so a policy that names it does not screen text."""

    def read(self, pixels: Pixels) -> tuple[Line, ...]:
        """No lines."""
        return ()
