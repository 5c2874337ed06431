"""Write a trained model as ONNX with ONNX Runtime's fused operators, quantised to int8: export.py MODEL.pt FOLDER."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from data import CLASSES
from encoder import HEADS, WIDTH, minilm_folder
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

CONTRIB = "com.microsoft"


class Graph:
    """Collects nodes and weights."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: torch.Tensor | np.ndarray) -> str:
        array = np.asarray(value, dtype=np.float32 if np.asarray(value).dtype.kind == "f" else np.int64)
        self.weights.append(numpy_helper.from_array(array, name))
        return name

    def node(self, op: str, inputs: list[str], outputs: list[str], domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(op, inputs, outputs, name=outputs[0], domain=domain, **attributes))
        return outputs[0]


def build(state: dict[str, torch.Tensor]) -> onnx.ModelProto:
    g, layers = Graph(), 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))
    w = {k: v.float().numpy() for k, v in state.items()}
    g.node("EmbedLayerNormalization", ["ids", "", g.weight("words", w["words.weight"]),
           g.weight("places", w["places.weight"][:128] + w["kind"]), "", g.weight("norm.w", w["norm.weight"]),
           g.weight("norm.b", w["norm.bias"])], ["x0", "unused"], CONTRIB, epsilon=1e-12)  # fmt: skip
    x = "x0"
    for i in range(layers):
        p = f"layers.{i}."
        qkv = np.concatenate([w[p + f"{n}.weight"].T for n in ("query", "key", "value")], 1)
        bias = np.concatenate([w[p + f"{n}.bias"] for n in ("query", "key", "value")])
        inputs = [x, g.weight(p + "qkv", qkv), g.weight(p + "qkv.b", bias), "lengths"]
        a = g.node("Attention", inputs, [p + "mixed"], CONTRIB, num_heads=len(bias) // 3 // (WIDTH // HEADS))
        a = g.node("MatMul", [a, g.weight(p + "out", w[p + "out.weight"].T)], [p + "projected"])
        x = g.node("SkipLayerNormalization", [a, x, g.weight(p + "n1", w[p + "norm1.weight"]),
                   g.weight(p + "n1b", w[p + "norm1.bias"]), g.weight(p + "ob", w[p + "out.bias"])], [p + "x1"], CONTRIB,
                   epsilon=1e-12)  # fmt: skip
        a = g.node("MatMul", [x, g.weight(p + "up", w[p + "up.weight"].T)], [p + "raised"])
        a = g.node("BiasGelu", [a, g.weight(p + "upb", w[p + "up.bias"])], [p + "bent"], CONTRIB)
        a = g.node("MatMul", [a, g.weight(p + "down", w[p + "down.weight"].T)], [p + "lowered"])
        x = g.node("SkipLayerNormalization", [a, x, g.weight(p + "n2", w[p + "norm2.weight"]),
                   g.weight(p + "n2b", w[p + "norm2.bias"]), g.weight(p + "db", w[p + "down.bias"])], [p + "x2"], CONTRIB,
                   epsilon=1e-12)  # fmt: skip
    pooled = g.node("MatMul", ["pool", x], ["pooled"])
    flat = g.node("Reshape", [pooled, g.weight("shape", np.array([-1, 3 * WIDTH], dtype=np.int64))], ["flat"])
    g.node("Gemm", [flat, g.weight("head", w["head.weight"]), g.weight("head.b", w["head.bias"])], ["scores"], transB=1)
    graph = helper.make_graph(
        g.nodes, "relation",
        [helper.make_tensor_value_info("ids", TensorProto.INT32, ["b", "n"]),
         helper.make_tensor_value_info("lengths", TensorProto.INT32, ["b"]),
         helper.make_tensor_value_info("pool", TensorProto.FLOAT, ["b", 3, "n"])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["b", len(CLASSES)])], g.weights,
    )  # fmt: skip
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)], ir_version=8
    )


def write(state: dict[str, torch.Tensor], folder: Path, settings: dict[str, object]) -> None:
    """The model, its word pieces and its settings into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        onnx.save(build(state), str(full))
        quantize_dynamic(str(full), str(folder / "relation.onnx"), per_channel=True, weight_type=QuantType.QInt8,
                         op_types_to_quantize=["MatMul", "Attention", "EmbedLayerNormalization"],
                         nodes_to_exclude=["pooled"], extra_options={"DefaultTensorType": TensorProto.FLOAT})  # fmt: skip
    shutil.copy(minilm_folder() / "tokenizer.json", folder / "tokenizer.json")
    (folder / "settings.json").write_text(json.dumps({"classes": CLASSES, **settings}, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--version", default="1")
    a = parser.parse_args()
    write(torch.load(a.model), a.folder, {"temperature": a.temperature, "threshold": a.threshold, "version": a.version})


if __name__ == "__main__":
    main()
