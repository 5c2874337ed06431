"""The attribution tagger that ships with Parley."""

from parley.models.attribution.tagger import Attributed, AttributionTagger

__all__ = ["Attributed", "AttributionTagger"]
