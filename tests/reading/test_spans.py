"""Every entry holds the report's exact words, whatever characters the report is made of."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.reading import Reader
from parley.record import spans_of

SENTENCES = [
    "Ukrainian President Volodymyr Zelensky said on Monday that Kyiv was ready for talks.",
    "“We are ready for a prisoner exchange,” Foreign Minister Lena Orsk told reporters in Geneva.",
    'The rebels, she said, "would not leave the town" before Friday.',
    "Tovar accused Karsan of breaking the truce, a claim that Karsan denied.",
    "Hamas and Israel held a second round of talks in Cairo on 2 June, mediated by Egypt.",
    "“Our proposal is simple: a 30-day ceasefire",
    "until the leaders meet,” he added.",
    "Russia demands that sanctions be lifted; the EU refused.",
]
ODD = ["\U0001f54a\ufe0f", "e\u0301", "\u202eשלום\u202c", "رجال", "\u00a0", "\u00ad", "\r\n", "\r", "\n\n", "\u2028", "\u200d", "\u200b", "“", "”", "’", "‘",
       "«", "»", "\ufeff", "\t", "\U0001d4d0", "ﬁ", "İ", "ß", "…", "—", "\x00", "\x0b", "\x85", "`", "''", "&nbsp;"]  # fmt: skip
mangled = st.lists(st.one_of(st.sampled_from(SENTENCES), st.sampled_from(ODD), st.text(max_size=12)), max_size=12).flatmap(
    lambda parts: st.sampled_from(["", " ", "\n", "\r\n\r\n", "\u00a0"]).map(lambda joint: joint.join(parts))
)


@st.composite
def pierced(draw: st.DrawFn) -> str:
    """A sentence with odd characters put into the midst of its words."""
    text = draw(st.sampled_from(SENTENCES))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(ODD)) + text[at:]
    return text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(st.text(max_size=80), mangled, pierced()),
    published=st.sampled_from([None, "2024-03-05", "2024-02-29", "1997"]),
)
def test_every_quote_is_found_where_it_says(reader: Reader, text: str, published: str | None) -> None:
    record = reader.read(text, published=published)
    assert record.document.text == text
    for span in spans_of(record):
        assert text[span.start : span.end] == span.quote
    assert type(record).model_validate_json(record.model_dump_json()) == record


def test_reading_twice_gives_the_same_record(reader: Reader) -> None:
    text = "\n".join(SENTENCES)
    assert reader.read(text, published="2024-03-05") == Reader().read(text, published="2024-03-05")
