"""Rules for dates of the calendar: days, months and years, quarters, seasons, decades and holidays."""

from __future__ import annotations

from datetime import date, timedelta

from parley.reading.dates.calendar import (
    day_value,
    easter,
    month_value,
    quarter_value,
    shifted,
    valid,
)
from parley.reading.dates.grammar import Context, Found, Phrase, TimexType, rule
from parley.reading.dates.tense import Sense

MOD = r"A?(?:t?[meL]-?|t?(?:m-?)?Bkt?|)"
"""What may stand before a date and belongs to it: "early", "late", "mid-", "the end of", "around"."""
NUM = r"(?:[DNY](?:-?D/D)?|n(?:-?n){0,3})"
QUANTITY = rf"(?:{NUM}(?:[T&-]{NUM})?|X|an{{0,2}}|Ha)"
WEEKDAY = r"(?:W[.,]?)?"


def one(phrase: Phrase, type: TimexType, value: str | None) -> list[Found]:
    """The whole phrase with this value; nothing where there is no value."""
    return [Found(phrase.first, phrase.last, type, value)] if value else []


def year_of(text: str, near: int | None = None) -> int:
    """A year from its digits; two digits mean the year of that ending nearest to `near`, or in 1950..2049."""
    year = int(text)
    if len(text) > 2:
        return year
    if near is not None:
        return near // 100 * 100 + year
    return year + (1900 if year >= 50 else 2000)


def calendar_day(year: int | None, month: int, day: int) -> str | None:
    """The value of a day, with XXXX for an unknown year."""
    if not valid(year, month, day):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}" if year is not None else f"XXXX-{month:02d}-{day:02d}"


# ---- calendar dates with a year


