"""The stance weights that ship with Parley: whether a party wants or refuses what its sentence speaks of."""

from parley.models.positions.weights import StanceWeights

__all__ = ["StanceWeights"]
