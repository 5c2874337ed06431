"""Rules for durations, for distances counted in them ("three years ago"), for recurring and for vague times."""

from __future__ import annotations

from fractions import Fraction

from parley.reading.dates.calendar import Anchor, day_value, shifted
from parley.reading.dates.calendar_dates import NUM, QUANTITY, WEEKDAY, day_of_month, full_date, one
from parley.reading.dates.counted_dates import base_of, day_word, weekday
from parley.reading.dates.grammar import Context, Found, Phrase, rule
from parley.reading.dates.lexemes import Lexeme


def duration(amount: str, unit: str) -> str:
    """The TIMEX3 value of a duration: ``P30D``, ``PT2H``, ``PXW``; a fortnight is two weeks."""
    if unit == "FN":
        return duration(str(2 * int(amount)) if amount.isdigit() else amount, "W")
    if unit == "WE":
        return f"P{amount}WE"
    return f"PT{amount}{unit[1]}" if unit.startswith("T") else f"P{amount}{unit}"


def quantity(words: list[Lexeme]) -> Fraction | None:
    """The number that these words say; ``None`` for "several" and the like. Of "two to three" the first."""
    total, part, seen = Fraction(0), Fraction(0), False
    for i, word in enumerate(words):
        if word.letter == "X":
            return Fraction(2) if word.value == "2" else None
        if word.letter in "T&" and seen:
            break
        if word.letter == "-" and seen and _begins_upper_bound(words, i):
            break
        if word.letter == "/" and i + 1 < len(words):
            whole = Fraction(words[i - 1].value)
            return total + part - whole + whole / Fraction(words[i + 1].value)
        if i and words[i - 1].letter == "/":
            continue
        if word.letter in "DNYnH":
            value, seen = Fraction(word.value), True
            if value >= 100 and word.letter == "n":
                total, part = (total + part or 1) * value, Fraction(0)
            else:
                part += value
        elif word.letter == "a" and not seen and not any(w.letter in "DNYnHX" for w in words):
            part, seen = Fraction(1), True
    return total + part if seen else Fraction(1)


def _begins_upper_bound(words: list[Lexeme], hyphen: int) -> bool:
    """Whether a hyphen stands in "12-18", not in "8-1/2"."""
    bound, after = words[hyphen + 1 : hyphen + 2], words[hyphen + 2 : hyphen + 3]
    between_numbers = words[hyphen - 1].letter in "DN" and bool(bound) and bound[0].letter in "DN"
    return between_numbers and not (after and after[0].letter == "/")


def amount_and_unit(number: Fraction | None, unit: str) -> tuple[str, str]:
    """A number of units as TIMEX3 writes it; half a year is six months, two and a half years two years and six months."""
    if number is None:
        return "X", unit
    if number.denominator == 1:
        return str(number.numerator), unit
    smaller, factor = {"Y": ("M", 12), "DE": ("Y", 10), "CE": ("Y", 100), "D": ("TH", 24), "TH": ("TM", 60)}.get(
        unit, (unit, 1)
    )
    scaled = number * factor
    return (str(scaled.numerator), smaller) if scaled.denominator == 1 else (str(float(number)), unit)


def _measure(phrase: Phrase) -> tuple[Fraction | None, str] | None:
    """The number and the unit of a phrase, or ``None`` where it holds none."""
    at = phrase.at("UV")
    if at is None:
        return None
    words = phrase.words[phrase.first : at]
    plural = phrase.words[at].letter == "V"
    counted = any(word.letter in "DNYnHXa" for word in words)
    number = quantity(words) if counted else (None if plural else Fraction(1))
    rest = phrase.words[at + 1 : phrase.last]
    if any(word.form == "half" for word in rest) and number is not None:
        number += Fraction(1, 2)
    return number, phrase.words[at].value


