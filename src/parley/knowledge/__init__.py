"""Knowledge is data: text tables in `tables/`, loaded once and checked when loaded."""

from parley.knowledge.load import Knowledge

__all__ = ["Knowledge"]
