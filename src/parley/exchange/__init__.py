"""Exports: a record, a ledger or an archive in the formats of the field."""

from parley.exchange.formats import FORMATS, Format, export
from parley.exchange.report import Report

__all__ = ["FORMATS", "Format", "Report", "export"]
