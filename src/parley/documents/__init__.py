"""The door: whatever comes in (plain text, a web page, bytes, a file) leaves as a `Document`, its text unaltered."""

from parley.documents.files import SUFFIXES, files_in, read_bytes, read_file
from parley.documents.html import from_html
from parley.documents.plain import MAX_CHARACTERS, from_text, headline

__all__ = ["MAX_CHARACTERS", "SUFFIXES", "files_in", "from_html", "from_text", "headline", "read_bytes", "read_file"]
