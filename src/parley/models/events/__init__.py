"""The relation classifier that ships with Parley: what the source of a sentence does to its target."""

from parley.models.events.relation import RelationModel

__all__ = ["RelationModel"]
