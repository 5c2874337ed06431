"""Train the event classifier: cross-validation (--folds) or the final model (--save). Seeds fixed; see README.md."""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from data import CLASSES, INDEX, QUADS, ROOTS, Row, own_rows, plv_reversed, plv_rows
from encoder import PairClassifier, minilm_folder
from tokenizers import Tokenizer
from torch import Tensor

LIMIT = 80


def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(minilm_folder() / "tokenizer.json"))
    found.no_padding()
    found.enable_truncation(LIMIT)
    return found


def tensors(words: Tokenizer, texts: list[str]) -> tuple[Tensor, ...]:
    """ids, attention, and one-hot places of the first source and the first target mark, padded to the longest."""
    source, target = words.token_to_id("@"), words.token_to_id("#")
    rows = [e.ids for e in words.encode_batch(texts)]
    n = max(map(len, rows))
    ids, attends = torch.zeros(len(rows), n, dtype=torch.long), torch.zeros(len(rows), n)
    at = torch.zeros(2, len(rows), n)
    for i, row in enumerate(rows):
        ids[i, : len(row)], attends[i, : len(row)] = torch.tensor(row), 1
        for k, mark in enumerate((source, target)):
            if mark in row:
                at[k, i, row.index(mark)] = 1
    return ids, attends, at[0], at[1]


def batches(rows: list[Row], size: int, chance: random.Random) -> list[list[Row]]:
    """Shuffled batches of rows of like length."""
    order = sorted(rows, key=lambda r: len(r.text.split()) + 6 * chance.random())
    cut = [order[i : i + size] for i in range(0, len(order), size)]
    chance.shuffle(cut)
    return cut


