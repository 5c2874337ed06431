"""The date of publication, as a person or a page gives it."""

from __future__ import annotations

import re
from datetime import date

from parley.errors import DocumentError

_ISO = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ]\d{2}:.*)?$")
_YEARS = range(1800, 2200)


def published_date(given: str, source: str = "--published") -> str:
    """The ISO date in `given` (YYYY, YYYY-MM, YYYY-MM-DD; a time after it is dropped). Raises ``DocumentError`` if none."""
    match = _ISO.match(given.strip())
    if match:
        year, month, day = match.groups()
        try:
            date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            match = None
    if not match or int(match[1]) not in _YEARS:
        raise DocumentError(source, f"{given!r} is not a date; give the publication date as YYYY-MM-DD, YYYY-MM or YYYY")
    return "-".join(part for part in match.groups() if part)
