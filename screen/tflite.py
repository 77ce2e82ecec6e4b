"""TFLite networks for OpenVINO, with the one operation of MediaPipe's that OpenVINO does not know."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from screen.errors import MissingDependencyError


def read_tflite(path: Path, openvino: Any) -> Any:
    """The network in a TFLite file as an OpenVINO model; Convolution2DTransposeBias is built from known operations.

    Args:
        path: the weights.
        openvino: the module.

    Raises:
        MissingDependencyError: the network has another operation that OpenVINO does not know.
    """
    front = openvino.frontend.FrontEndManager().load_by_framework("tflite")
    model = front.convert_partially(front.load(str(path)))
    for node in [op for op in model.get_ordered_ops() if op.get_type_name() == "TFFrameworkNode"]:
        _replace(node, path, openvino)
    model.validate_nodes_and_infer_types()
    return model


def _replace(node: Any, path: Path, openvino: Any) -> None:
    """Put a transposed convolution with bias in the place of the unknown node.

    MediaPipe's operation takes pixels (batch, height, width, channels), a kernel (out, height, width, in) and a bias;
    it has stride 2 and padding "valid" in the network that uses it, whose kernel is 2 x 2. The name of the operation
    is not told, so the shapes must fit.
    """
    inputs = [entry.get_source_output() for entry in node.inputs()]
    if len(inputs) != 3 or inputs[1].get_partial_shape().rank.get_length() != 4 or not _two_by_two(inputs[1]):
        raise MissingDependencyError(
            "{name}: OpenVINO does not know an operation of this network. Install photoscreen again.", name=path.name
        )
    ops = openvino.opset13
    pixels, kernel, bias = inputs
    widened = ops.convolution_backprop_data(
        ops.transpose(pixels, [0, 3, 1, 2]), ops.transpose(kernel, [3, 0, 1, 2]), strides=[2, 2]
    )
    openvino.utils.replace_node(node, ops.add(ops.transpose(widened, [0, 2, 3, 1]), bias))


def _two_by_two(kernel: Any) -> bool:
    shape = kernel.get_partial_shape()
    return bool(shape[1] == 2 and shape[2] == 2)
