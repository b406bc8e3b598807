"""The sidecar file ``corpus/<stem>.toml``: what a letter does not say of itself, checked key by key."""

import datetime
import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from rbzqa.errors import ConfigError
from rbzqa.types import Publication, Series

_HINT = "zie README, 'Sidecar'"
_TEXTS = {"titel": "title", "onderwerp": "subject", "kenmerk": "kenmerk", "soort": "kind", "vergadering": "meeting", "ministerie": "ministry"}
_KEYS: dict[str, tuple[type, str]] = {
    **dict.fromkeys(_TEXTS, (str, "tekst tussen aanhalingstekens")),
    "datum": (str, 'een datum als "2021-09-06"'),
    "bijlage_bij": (str, 'een document, zoals "kst-21501-02-2400"'),
    "kamerstukken": (list, "een of meer tabellen [[kamerstukken]]"),
    "vergaderdata": (list, 'een lijst als ["2021-09-02"]'),
    "auteurs": (list, "een lijst van namen"),
    "herdruk": (bool, "true of false"),
}
_SERIES: tuple[str, ...] = get_args(Series)
_NUMBER = {"kamer": re.compile(r"I|II|I/II"), "vergaderjaar": re.compile(r"\d{4}/\d{2}"), "nummer": re.compile(r"[A-Z]{1,3}|\d{1,5}")}
_DOSSIER = re.compile(r"\d{5}(?:-(?:[A-Z0-9]{1,8}|\(R\d{1,5}\)))?")
_REQUIRED = ("kamer", "vergaderjaar", "dossier", "nummer")
_OPTIONAL = ("reeks", "item")
_ITEM = re.compile(r"\d{1,4}")
_YEAR = re.compile(r"\d{4}(?:/\d{2})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PARENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9()_-]{0,99}")
_MAX_TEXT = 1000


