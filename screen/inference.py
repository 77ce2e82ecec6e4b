"""One compiled network per process, model and input shape; threads bounded, telemetry off, no file cache."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt

from screen.errors import MissingDependencyError
from screen.memory import give_back, held
from screen.photo import Pixels
from screen.tflite import read_tflite
from screen.weights import weights_path

Floats = npt.NDArray[np.float32]
#: Debian's packages of the system libraries that OpenCV and MediaPipe load.
SYSTEM_PACKAGES = ("libgl1", "libegl1", "libgles2", "libglib2.0-0")

#: Steps of networks that stay prepared for a shape of their input. Each takes some 50 kB, and photos come in many
#: shapes: with OpenVINO's own 5000 of them a process grows by half a gigabyte over some dozen photos.
SHAPES = 0
#: Bytes that a process may hold before networks give back what they compute in.
MUCH = 450 * 2**20
#: Bytes from which the heap is given back in the middle of a photo too, which takes some milliseconds.
FULL = 560 * 2**20
#: An input of so many times fewer bytes than the largest needs but a part of the memory that the largest took.
SMALLER = 4
#: The networks that ran in this process since they gave back what they compute in, the last one at the end, and the
#: bytes of the largest input of that one.
_holding = SimpleNamespace(networks=[], largest=0)

#: What set_threads() chose; 0 means every core.
_chosen = SimpleNamespace(threads=0)


def set_threads(count: int) -> None:
    """Bound the threads of every network and of OpenCV in this process; 0 means every core.

    Workers of a pool call set_threads(1) before their first photo, since the pool already keeps every core busy.
    Networks that were compiled before are dropped, so it can be called at any time.
    """
    _chosen.threads = max(0, count)
    _compiled.cache_clear()
    import cv2  # noqa: PLC0415

    cv2.setNumThreads(count if count > 0 else -1)


def threads() -> int:
    """The number of threads that networks may use in this process; 0 means every core."""
    return int(_chosen.threads)


@functools.cache
def openvino() -> Any:
    """The module openvino, imported without its telemetry: nothing leaves this machine.

    Importing openvino as it is sends an event to its makers, unless the package openvino_telemetry cannot be imported.
    Code that runs a library on OpenVINO (an OCR engine) calls this first.

    Raises:
        MissingDependencyError: OpenVINO cannot be loaded here.
    """
    if "openvino" not in sys.modules:
        # None makes the import fail, and openvino falls back to its own empty stand-in.
        sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
        # The same for its converter of other formats, which takes longer to load than all the rest.
        sys.modules.setdefault("openvino.tools.ovc", None)  # type: ignore[arg-type]
    try:
        return importlib.import_module("openvino")
    except ImportError as error:
        raise MissingDependencyError(
            "OpenVINO cannot be loaded ({error}). Install it again: pip install --force-reinstall openvino", error=error
        ) from error


def refuse_if_broken() -> None:
    """Load the libraries that every photo needs, so that what the system lacks is said once, before any photo.

    Raises:
        MissingDependencyError: OpenCV or OpenVINO cannot be loaded here.
    """
    try:
        importlib.import_module("cv2")
    except ImportError as error:
        raise MissingDependencyError(
            "OpenCV cannot be loaded ({error}). On Debian and Ubuntu install what it needs: "
            "sudo apt install {packages}. Elsewhere: pip install --force-reinstall opencv-contrib-python",
            error=error,
            packages=" ".join(SYSTEM_PACKAGES),
        ) from error
    openvino()


def compiled(
    weights_name: str,
    shape: Sequence[int] | None = None,
    threads: int | None = None,
    exact: bool = True,
    of_pixels: bool = False,
) -> functools.partial[list[Floats]]:
    """A function that runs a network: an array in, its outputs out, in the order of the network.

    The array is float32, or uint8 with of_pixels.

    Args:
        weights_name: as listed in models/MODELS.toml; ONNX and TFLite both work.
        shape: of the input; -1 is an edge that may change from call to call. None keeps what the file says.
        threads: for this network; None takes what set_threads() chose.
        exact: 32-bit floats on every processor. False lets those that can compute with 16 bits, twice as quick; scores
            then differ by some thousandths from machine to machine.
        of_pixels: the network wants float32 (batch, 3, height, width), and is to be given uint8 (batch, height, width,
            3): it converts them itself, which is quicker than numpy.

    Raises:
        MissingDependencyError: the weights or OpenVINO are not there.
    """
    count = _chosen.threads if threads is None else threads
    network = _compiled(
        weights_path(weights_name), tuple(shape) if shape is not None else None, count, exact, of_pixels
    )
    return functools.partial(run, network)


@functools.cache
def _compiled(path: Path, shape: tuple[int, ...] | None, count: int, exact: bool, of_pixels: bool) -> Any:
    model = read_tflite(path, openvino()) if path.suffix == ".tflite" else _core().read_model(str(path))
    if shape is not None:
        model.reshape(list(shape))
    if of_pixels:
        model = _taking_pixels(model)
    options: dict[str, Any] = {"INFERENCE_PRECISION_HINT": "f32"} if exact else {}
    return compile_model(model, count, options)


def compile_model(model: Any, count: int, more: Mapping[str, Any] = MappingProxyType({})) -> Any:
    """An OpenVINO model, compiled for one picture at a time on so many threads (0 for every core); for run()."""
    options = {"PERFORMANCE_HINT": "LATENCY", "NUM_STREAMS": 1, "CPU_RUNTIME_CACHE_CAPACITY": SHAPES, **more}
    if count:
        options["INFERENCE_NUM_THREADS"] = count
    return _core().compile_model(model, "CPU", options)


def _taking_pixels(model: Any) -> Any:
    """The model with an input of uint8 (batch, height, width, 3) instead of float32 (batch, 3, height, width)."""
    library = openvino()
    steps = library.preprocess.PrePostProcessor(model)
    steps.input().tensor().set_element_type(library.Type.u8).set_layout(library.Layout("NHWC"))
    steps.input().model().set_layout(library.Layout("NCHW"))
    return steps.build()


@functools.cache
def _core() -> Any:
    return openvino().Core()


def run(network: Any, pixels: Floats | Pixels) -> list[Floats]:
    """The outputs of a compiled network, in its order.

    A network keeps the memory it computes in, as much as its largest input took: up to 300 MB each. Where this process
    holds much already, those that ran before give theirs back first, so that one of them has it at a time; and so does
    this one itself between a whole view and the small ones after it.
    """
    ran_last = bool(_holding.networks) and _holding.networks[-1] is network
    if ran_last and SMALLER * pixels.nbytes < _holding.largest and held() > FULL:
        release()
    if not ran_last and _holding.networks and held() > MUCH:
        release()
        make_room()
    _note(network, pixels.nbytes)
    answer = network([pixels])
    return [np.asarray(answer[output], np.float32) for output in network.outputs]


def _note(network: Any, size: int) -> None:
    """Keep in mind that a network holds what an input of so many bytes takes."""
    networks = _holding.networks
    if not networks or networks[-1] is not network:
        _holding.networks = [*(one for one in networks if one is not network), network]
        _holding.largest = 0
    _holding.largest = max(_holding.largest, size)


def make_room() -> None:
    """Give the heap back to the system if this process holds much of it."""
    if held() > FULL:
        give_back()


def release() -> None:
    """Give back the memory that networks compute in, if this process holds much; done between two photos too."""
    if held() > MUCH:
        for network in _holding.networks:
            network.release_memory()
        _holding.networks, _holding.largest = [], 0
