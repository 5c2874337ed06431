"""Export a trained run to the folder that Parley ships: ``python training/attribution/export.py RUN FOLDER``.

Writes tagger.onnx (int8 weights, quantised dynamically per channel), tokenizer.json and tagger.json (costs, version).
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
import tempfile
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import onnx
import torch
from network import Tagger
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from train import load_run

from parley.models.attribution.decoding import Costs


class Exported(nn.Module):
    """The tagger without a mask (windows run one by one, unpadded), the attention's scale folded into its weights."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger
        for layer, heads in zip(tagger.layers, tagger.shape.heads, strict=True):
            attended = heads * tagger.shape.head
            for values in (layer.qkv.weight.data, layer.qkv.bias.data):
                values[:attended] *= tagger.shape.head**-0.5
            layer.scale = 1.0

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.tagger(ids, features)


def export(run: Path, folder: Path, costs: Costs) -> None:
    """Write the run's network to `folder`."""
    logging.getLogger().setLevel(logging.ERROR)
    tagger = load_run(run)
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 2000, (2, 50))
    names = ["tags", "link_from", "link_to"]
    axes = {n: {0: "window", 1: "piece"} for n in ["ids", "features", *names]}
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(Exported(tagger), (ids, ids % 10), str(plain), input_names=["ids", "features"],
                          output_names=names, dynamic_axes=axes, dynamo=False, opset_version=17)  # fmt: skip
        quantize_dynamic(plain, folder / "tagger.onnx", per_channel=True, weight_type=QuantType.QInt8,
                         op_types_to_quantize=["MatMul", "Gather"])  # fmt: skip
    onnx.checker.check_model(str(folder / "tagger.onnx"))
    shutil.copy(run / "tokenizer.json", folder / "tokenizer.json")
    digest = sha256((folder / "tagger.onnx").read_bytes()).hexdigest()[:12]
    about = {"version": digest, "costs": asdict(costs), "layers": len(tagger.layers)}
    (folder / "tagger.json").write_text(json.dumps(about, indent=1) + "\n")
    print(folder, f"{sum(p.stat().st_size for p in folder.glob('t*')) / 1e6:.1f} MB", about)


if __name__ == "__main__":
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("run", type=Path)
    parse.add_argument("folder", type=Path)
    for name in ("source", "cue", "content", "nothing", "least"):
        parse.add_argument(f"--{name}", type=float, default=0.0)
    ask = parse.parse_args()
    export(ask.run, ask.folder, Costs(ask.source, ask.cue, ask.content, ask.nothing, ask.least))