_FORMS = {
    "kamer": "'I', 'II' of 'I/II'",
    "vergaderjaar": "'2020/21' (een blad: '2018')",
    "dossier": "'21501-02' of '36800-XIV'",
    "nummer": "'2400'",
    "item": "'10'",
}


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The contents of a sidecar; what it does not say is None or empty."""

    title: str | None = None
    subject: str | None = None
    date: str | None = None
    kenmerk: str | None = None
    kamerstukken: tuple[Publication, ...] = ()
    kind: str | None = None
    parent: str | None = None
    meeting: str | None = None
    meeting_dates: tuple[str, ...] = ()
    ministry: str | None = None
    authors: tuple[str, ...] = ()
    reprint: bool | None = None


@dataclass(frozen=True, slots=True)
class _Source:
    """The file as it was read, for messages that name the line."""

    name: str
    text: str

    def wrong(self, key: str, message: str, nth: int = 0) -> ConfigError:
        """An error at the ``nth`` line that sets ``key``, or else names it."""
        lines = self.text.splitlines()
        sets = re.compile(rf"\s*(?:\[\[?\s*)?[\"']?{re.escape(key)}[\"']?\s*(?:=|\])")
        found = [n for n, line in enumerate(lines, 1) if sets.match(line)] or [n for n, line in enumerate(lines, 1) if key in line] or [1]
        return ConfigError(f"{self.name}:{found[min(nth, len(found) - 1)]}: {message}", _HINT)


def read_sidecar(data: bytes, name: str) -> Sidecar:
    """Parse a sidecar file.

    Raises:
        ConfigError: with ``name:line`` of what is wrong.
    """
    try:
        text = data.decode("utf-8-sig")
        values = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ConfigError(f"{name}: geen geldige UTF-8", "bewaar het bestand als UTF-8") from error
    except (ValueError, RecursionError) as error:  # tomllib's own error is a ValueError; so is that of a number too long
        found = re.search(r"line (\d+)", str(error))
        line = found[1] if found else len(text.splitlines()) if "end of document" in str(error) else 1
        raise ConfigError(f"{name}:{line}: geen geldige TOML", _HINT) from error
    return _sidecar(values, _Source(name, text))


def _sidecar(values: Mapping[str, Any], source: _Source) -> Sidecar:
    for key, value in values.items():
        if key not in _KEYS:
            within = "; die hoort onder [[kamerstukken]]" if key in _REQUIRED + _OPTIONAL else _nearest(key, _KEYS)
            raise source.wrong(key, f"onbekende sleutel {key!r}{within}")
        kind, expected = _KEYS[key]
        if not isinstance(value, kind):
            raise source.wrong(key, f"{key} is geen {expected}" if kind is not str else f"{key} moet {expected} zijn")
        if isinstance(value, str) and not _is_line(value):
            raise source.wrong(key, f"{key} is leeg, te lang of heeft stuurtekens")
    if "datum" in values and not _is_date(values["datum"]):
        raise source.wrong("datum", "datum is geen dag als jjjj-mm-dd")
    if "datum" in values and not _is_date(values["datum"], until=datetime.date.today()):
        raise source.wrong("datum", "datum ligt in de toekomst")
    if "bijlage_bij" in values and not _PARENT.fullmatch(values["bijlage_bij"]):
        raise source.wrong("bijlage_bij", f"bijlage_bij = {values['bijlage_bij']!r} is geen naam van een document, zoals 'kst-21501-02-2400'")
    if any(not isinstance(date, str) or not _is_date(date) for date in values.get("vergaderdata", [])):
        raise source.wrong("vergaderdata", 'vergaderdata is een lijst van datums als "jjjj-mm-dd"')
    if any(not isinstance(author, str) or not _is_line(author) for author in values.get("auteurs", [])):
        raise source.wrong("auteurs", "auteurs is een lijst van namen")
    return Sidecar(
        **{field: values.get(key) for key, field in _TEXTS.items()},
        date=values.get("datum"),
        kamerstukken=tuple(_kamerstuk(item, n, source) for n, item in enumerate(values.get("kamerstukken", []))),
        parent=values.get("bijlage_bij"),
        meeting_dates=tuple(values.get("vergaderdata", [])),
        authors=tuple(values.get("auteurs", [])),
        reprint=values.get("herdruk"),
    )


def _is_line(text: str) -> bool:
    return bool(text.strip()) and len(text) <= _MAX_TEXT and all(c.isprintable() for c in text)


def _is_date(text: str, until: datetime.date = datetime.date.max) -> bool:
    try:
        return bool(_DATE.fullmatch(text)) and datetime.date.fromisoformat(text) <= until
    except ValueError:  # 31 February
        return False


def _nearest(key: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(key[:100].lower(), list(known), n=1)
    return f"; bedoeld is misschien {found[0]!r}" if found else ""


def _kamerstuk(item: object, nth: int, source: _Source) -> Publication:
    if not isinstance(item, Mapping):
        raise source.wrong("kamerstukken", "kamerstukken bestaat uit tabellen [[kamerstukken]]")
    for key in item:
        if key not in _REQUIRED + _OPTIONAL:
            raise source.wrong(key, f"onbekende sleutel {key!r} in kamerstukken{_nearest(key, _REQUIRED + _OPTIONAL)}")
    lacking = [key for key in _REQUIRED if key not in item]
    if lacking:
        raise source.wrong("kamerstukken", f"kamerstukken mist {', '.join(lacking)}", nth)
    series = item.get("reeks", "Kamerstukken")
    if series not in _SERIES:
        raise source.wrong("reeks", f"reeks = {series!r} is geen van {', '.join(_SERIES)}", nth)
    for key, pattern in _patterns(series).items():
        value = item.get(key, "")
        fits = isinstance(value, str) and (pattern.fullmatch(value) if pattern else not value)
        if not fits:
            form = f"de vorm {_FORMS[key]}" if pattern else "leeg te zijn"
            raise source.wrong(key, f"{key} = {value!r} hoort {form}{' te hebben' if pattern else ''}", nth)
    return Publication(item["kamer"], item["vergaderjaar"], item["dossier"], item["nummer"], series, item.get("item", ""))


def _patterns(series: str) -> dict[str, re.Pattern[str] | None]:
    """The form of each key in a series; None: it must be empty there."""
    if series == "Kamerstukken":
        return {**_NUMBER, "dossier": _DOSSIER, "item": None}
    if series in ("Aanhangsel", "Handelingen"):
        return {**_NUMBER, "dossier": None, "item": _ITEM if series == "Handelingen" else None}
    return {"kamer": None, "vergaderjaar": _YEAR, "dossier": None, "nummer": re.compile(r"\d{1,7}"), "item": None}
