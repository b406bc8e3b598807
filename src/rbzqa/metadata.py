"""What a letter says of itself, and what its sidecar adds; nothing is ever guessed."""

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from rbzqa.errors import ConfigError
from rbzqa.types import DocumentMeta, Kamerstuk

_MONTHS = dict(zip("januari februari maart april mei juni juli augustus september oktober november december".split(), range(1, 13), strict=True))
_MEETING = re.compile(rf"(\d{{1,2}})(?:(?: en |[-–]| tot en met )(\d{{1,2}}))? ({'|'.join(_MONTHS)}) (\d{{4}})", re.IGNORECASE)
_BODIES = (("raad algemene zaken en externe betrekkingen", "RAZEB"), ("raad buitenlandse zaken", "RBZ"), ("raad algemene zaken", "RAZ"))
_FILLER = re.compile(r"\b(?:van|van de|voor|voor de|de|het|d\.d\.)\s*$", re.IGNORECASE)
_KEYS: dict[str, type] = {"titel": str, "onderwerp": str, "datum": str, "kenmerk": str, "kamerstukken": list}
_NUMBER_KEYS = {
    "kamer": re.compile(r"I|II|I/II"),
    "vergaderjaar": re.compile(r"\d{4}/\d{2}"),
    "dossier": re.compile(r"\d{5}(?:-[A-Z0-9]{1,6})?"),
    "nummer": re.compile(r"[A-Z]{1,3}|\d{1,5}"),
}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The contents of ``corpus/<stem>.toml``: what the file itself does not say."""

    title: str | None = None
    subject: str | None = None
    date: str | None = None
    kenmerk: str | None = None
    kamerstukken: tuple[Kamerstuk, ...] = field(default=())


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
        raise ConfigError(f"{name}:{line}: geen geldige TOML", "zie README, 'Sidecar'") from error
    for key, value in values.items():
        if key not in _KEYS or not isinstance(value, _KEYS[key]):
            raise _wrong(name, text, key, f"onbekende of onjuiste sleutel {key!r}")
    if "datum" in values and not _is_past(values["datum"]):
        raise _wrong(name, text, "datum", "datum is geen jjjj-mm-dd, of ligt in de toekomst")
    return Sidecar(
        title=values.get("titel"),
        subject=values.get("onderwerp"),
        date=values.get("datum"),
        kenmerk=values.get("kenmerk"),
        kamerstukken=tuple(_kamerstuk(item, name, text) for item in values.get("kamerstukken", [])),
    )


def _is_past(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text)) and datetime.date.fromisoformat(text) <= datetime.date.today()
    except ValueError:  # 31 February
        return False


def _kamerstuk(item: object, name: str, text: str) -> Kamerstuk:
    if not isinstance(item, Mapping) or set(item) != set(_NUMBER_KEYS):
        raise _wrong(name, text, "kamerstukken", f"kamerstukken heeft precies de sleutels {', '.join(_NUMBER_KEYS)}")
    for key, pattern in _NUMBER_KEYS.items():
        if not isinstance(item[key], str) or not pattern.fullmatch(item[key]):
            raise _wrong(name, text, key, f"{key} = {item[key]!r} heeft niet de juiste vorm")
    return Kamerstuk(item["kamer"], item["vergaderjaar"], item["dossier"], item["nummer"])


def _wrong(name: str, text: str, key: str, message: str) -> ConfigError:
    lines = (n for n, line in enumerate(text.splitlines(), 1) if re.search(rf"\b{re.escape(key)}\b", line))
    return ConfigError(f"{name}:{next(lines, 1)}: {message}", "zie README, 'Sidecar'")


def describe(title: str, signatories: tuple[str, ...], file: str, sidecar: Sidecar) -> DocumentMeta:
    """Build the metadata of a document from its own title, its signature and its sidecar."""
    title = sidecar.title or title
    known = {
        "titel": title,
        "datum": sidecar.date,
        "kenmerk": sidecar.kenmerk,
        "kamerstuknummer": sidecar.kamerstukken,
        "ondertekenaar": signatories,
    }
    return DocumentMeta(
        title=title,
        subject=sidecar.subject or sentence_case(title) or file,
        description=short_title(title) or file,
        file=file,
        date=sidecar.date,
        meeting_dates=meeting_dates(title),
        kamerstukken=sidecar.kamerstukken,
        kenmerk=sidecar.kenmerk,
        signatories=signatories,
        missing=tuple(name for name, value in known.items() if not value),
    )


def meeting_dates(title: str) -> tuple[str, ...]:
    """The ISO dates that a title names: "2 en 3 september 2021" gives two."""
    dates = []
    for first, second, month, year in _MEETING.findall(title):
        dates += [f"{year}-{_MONTHS[month.lower()]:02}-{int(day):02}" for day in (first, second) if day]
    return tuple(dates)


def sentence_case(title: str) -> str:
    """A title in capitals as a sentence would write it; names of bodies keep their capitals."""
    if sum(c.isupper() for c in title) <= sum(c.islower() for c in title):
        return title
    text = title.lower()
    for body, _ in _BODIES:
        text = text.replace(body, body.title().replace(" En ", " en "))
    text = re.sub(r"\b(gymnich|eu|rbz)\b", lambda m: m[0].title() if m[0] == "gymnich" else m[0].upper(), text)
    return text[:1].upper() + text[1:]


def short_title(title: str) -> str:
    """A description to cite by where no number is known: ``Verslag RBZ Gymnich, 2-3 september 2021``."""
    text = sentence_case(title)
    date = _MEETING.search(text)
    if date is None:
        return text
    head = text[: date.start()]
    for body, short in _BODIES:
        head = re.sub(rf"(?:van de |voor de |de )?{body}", short, head, flags=re.IGNORECASE)
    while _FILLER.search(head):
        head = _FILLER.sub("", head)
    days = f"{date[1]}-{date[2]}" if date[2] else date[1]
    return f"{head.strip()}, {days} {date[3].lower()} {date[4]}"
