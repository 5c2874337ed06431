"""Reports whose every word tries to be something else than words: script, markup, links, templates, formulas."""

from __future__ import annotations

from ledger.reports import claims, fights, meets, person, proposes, report, wants

from parley.record import Record

SCRIPT = "<script>window.broken=1</script>"
IMAGE = "<img src=x onerror=window.broken=1>"
QUOTES = "\"'><svg onload=window.broken=1>"
TEMPLATE = "{{ 7*7 }}{% raw %}${7*7}<%= 7*7 %>"
LINKS = ("javascript:window.broken=1", "data:text/html,<script>window.broken=1</script>", "java\tscript:window.broken=1",
         "https://good.example/\"onclick=window.broken=1", "//evil.example/x", "http://[broken", "HTTPS://shout.example/ok")  # fmt: skip
CONTROLS = "\x07\u202eevil\u202c\ufeff"
EVIL = (
    SCRIPT,
    IMAGE,
    QUOTES,
    TEMPLATE,
    CONTROLS,
    "]]></content><script>",
    '=HYPERLINK("http://evil.example")',
    "-->",
    "\rSet-Cookie: a=b",
)


def records() -> list[Record]:
    """A report for each kind of hostility, about two parties with hostile names."""
    found = []
    one, other = f"Tovar{SCRIPT}", f'Karsan"{IMAGE}'
    for number, evil in enumerate(EVIL):
        day = f"2024-03-{number + 1:02}"
        found.append(report(
            day,
            wants(one, "ceasefire", ("supports", "opposes")[number % 2], text=f"{one} on {evil}, ceasefire."),
            wants(other, "prisoners", "conditional", condition=f"if {evil} ends"),
            meets(one, other, date=day, place=f"Place {evil}", outcome="no-agreement"),
            proposes(one, other, "withdrawal", text=f"{one} proposed {evil} to {other}."),
            claims(f"The {evil} was shelled.", by=one, denied=other), fights(one, other), person(f"Ann {evil}", one, f"Envoy {evil}"),
            publisher=f"Wire {evil}", title=f"Title {evil}", url=LINKS[number % len(LINKS)],
        ))  # fmt: skip
    return found
