"""Run the relation classifier: masked texts in, a probability for each PLOVER type and for "no event" out."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = Path(__file__).parent
LIMIT = 72
"""Word pieces of a text that are read; the rest is cut off."""
NO_EVENT = "NONE"


class RelationModel:
    """An encoder as ONNX (int8) with its word pieces. Make it with `load`."""

    def __init__(self, session: Any, pieces: Any, settings: dict[str, Any]) -> None:
        self._session, self._pieces = session, pieces
        self.classes: tuple[str, ...] = tuple(settings["classes"])
        """The PLOVER types in the order of the columns, then `NO_EVENT`."""
        self.temperature = float(settings["temperature"])
        """What scores are divided by, fitted by cross-validation, so that a probability means what it says."""
        self.threshold = float(settings["threshold"])
        """The confidence from which an event found in a text is kept; see the model card."""
        self.version: str = settings["version"]
        self._marks = tuple(pieces.token_to_id(mark) for mark in ("@", "#"))

    @classmethod
    @lru_cache(maxsize=2)
    def load(cls, folder: Path = FOLDER) -> RelationModel:
        """The model in `folder`. Raises ``ModelError`` if a file is missing."""
        import onnxruntime
        from tokenizers import Tokenizer

        for name in ("relation.onnx", "tokenizer.json", "settings.json"):
            if not (folder / name).exists():
                raise ModelError("events", f"the file {name} is missing from {folder}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        session = onnxruntime.InferenceSession(str(folder / "relation.onnx"), options, ["CPUExecutionProvider"])
        pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
        pieces.no_padding()
        pieces.enable_truncation(LIMIT)
        return cls(session, pieces, json.loads((folder / "settings.json").read_text(encoding="utf-8")))

    def probabilities(self, texts: list[str]) -> NDArray[np.float32]:
        """A row for each text (made by `parley.reading.events.masking.pair_text`), a column for each of `classes`.

        Each text runs alone: int8 activations are scaled over a whole batch, so that a neighbour would change the answer.
        """
        import numpy as np

        scores = np.zeros((len(texts), len(self.classes)), np.float32)
        for i, encoded in enumerate(self._pieces.encode_batch(texts)):
            scores[i] = self._scores(encoded.ids)
        scores /= self.temperature
        shares: NDArray[np.float32] = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-1e9))
        shares /= shares.sum(axis=1, keepdims=True)
        return shares

    def _scores(self, row: list[int]) -> NDArray[np.float32]:
        """The raw scores of one text."""
        import numpy as np

        pool = np.zeros((1, 3, len(row)), np.float32)
        pool[0, 0] = 1 / len(row)
        for k, mark in enumerate(self._marks, 1):
            if mark in row:
                pool[0, k, row.index(mark)] = 1
        inputs = {"ids": np.array([row], np.int32), "lengths": np.array([len(row)], np.int32), "pool": pool}
        found: NDArray[np.float32] = self._session.run(None, inputs)[0][0]
        return found