@rule("full-date", rf"{WEEKDAY}{MOD}M\.?[DO],?Y", rf"{WEEKDAY}A?t?[DO]k?M\.?,?Y", rf"{WEEKDAY}A?tokM\.?,?Y")
def full_date(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "April 25, 1997", "25 April 1997", "the 25th of April, 1997"."""
    return one(phrase, "DATE", calendar_day(phrase.number("Y"), phrase.number("M"), phrase.number("DOo")))


@rule(
    "full-date-range",
    rf"{WEEKDAY}M\.?[DO][-T&][DO],?Y",
    rf"{WEEKDAY}b?[DO][-T&]t?[DO]k?M\.?,?Y",
    rf"{WEEKDAY}b?[DO]k?M[-T&]t?[DO]k?M\.?,?Y",
)
def full_date_range(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "May 13-14, 1997", "13 to 14 May 1997", "30 April to 2 May 1997": two dates."""
    return _range(phrase, phrase.number("Y"), context)


@rule(
    "date-range",
    rf"{WEEKDAY}M\.?[DO][-T&][DO](?![-/]?[DUVN_])",
    rf"{WEEKDAY}[DO][-T&]t?[DO]k?M(?!\.?,?[DOY])",
)
def date_range(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "May 13-14", "13-14 May": two dates of a year to be found."""
    first = phrase.at("DO")
    assert first is not None
    return _range(phrase, year_near(context, phrase.number("M"), phrase.number("DO"), first), context)


def _range(phrase: Phrase, year: int | None, context: Context) -> list[Found]:
    days = [i for i in range(phrase.first, phrase.last) if phrase.words[i].letter in "DO"]
    months = [int(word.value) for word in phrase.all("M")]
    cut = days[1]
    if phrase.words[days[0]].letter != "M" and phrase.words[cut - 1].letter == "t":
        cut -= 1
    between = next(i for i in range(days[0], days[1]) if phrase.words[i].letter in "-T&")
    first = calendar_day(year, months[0], int(phrase.words[days[0]].value))
    last = calendar_day(year, months[-1], int(phrase.words[days[1]].value))
    if not first or not last:
        return []
    return [Found(phrase.first, between, "DATE", first), Found(cut, phrase.last, "DATE", last)]


@rule("numeric-date", r"#")
def numeric_date(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "2019-10-05", "10/25/2019" (month first, or day first where the first number cannot be a month)."""
    form = phrase.words[phrase.first].form
    parts = [int(part) for part in form.replace("/", "-").replace(".", "-").split("-")]
    if parts[0] > 31:
        return one(phrase, "DATE", calendar_day(*parts))
    a, b = parts[0], parts[1]
    month, day = (b, a) if "." in form or a > 12 else (a, b)
    return one(phrase, "DATE", calendar_day(year_of(form[-4:] if form[-4:].isdigit() else form[-2:]), month, day))


@rule("month-and-year", rf"{MOD}M\.?,?k?Y", rf"{MOD}M-M\.?,?Y")
def month_and_year(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "February 2022", "early May, 1998", "the end of March 2020"."""
    return one(phrase, "DATE", month_value(phrase.number("Y"), phrase.number("M")))


@rule("month-of-named-year", rf"{MOD}M,?k?t?[lhxs]U", rf"{WEEKDAY}M\.?[DO],?k?t?[lhxs]U", rf"{WEEKDAY}[DO]k?M,?k?t?[lhxs]U")
def month_of_named_year(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "April last year", "May 3 of this year"."""
    unit, direction = phrase.get("U"), phrase.get("lhxs")
    assert unit is not None
    assert direction is not None
    if unit.value != "Y":
        return []
    base = context.spoken_of if direction.letter == "s" else context.anchor
    year = base.year + {"l": -1, "x": 1}.get(direction.letter, 0) if base.year else None
    month, day = phrase.number("M"), phrase.get("DO")
    if day is not None:
        return one(phrase, "DATE", calendar_day(year, month, int(day.value)))
    return one(phrase, "DATE", month_value(year, month) if year else f"XXXX-{month:02d}")


# ---- dates without a year


def year_near(context: Context, month: int, day: int, lexeme: int) -> int | None:
    """The year of a yearless day: the text's own where it settles it, else by the reference date and the clause's tense."""
    settled = context.settled_years.get(context.words[lexeme].start)
    if context.anchor.year is None:
        return settled
    exact = context.anchor.exact
    if exact is None:
        return context.anchor.year
    years = [y for y in (exact.year - 1, exact.year, exact.year + 1) if valid(y, month, day)]
    if not years:
        return None
    gaps = {y: (date(y, month, day) - exact).days for y in years}
    sense = context.sense(lexeme)
    if sense == "future":
        ahead = [y for y in years if 0 <= gaps[y] < 300]
        if ahead:
            return ahead[0]
    if sense == "past":
        behind = [y for y in years if -330 < gaps[y] <= 0]
        if behind:
            return behind[-1]
    return min(years, key=lambda y: (abs(gaps[y]) if gaps[y] <= 0 else 1.5 * gaps[y], y))


@rule("day-of-month", rf"{WEEKDAY}{MOD}M\.?[DOo](?![-/]?[UV])(?!-[DO])", rf"{WEEKDAY}A?t?(?:[DO]k?|ok)M(?!\.?,?[DY])")
def day_of_month(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "June 2", "2 June", "the 2nd of June", "Friday, Oct. 13"."""
    day_at = phrase.at("DOo")
    assert day_at is not None
    month, day = phrase.number("M"), int(phrase.words[day_at].value)
    after = phrase.words[phrase.last] if phrase.last < len(phrase.words) else None
    if day_at + 1 == phrase.last and after is not None and after.form in ("percent", "per", "%", "people", "million"):
        return []
    return one(phrase, "DATE", calendar_day(year_near(context, month, day, day_at), month, day))


@rule("month", rf"{MOD}(?:h?[lxhsf]|)M(?!\.?[DO])")
def month_alone(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "in May", "last March", "early November", "this September"."""
    at = phrase.at("M")
    assert at is not None
    month, anchor = phrase.number("M"), context.anchor
    settled = context.settled_years.get(phrase.words[at].start)
    if anchor.year is None:
        return one(phrase, "DATE", month_value(settled, month) if settled else f"XXXX-{month:02d}")
    if anchor.month is None:
        return one(phrase, "DATE", month_value(anchor.year, month))
    direction = phrase.get("lxhsf")
    gap = month - anchor.month
    sense: Sense | None = context.sense(at)
    if direction is not None and direction.letter in "lx":
        years = (-1 if gap >= 0 else 0) if direction.letter == "l" else (1 if gap <= 0 else 0)
    elif direction is not None:
        years = 0
    elif sense == "past":
        years = 0 if gap <= 0 else -1
    elif sense == "future":
        years = 0 if gap >= 0 or (gap > -3 and (phrase.get("meLB") or _planned_for(phrase))) else 1
    else:
        years = -1 if gap > 5 else 1 if gap < -8 else 0
    return one(phrase, "DATE", month_value(anchor.year + years, month))


def _planned_for(phrase: Phrase) -> bool:
    """Whether something was "planned for" this month: then even a month just past is this year's."""
    before = [word.form for word in phrase.words[max(0, phrase.first - 2) : phrase.first]]
    return before[1:] == ["for"] and before[0] in ("planned", "scheduled", "set", "due", "slated")


# ---- years, decades, centuries


@rule("year", rf"{MOD}(?:tU|F?U?)Y", r"tUnn")
def year(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "2014", "early 1998", "mid-1996", "fiscal 1989", "the year 2000"; not "2000 soldiers" or "resolution 1701"."""
    at = phrase.at("Y")
    unit = phrase.get("U")
    if at is None:
        value = _spoken_number(phrase)
        return one(phrase, "DATE", str(value)) if unit is not None and unit.value == "Y" and 1500 <= value <= 2100 else []
    if (unit is not None and unit.value != "Y") or not _is_year(phrase, at, context):
        return []
    return one(phrase, "DATE", phrase.words[at].value)


@rule("spoken-year", r"nn-?n?")
def spoken_year(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "nineteen ninety-six", as transcripts of broadcasts write it."""
    numbers = [int(word.value) for word in phrase.all("n")]
    if numbers[0] not in (18, 19, 20) or numbers[1] < 10 or numbers[1] > 90 or (len(numbers) > 2 and numbers[2] > 9):
        return []
    return one(phrase, "DATE", str(100 * numbers[0] + sum(numbers[1:])))


def _spoken_number(phrase: Phrase) -> int:
    total = 0
    for word in phrase.all("n"):
        value = int(word.value)
        total = (total or 1) * value if value >= 100 else total + value
    return total


_BEFORE_YEARS = frozenset(
    {"in", "since", "of", "by", "from", "until", "till", "before", "after", "during", "to", "for", "between", "and",
     "through", "circa", "early", "late"}
)  # fmt: skip
_NUMBERED = frozenset(
    {"resolution", "no", "number", "article", "protocol", "route", "flight", "room", "act", "section", "form", "chapter",
     "model", "$", "€", "£", "#", "/"}
)  # fmt: skip


def _is_year(phrase: Phrase, at: int, context: Context) -> bool:
    words, value = phrase.words, int(phrase.words[at].value)
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    decimal = before is not None and before.letter == "." and before.end == words[at].start
    if decimal or (before is not None and (before.form in _NUMBERED or before.letter in "DNn")):
        return False
    if after is not None and (
        after.letter in "UVjz%" or after.form in ("%", "percent", "people", "million", "billion", "/")
    ):
        return False
    led = before is not None and (before.form in _BEFORE_YEARS or before.letter in "mBIkbT&F")
    if (value < 1800 and not led) or value > 2100:
        return False
    noun = context.tag(at + 1)
    if after is not None and noun == "NNS" and value % 100 == 0 and not (before is not None and before.letter in "thF"):
        return False
    return value >= 1900 or led


@rule("year-range", r"Y-[YDN](?!-?[DUV])", r"bYT?&?Y")
def year_range(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "1992-95", "2003-2005", "from 1992 to 1995": two years."""
    years = phrase.all("YDN")
    first, last = years[0].value, years[-1].value
    if len(last) == 2:
        last = first[:2] + last
    if len(first) != 4 or len(last) != 4 or not 1000 <= int(first) < int(last) <= 2200:
        return []
    start = phrase.at("Y")
    assert start is not None
    return [Found(start, start + 1, "DATE", first), Found(phrase.last - 1, phrase.last, "DATE", last)]


@rule("decade", r"t?(?:m-?)?d", r"t?(?:m-?)?Bktd")
def decade(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "the 1990s", "the early '80s"."""
    word = phrase.get("d")
    assert word is not None
    digits = "".join(c for c in word.form if c.isdigit())
    return one(phrase, "DATE", digits[:3] if len(digits) == 4 else f"{year_of(digits) // 10:03d}")


@rule("century", r"t?(?:m-?)?[oO]-?U", r"t?o-o-?U")
def century_or_quarter(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "the 20th century", "the third quarter"; the eighth day, the second week are no dates by themselves."""
    unit = phrase.get("U")
    assert unit is not None
    if unit.value == "CE":
        return one(phrase, "DATE", f"{sum(int(w.value) for w in phrase.all('oO')) - 1:02d}")
    return _quarter(phrase, context) if unit.value == "Q" else []


@rule(
    "quarter",
    r"t?F?-?[oO]-?Uk?Y",
    r"t?Y[oO]-?U",
    r"(?:t?[hlx]U'_)?t?F?-?[oO]-?U(?:k?t?[hlx]?U)?",
    r"t?[hlxs]?U-?[ge][oO]-?U",
    r"t?U-[ge]U",
)
def quarter(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "the third quarter of 1984", "next year's first quarter"."""
    units = [word.value for word in phrase.all("U")]
    if phrase.get("oO") is None:
        return _year_ago_quarter(phrase, context) if units[-1] == "Q" else []
    return _quarter(phrase, context) if "Q" in units and set(units) <= {"Q", "Y"} else []


def _year_ago_quarter(phrase: Phrase, context: Context) -> list[Found]:
    spoken = context.quarter_spoken_of or shifted(context.anchor, "Q", -1)
    return one(phrase, "DATE", f"{int(spoken[:4]) - 1:04d}{spoken[4:]}") if spoken else []


def _quarter(phrase: Phrase, context: Context) -> list[Found]:
    number, named = phrase.number("oO"), phrase.get("Y")
    if not 1 <= number <= 4:
        return []
    if named is not None:
        return one(phrase, "DATE", quarter_value(int(named.value), number))
    anchor, direction = context.anchor, phrase.get("hlxge")
    if anchor.year is None:
        return []
    if direction is not None:
        return one(phrase, "DATE", quarter_value(anchor.year + {"h": 0, "x": 1}.get(direction.letter, -1), number))
    now = ((anchor.month or 1) - 1) // 3 + 1
    late = number > now and context.sense(phrase.first) != "future"
    return one(phrase, "DATE", quarter_value(anchor.year - (late and number - now > 1), number))


@rule("half-year", r"t?[olO]Hk(?:t?[hlx]?F?U|Y)")
def half_year(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "the first half of 1998", "the second half of the year"."""
    which, named, unit = phrase.get("olO"), phrase.get("Y"), phrase.get("U")
    if which is None or (unit is not None and unit.value != "Y"):
        return []
    number = 2 if which.letter == "l" else int(which.value)
    direction = phrase.all("hlx")[-1].letter if phrase.all("hx") else ""
    year = int(named.value) if named else context.anchor.year
    if year is None or number > 2:
        return []
    return one(phrase, "DATE", f"{year + {'x': 1}.get(direction, 0):04d}-H{number}")


@rule("season", r"(?:t?[meL]-?|t?(?:m-?)?Bk)?(?:t|h?[lxhs])?(?:m-?)?S(?:k?,?Y|k?t?[lhx]U)?")
def season(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "last summer", "the winter of 1994", "this spring"."""
    word, named = phrase.get("S"), phrase.get("Y")
    assert word is not None
    if named is not None:
        return one(phrase, "DATE", f"{named.value}-{word.value}")
    anchor, direction = context.anchor, phrase.all("lxhs")
    if anchor.year is None or anchor.month is None:
        return one(phrase, "DATE", f"XXXX-{word.value}")
    last_month = {"SP": 5, "SU": 8, "FA": 11, "WI": 2}[word.value]
    step = 0
    if direction and direction[-1].letter == "l" and not phrase.get("h"):
        step = -1 if last_month >= anchor.month or phrase.get("U") else 0
    elif direction and direction[-1].letter == "x":
        step = 1 if last_month <= anchor.month else 0
    elif not direction and context.sense(phrase.first) == "past" and last_month - 2 > anchor.month:
        step = -1
    return one(phrase, "DATE", f"{anchor.year + step:04d}-{word.value}")


@rule("holiday", r"(?:h?[lxh])?v(?:,?Y)?", r"(?:h?[lxh])?E(?:,?Y)?")
def holiday(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "Christmas", "New Year's Day", "Good Friday 1998"."""
    word, named = phrase.get("vE"), phrase.get("Y")
    assert word is not None
    if word.letter == "v":
        month, day = (int(part) for part in word.value.split("-"))
        known = int(named.value) if named else year_near(context, month, day, phrase.last - 1)
        return one(phrase, "DATE", calendar_day(known, month, day))
    years = [int(named.value)] if named else [y for y in (context.anchor.year,) if y]
    days = [easter(y) + timedelta(days=int(word.value)) for y in years]
    return one(phrase, "DATE", day_value(days[0])) if days else []
