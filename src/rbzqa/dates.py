"""Dates as Dutch official texts write them, brought into ISO form."""

import datetime
import re
from itertools import pairwise

MONTHS = dict(zip("januari februari maart april mei juni juli augustus september oktober november december".split(), range(1, 13), strict=True))
_MONTH = "|".join(MONTHS)
_AND = r"(?:, | en | ?[-–] ?| tot en met | t/m | tot )"
_WRITTEN = re.compile(rf"(?<![\d.,])(\d{{1,2}}(?:{_AND}\d{{1,2}}){{0,5}}) ({_MONTH})\b(?: (\d{{4}})(?!\d))?", re.IGNORECASE)
_JOINS = re.compile(rf"(?:{_AND}|\s)(?:[a-z]{{2}}[a-z]+dag )?", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})-(\d{1,2})-(\d{4})(?!\d)")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?=$|[T +Z])", re.ASCII)
_DAY = re.compile(r"\d{1,2}")
DATE = rf"\d{{1,2}} (?:{_MONTH}) \d{{4}}"


def written_dates(text: str) -> tuple[str, ...]:
    """The ISO dates that a text writes out, in order: "2 en 3 september 2021" gives two.

    A day and month without a year take the year of the date that they are joined to
    ("30 juni en 1 juli 2021"), and are left out where there is none.
    """
    found = list(_WRITTEN.finditer(text))
    years = [match[3] for match in found]
    for n, (match, after) in reversed(list(enumerate(pairwise(found)))):
        if not years[n] and _JOINS.fullmatch(text, match.end(), after.start()):
            years[n] = years[n + 1]
    dates = []
    for match, year in zip(found, years, strict=True):
        if year:
            dates += [_iso(int(year), MONTHS[match[2].lower()], int(day)) for day in _DAY.findall(match[1])]
    return tuple(dict.fromkeys(date for date in dates if date))


def first_written(text: str) -> tuple[int, int] | None:
    """The span of the first date that a text writes out, with those joined to it ("30 juni en 1 juli 2021")."""
    found = list(_WRITTEN.finditer(text))
    for n, match in enumerate(found):
        last = n
        while not found[last][3] and last + 1 < len(found) and _JOINS.fullmatch(text, found[last].end(), found[last + 1].start()):
            last += 1
        if found[last][3]:
            return match.start(), found[last].end()
    return None


def iso_date(text: str) -> str | None:
    """The first date in a text as ISO: ``2023-01-31T00:00``, ``31-01-2023`` or ``31 januari 2023``; None if it has none."""
    text = text.strip()
    if iso := _ISO.match(text):
        return _iso(int(iso[1]), int(iso[2]), int(iso[3]))
    written = written_dates(text)
    if written:
        return written[0]
    numeric = _NUMERIC.search(text)
    return _iso(int(numeric[3]), int(numeric[2]), int(numeric[1])) if numeric else None


def dutch_date(iso: str) -> str:
    """``2023-01-31`` -> ``31 januari 2023``."""
    date = datetime.date.fromisoformat(iso)
    return f"{date.day} {next(name for name, n in MONTHS.items() if n == date.month)} {date.year}"


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:  # 31 February
        return None
