from __future__ import annotations

import pytest

from parley.documents.dates import published_date
from parley.errors import DocumentError


@pytest.mark.parametrize(("given", "date"), [
    ("2024-03-05", "2024-03-05"), ("2024-03", "2024-03"), ("2024", "2024"), (" 2024-02-29 ", "2024-02-29"),
    ("2024-03-05T10:00:00Z", "2024-03-05"), ("2024-03-05 10:00", "2024-03-05"),
])  # fmt: skip
def test_iso_dates_as_exact_as_known(given: str, date: str) -> None:
    assert published_date(given) == date


@pytest.mark.parametrize(
    "given", ["yesterday", "2024-13-01", "2023-02-29", "05/03/2024", "0000-01-01", "20244-01-01", "2024-3-5", "24", "9999"]
)
def test_what_is_no_date_is_refused_with_the_form_to_use(given: str) -> None:
    with pytest.raises(DocumentError, match="is not a date; give the publication date as YYYY-MM-DD"):
        published_date(given)