@rule("distance-back", rf"[AC]?A?{QUANTITY}-?[UV](?:&aH|&_)?[ge]", r"[AC]?V[ge]", r"t?U-g", r"t?U-e", r"[AC]?aUg")
def distance_back(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "three years ago", "a day earlier", "weeks ago", "year-ago"."""
    base = context.anchor if phrase.get("g") or phrase.get("-") else base_of(context, phrase)
    measure, quarter = _measure(phrase), context.quarter_spoken_of
    if measure is not None and measure[0] == 1 and measure[1] == "Y" and quarter is not None:
        return one(phrase, "DATE", f"{int(quarter[:4]) - 1:04d}{quarter[4:]}")
    return _distance(phrase, base, -1, "PAST_REF")


@rule("distance-ahead", rf"[AC]?A?{QUANTITY}[UV](?:&aH)?[LG]", r"[AC]?V[LG]")
def distance_ahead(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "two weeks later", "a month from now"."""
    base = context.anchor if phrase.get("G") else base_of(context, phrase)
    return _distance(phrase, base, 1, "FUTURE_REF")


@rule("in-so-long", rf"(?<=I)[AC]?{NUM}[UV](?![ge])", r"(?<=I)aU(?![ge])")
def in_so_long(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "will meet in two weeks": a date ahead; "the first in three years": a duration."""
    measure = _measure(phrase)
    assert measure is not None
    before = phrase.words[phrase.first - 1]
    if before.form == "in" and measure[0] is not None and context.sense(phrase.first - 1) == "future":
        return (
            _distance(phrase, context.anchor, 1, "FUTURE_REF")
            if _counts_from_now(phrase, context)
            else length(phrase, context)
        )
    return length(phrase, context)


def _counts_from_now(phrase: Phrase, context: Context) -> bool:
    """Whether nothing before "in" makes the stretch a frame of counting ("the first time in ten years")."""
    earlier = context.words[max(0, phrase.first - 16) : phrase.first - 1]
    cut = max((i + 1 for i, word in enumerate(earlier) if word.letter in ".|"), default=0)
    counting = ("most", "only", "worst", "once", "twice", "times")
    return not any(word.letter in "oO" or word.form in counting for word in earlier[cut:])


def _distance(phrase: Phrase, base: Anchor, direction: int, vague: str) -> list[Found]:
    measure = _measure(phrase)
    if measure is None:
        return []
    number, unit = measure
    if number is None or unit.startswith("T"):
        day = base.exact
        if unit.startswith("T") and number is not None and day is not None and number < 6:
            return one(phrase, "TIME", day_value(day))
        return one(phrase, "DATE", vague)
    if unit == "FN":
        unit, number = "W", number * 2
    if number.denominator != 1:
        if unit != "Y" or (number * 12).denominator != 1:
            return one(phrase, "DATE", vague)
        unit, number = "M", number * 12
    return one(phrase, "DATE", shifted(base, unit, direction * int(number)) or vague)


@rule(
    "stretch",
    rf"(?:ck)?A?(?:t|h|i|)[lx](?:h|){QUANTITY}-?[UV]",
    rf"[AC]?t[oO]{QUANTITY}[UV]",
    r"[AC]?(?:t|h|i|)[lx]V",
    r"[AC]?t[oO]V",
)
def stretch(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "the past two weeks", "the next few days", "the first nine months", "coming weeks"."""
    return length(phrase, context)


@rule("recent-stretch", r"[AC]?t?yV(?:&V)?", r"[AC]?t?yU")
def recent_stretch(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "recent weeks", "recent weeks and months"."""
    unit = phrase.get("UV")
    assert unit is not None
    return one(phrase, "DURATION", duration("X", unit.value))


@rule(
    "duration",
    rf"[AC]?A?(?:t|s|)A?{QUANTITY}[UV](?:&aH)?",
    r"[AC]?aU",
    rf"[AC]?{NUM}-[UV](?!-_)",
    r"t?HaU",
    r"[AC]?t?V(?:&V)?(?!-_)",
    r"U-(?=_)",
)
def length(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "two weeks", "more than four hours", "a year and a half", "30-day", "weeks", "decade-long"."""
    measure = _measure(phrase)
    if measure is None:
        return []
    number, unit = measure
    if unit == "Q" and (number is None or phrase.get("U")) and not phrase.get("lx"):
        return []
    phrase = _without_article(phrase)
    if phrase.words[phrase.first].letter == "a" and _is_rate(phrase, context):
        return []
    last = phrase.words[phrase.last - 1]
    if last.letter == "-":
        after = phrase.words[phrase.last] if phrase.last < len(phrase.words) else None
        if after is None or after.form != "long":
            return []
        return [Found(phrase.first, phrase.last - 1, "DURATION", duration("1", unit))]
    after = phrase.words[phrase.last] if phrase.last < len(phrase.words) else None
    if after is not None and (after.form == "old" or (after.letter == "-" and _says_age(phrase))):
        return []
    if number is not None and number.denominator != 1 and unit == "Y" and number > 1:
        months = (number - int(number)) * 12
        if months.denominator == 1:
            return one(phrase, "DURATION", f"P{int(number)}Y{int(months)}M")
    if number is not None and number.denominator == 2 and unit == "TH" and number > 1:
        return one(phrase, "DURATION", f"PT{int(number)}H30M")
    return one(phrase, "DURATION", duration(*amount_and_unit(number, unit)))


def _without_article(phrase: Phrase) -> Phrase:
    """The phrase without the article of the noun that its measure describes: "a two-day", "the 30 day"."""
    first, second = phrase.words[phrase.first], phrase.words[min(phrase.first + 1, phrase.last - 1)]
    counted = second.letter in "DN" or (second.letter == "n" and int(second.value) not in (12, 100, 1000))
    if first.letter in "at" and counted and phrase.words[phrase.last - 1].letter == "U":
        return Phrase(phrase.first + 1, phrase.last, phrase.words)
    return phrase


def _is_rate(phrase: Phrase, context: Context) -> bool:
    """Whether "a week" tells how often or how much ("four flights a week", "$500 million a year")."""
    before = phrase.words[phrase.first - 1] if phrase.first else None
    if before is None or before.letter in ",.|(":
        return False
    return before.letter in "DNn" or context.tag(phrase.first - 1) in ("NN", "NNS", "CD", "NNP")


def _says_age(phrase: Phrase) -> bool:
    following = phrase.words[phrase.last + 1] if phrase.last + 1 < len(phrase.words) else None
    return following is not None and following.form == "old"


# ---- recurring times


@rule("set", r"q", r"c[UW]p?", r"c[oO]?[UM]", rf"c{NUM}V", r"w", r"WP")
def recurring(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "daily", "every day", "each Thursday", "Tuesday nights"."""
    word = phrase.words[phrase.last - 1]
    day = phrase.get("Ww")
    if day is not None:
        part = phrase.get("pP")
        return one(phrase, "SET", f"XXXX-WXX-{day.value}" + (f"T{part.value}" if part else ""))
    if (month := phrase.get("M")) is not None:
        return one(phrase, "SET", f"XXXX-{int(month.value):02d}")
    if word.letter == "q" and context.tag(phrase.first) not in ("RB", "RBR"):
        return []
    if word.letter == "q":
        return one(phrase, "SET", word.value)
    measure = _measure(phrase)
    return one(phrase, "SET", duration(*amount_and_unit(*measure))) if measure else []


# ---- vague times and clock times


@rule("reference", r"r", r"y(?![VU])", r"h(?=_)", r"t?l")
def reference(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "now", "currently", "recently", "soon", "the current ..."."""
    word = phrase.words[phrase.first]
    after = context.words[phrase.last] if phrase.last < len(context.words) else None
    if word.letter in "tl":
        past = phrase.words[phrase.last - 1].form == "past" and word.letter == "t"
        return one(phrase, "DATE", "PAST_REF") if past and context.tag(phrase.last - 1) == "NN" else []
    if after is not None and word.form == "soon" and after.form in ("after", "as", "before"):
        return []
    if word.letter == "h":
        return one(phrase, "DATE", "PRESENT_REF") if word.form == "current" else []
    return one(phrase, "DATE", "PAST_REF" if word.letter == "y" else word.value)


@rule("clock-on-date", rf"[AC]?(?:Kj?|Dj)z?,?{WEEKDAY}M\.?[DO](?:,?Y)?", r"[AC]?(?:Kj?|Dj)z?,?W", r"[AC]?(?:Kj?|Dj)z?R")
def clock_on_date(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "5 p.m. EST Nov. 9", "noon Saturday"."""
    at = phrase.at("MWR")
    assert at is not None
    rest = Phrase(at, phrase.last, phrase.words)
    resolve = weekday if not rest.get("M") and rest.get("W") else day_word if rest.get("R") else None
    if resolve is None:
        resolve = full_date if rest.get("Y") else day_of_month
    dates, clock = resolve(rest, context), clock_time(Phrase(phrase.first, at, phrase.words), context)
    return one(phrase, "TIME", dates[0].value[:10] + clock[0].value[10:]) if dates and clock else []


@rule("clock-time", r"[AC]?(?:K|D)jz?", r"[AC]?Kz", r"[AC]?K", r"[AC]?[YN]z")
def clock_time(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "5 p.m.", "10:30 a.m. EST", "1800 GMT", "noon", "midnight"; its day is the one last spoken of."""
    clock, half = phrase.get("KDYN"), phrase.get("j")
    assert clock is not None
    form = clock.value.replace(".", ":")
    if clock.letter in "YN":
        if len(form) != 4 or int(form[:2]) > 24 or int(form[2:]) > 59:
            return []
        form = f"{form[:2]}:{form[2:]}"
    hour, minute = (int(part) for part in (form if ":" in form else f"{form}:00").split(":")[:2])
    if half is not None and (hour > 12 or hour == 0):
        return []
    if half is not None:
        hour = hour % 12 + (12 if half.value.startswith("p") else 0)
    day = base_of(context, phrase).exact or context.anchor.exact
    return one(phrase, "TIME", f"{day_value(day) if day else 'XXXX-XX-XX'}T{hour:02d}:{minute:02d}")
