"""The whole plugin contract on one page.

A plugin is a module or object with some of these functions, marked with ``screen.hookimpl`` and announced as an entry
point in the group ``photoscreen``. Every hook returns names and factories; a factory is called only when a policy
picks its name, so nothing heavy runs before. The built-in checks, models, engines and renderers come in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import pluggy

if TYPE_CHECKING:
    from screen.faces import FaceModel
    from screen.ocr import OcrEngine
    from screen.photo import Photo
    from screen.records import Finding
    from screen.report import Renderer

GROUP = "photoscreen"
hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


class Check(Protocol):
    """One thing to look for in a photo.

    Attributes:
        id: short and singular: face, text, plate.
        title: for people, in English.
        settings: a frozen dataclass with a default for every field; the policy's table of the same id fills it.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    settings: ClassVar[type[Any]]

    def __init__(self, chosen: Any) -> None:
        """Keep the chosen settings; load nothing yet."""

    def inspect(self, photo: Photo) -> Iterator[Finding]:
        """Findings in pixels of the upright photo; must not judge, write, or use the network.

        Raises:
            CheckError: the check could not be carried out; the photo then counts as not screened.
            MissingDependencyError: a model or engine is not there.
        """
        ...


@hookspec
def photoscreen_checks() -> Mapping[str, Callable[[], type[Check]]]:
    """Checks by id: a function that imports and returns the class."""
    raise NotImplementedError


@hookspec
def photoscreen_face_models() -> Mapping[str, Callable[[], FaceModel]]:
    """Face models by name: a function that returns one, ready to detect."""
    raise NotImplementedError


@hookspec
def photoscreen_ocr_engines() -> Mapping[str, Callable[[], OcrEngine]]:
    """OCR engines by name: a function that returns one, ready to read."""
    raise NotImplementedError


@hookspec
def photoscreen_renderers() -> Mapping[str, Callable[[], Renderer]]:
    """Reports by name: a function that returns the renderer."""
    raise NotImplementedError