def fit(
    rows: list[Row],
    *,
    seed: int,
    epochs: int,
    layers: tuple[int, ...],
    soft: dict[str, np.ndarray] | None = None,
    own_weight: float = 1.0,
    rate: float = 2e-4,
    size: int = 16,
    smoothing: float = 0.1,
    unfreeze: bool = False,
    frozen: int = 2,
) -> PairClassifier:
    torch.manual_seed(seed)
    chance = random.Random(seed)
    words, model = tokenizer(), PairClassifier(len(CLASSES), layers, frozen)
    model.words.weight.requires_grad_(unfreeze)
    counts = np.ones(len(CLASSES))
    for row in rows:
        for c in row.allowed:
            counts[c] += row.weight / len(row.allowed)
    balance = torch.tensor((counts.mean() / counts) ** 0.3, dtype=torch.float32)
    head = [p for n, p in model.named_parameters() if n.startswith("head")]
    if frozen:
        for name, weight in model.named_parameters():
            if not name.startswith(("layers", "head")) or any(name.startswith(f"layers.{k}.") for k in range(frozen)):
                weight.requires_grad_(False)
    body = [p for n, p in model.named_parameters() if not n.startswith("head") and p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": head, "lr": 5 * rate}], weight_decay=0.01)
    steps = epochs * ((len(rows) + size - 1) // size)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / (steps - warm)))
    )
    model.train()
    for _ in range(epochs):
        for batch in batches(rows, size, chance):
            wanted = torch.zeros(len(batch), len(CLASSES))
            for i, row in enumerate(batch):
                wanted[i, list(row.allowed)] = 1
            weight = torch.tensor([r.weight * (own_weight if r.kind != "plv" else 1) for r in batch])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(*tensors(words, [r.text for r in batch]))
            spread = logits.float().log_softmax(-1)
            hit = torch.logsumexp(spread.masked_fill(wanted == 0, -1e9), 1)
            loss = -(1 - smoothing) * hit - smoothing * spread.mean(1)
            if soft is not None:
                given = torch.tensor(np.stack([soft[r.text] for r in batch]), dtype=torch.float32)
                loss = 0.3 * loss - 0.7 * (given * spread).sum(1)
            loss = loss * weight * (wanted * balance).sum(1) / wanted.sum(1)
            optimizer.zero_grad(set_to_none=True)
            loss.mean().backward()
            torch.nn.utils.clip_grad_norm_(body + head, 1.0)
            optimizer.step()
            schedule.step()
    return model.eval()


@torch.no_grad()
def predict(model: PairClassifier, texts: list[str]) -> np.ndarray:
    """Log-probabilities over CLASSES for each text."""
    words, out = tokenizer(), np.zeros((len(texts), len(CLASSES)), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    for k in range(0, len(order), 64):
        part = order[k : k + 64]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(*tensors(words, [texts[i] for i in part]))
        out[part] = logits.float().log_softmax(-1).numpy()
    return out


def root_probabilities(logs: np.ndarray) -> np.ndarray:
    """Over PLV's 15 roots: YIELD is CONCEDE and RETREAT together, and NONE is left out."""
    p = np.exp(logs)
    p /= p[:, : INDEX["NONE"]].sum(1, keepdims=True)
    columns = [p[:, INDEX["CONCEDE"]] + p[:, INDEX["RETREAT"]] if r == "YIELD" else p[:, INDEX[r]] for r in ROOTS]
    return np.stack(columns, 1)


def root_of(row: Row) -> int:
    return ROOTS.index("YIELD" if len(row.allowed) == 2 else CLASSES[row.allowed[0]])


def figures(rows: list[Row], p: np.ndarray) -> dict[str, object]:
    from sklearn.metrics import accuracy_score, f1_score

    gold, got = np.array([root_of(r) for r in rows]), p.argmax(1)
    quad = np.array([QUADS[r] for r in ROOTS])
    sure = p.max(1)
    error = sum(abs((got[m] == gold[m]).mean() - sure[m].mean()) * m.mean()
                for lo in np.arange(0, 1, 0.1) if (m := (sure > lo) & (sure <= lo + 0.1)).any())  # fmt: skip
    return {
        "root": round(f1_score(gold, got, average="macro"), 4), "accuracy": round(accuracy_score(gold, got), 4),
        "quad": round(f1_score(quad[gold], quad[got], average="macro"), 4),
        "binary": round(f1_score(quad[gold] > 2, quad[got] > 2, average="macro"), 4), "ece": round(float(error), 4),
        "each": dict(zip(ROOTS, f1_score(gold, got, average=None, labels=range(15)).round(3).tolist(), strict=True)),
    }  # fmt: skip


def folds_of(rows: list[Row], folds: int, seed: int, grouped: bool) -> list[tuple[np.ndarray, np.ndarray]]:
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    roots = [root_of(r) for r in rows]
    if grouped:
        return list(StratifiedGroupKFold(folds, shuffle=True, random_state=seed).split(rows, roots, [r.group for r in rows]))
    return list(StratifiedKFold(folds, shuffle=True, random_state=seed).split(rows, roots))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plv", type=Path)
    parser.add_argument("--own", type=Path, default=Path(__file__).parent / "own")
    parser.add_argument("--without", nargs="*", default=[], help="own files to leave out (ablation); 'all' for none of them")
    parser.add_argument("--reversed", type=int, default=300, help="how many reversed PLV rows (NONE) are used")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--run-folds", type=int, default=99, help="how many of the folds are run")
    parser.add_argument("--grouped", action="store_true", help="near-duplicates stay in one fold")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--layers", type=int, nargs="+", default=[0, 1, 2, 3, 4, 5])
    parser.add_argument("--each", type=int, default=3, help="wordings of each of our own lines")
    parser.add_argument("--frozen", type=int, default=2, help="lowest layers that are not trained")
    parser.add_argument("--own-weight", type=float, default=1.0)
    parser.add_argument("--out", type=Path, help="where predictions (cross-validation) or the model go")
    parser.add_argument("--threads", type=int, default=1)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    rows = plv_rows(a.plv)
    more = plv_reversed(a.plv)
    random.Random(3).shuffle(more)
    more = more[: a.reversed]
    own = [] if "all" in a.without else own_rows(a.own, skip=frozenset(a.without), each=a.each)
    print(f"{len(rows)} PLV rows in {len({r.group for r in rows})} groups, {len(more)} reversed, {len(own)} own", flush=True)
    if a.folds:
        done, total = np.zeros(len(rows), bool), np.zeros((len(rows), len(CLASSES)))
        for seed in a.seeds:
            done[:] = False
            logs = np.zeros((len(rows), len(CLASSES)), np.float32)
            for k, (train, test) in enumerate(folds_of(rows, a.folds, 7, a.grouped)):
                if k >= a.run_folds:
                    continue
                start = time.time()
                kept = {rows[i].text for i in train}
                # a reversed row belongs to the fold of its original: rows stand in the same order
                flipped = [r for r in more if _original(r.text) in kept]
                model = fit([rows[i] for i in train] + flipped + own, seed=seed, epochs=a.epochs, layers=tuple(a.layers),
                            own_weight=a.own_weight, frozen=a.frozen)  # fmt: skip
                logs[test] = predict(model, [rows[i].text for i in test])
                done[test] = True
                part = figures([rows[i] for i in test], root_probabilities(logs[test]))
                print(
                    f"seed {seed} fold {k} {time.time() - start:.0f} s",
                    json.dumps({x: part[x] for x in ("root", "accuracy", "quad", "binary")}),
                    flush=True,
                )
            total += np.exp(logs)
            got = [i for i in range(len(rows)) if done[i]]
            print(f"seed {seed}", json.dumps(figures([rows[i] for i in got], root_probabilities(logs[got]))), flush=True)
            if a.out:
                a.out.mkdir(parents=True, exist_ok=True)
                np.save(a.out / f"logs-{seed}.npy", logs)
        if len(a.seeds) > 1:
            print(
                "seeds averaged",
                json.dumps(figures([rows[i] for i in got], root_probabilities(np.log(total[got] / len(a.seeds) + 1e-9)))),
                flush=True,
            )
        return
    for seed in a.seeds:
        model = fit(
            rows + more + own, seed=seed, epochs=a.epochs, layers=tuple(a.layers), own_weight=a.own_weight, frozen=a.frozen
        )
        a.out.mkdir(parents=True, exist_ok=True)
        torch.save(model.state_dict(), a.out / f"model-{seed}.pt")
        print("saved", a.out / f"model-{seed}.pt", flush=True)


def _original(text: str) -> str:
    """The masked text with source and target marks exchanged."""
    return text.translate(str.maketrans("@#", "#@"))


if __name__ == "__main__":
    main()
