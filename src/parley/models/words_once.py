"""What a pipeline's networks make of each word by itself, made once for all its occurrences.

A spaCy network first looks up vectors for a token's form, prefix, suffix and shape and multiplies them into one vector; only
the layers above see the token's neighbours. Of the tokens of some reports parsed together, three in four are repetitions,
and this first step is a quarter of the multiplications. The vectors are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.api import Model, chain
from thinc.types import Ragged

if TYPE_CHECKING:
    from spacy.language import Language


def make_words_once(pipeline: Language) -> None:
    """Let every network of the pipeline that begins with such a step make each word once; others stay as they are."""
    for _, component in pipeline.pipeline:
        if (model := getattr(component, "model", None)) is None:
            continue
        for embedding in [node.get_ref("embed") for node in model.walk() if "embed" in node.ref_names]:
            first, *between, last = embedding.layers
            names = [layer.name for layer in (first, *between[:1], last)]
            by_word = all(layer.name.startswith("with_array(") for layer in between[1:])
            if names == ["extract_features", "list2ragged", "ragged2list"] and by_word and len(between) > 2:
                embedding.layers[2:-1] = [once(chain(*between[1:]))]


def once(layer: Model[Ragged, Ragged]) -> Model[Ragged, Ragged]:
    """The same layer, asked for each of the different rows once. It is not for training."""
    return Model("once", _forward, layers=[layer])


def _forward(model: Model[Ragged, Ragged], words: Ragged, is_train: bool) -> tuple[Ragged, Any]:
    if is_train:
        return model.layers[0](words, is_train)
    rows = np.ascontiguousarray(words.dataXd)
    number: dict[bytes, int] = {}
    numbers = [number.setdefault(row, len(number)) for row in rows.view(f"V{rows.strides[0]}").ravel().tolist()]
    different: Any = np.frombuffer(b"".join(number), rows.dtype).reshape(len(number), rows.shape[1])
    lengths: Any = np.array([len(number)], dtype="i")
    vectors = model.layers[0].predict(Ragged(different, lengths))
    return Ragged(vectors.dataXd[numbers], words.lengths), lambda gradient: gradient
