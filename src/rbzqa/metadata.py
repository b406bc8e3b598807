"""What a letter, its record and its sidecar say of it -> DocumentMeta: one form, contradictions named, nothing guessed."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from rbzqa import publications
from rbzqa.dates import dutch_date, first_written, iso_date, written_dates
from rbzqa.publications import Numbers, written
from rbzqa.sidecar import Sidecar
from rbzqa.titles import author_of, council_of, is_bare, kind_of, offices_of, sentence_case, short_title
from rbzqa.types import Block, DocumentMeta, Pages, Publication

# The labels of fact blocks. Readers give each as the file states it ("21 501-02", "Vergaderjaar 2022-2023"); this module
# brings it into one form. ``publication`` is the series, ``pages`` whose page numbers the blocks bear, ``reprint`` is HERDRUK.
FACTS = frozenset(
    "identifier publication chamber session dossier dossier_title number item title subject date kenmerk ministry author kind"
    " reprint parent annex pages".split()
)
T = TypeVar("T", bound=str)
_UNKINDLY = frozenset(("kamerstuk", "kamerstukken", "officiële publicatie", "niet-dossierstuk", "kamerstuk in dossier", "nieuwsbericht", "publicatie"))
_OPENING = re.compile(r"(?:Op|Van) (?:[a-z]+dag )?(?=\d)")
_BY_OFFICE = re.compile(r"(?:mede namens )?de (?:minister|staatssecretaris)\b", re.IGNORECASE)
_AMENDED = re.compile(r"(?:(?:nader|tweede|derde) )?gewijzigde? (?=motie|amendement)", re.IGNORECASE)
_UNSIGNED = frozenset(("Handelingen", "Staatsblad", "Staatscourant", "Provinciaal blad", "Gemeenteblad"))
_MAX_SUBJECT = 200
_MAX_OPENING = 300


@dataclass(frozen=True, slots=True)
class Contents:
    """What the text itself shows: the heading of its first report or agenda and the paragraph below it, who signed, and whether it begins as a letter does."""

    title: str = ""
    opening: str = ""
    signatories: tuple[str, ...] = ()
    salutation: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """Facts by where they stand: in the file, in its record. A letterhead comes behind what the format itself states."""

    file: Sequence[Block] = ()
    record: Sequence[Block] = ()


@dataclass(slots=True)
class _Sources:
    """Sources in order of authority, by name; reading from them notes where they contradict each other."""

    facts: dict[str, dict[str, list[str]]]
    conflicts: list[str] = field(default_factory=list)

    def all(self, label: str) -> tuple[str, ...]:
        """Every value of the first source that states any."""
        return next((tuple(found[label]) for found in self.facts.values() if found.get(label)), ())

    def one(self, label: str, name: str, form: Callable[[str], T | None]) -> T | None:
        """The value in its normal form; the sources that state another are named."""
        values = {}
        for source, found in self.facts.items():
            value = next((made for text in found.get(label, ()) if (made := form(text))), None)
            if value:
                values[source] = value
        return self.choose(name, values)

    def choose(self, name: str, values: dict[str, T]) -> T | None:
        """The value of the first source."""
        if not values:
            return None
        (winner, value), *others = values.items()
        for source, other in others:
            if _compared(other) != _compared(value):
                self.conflicts.append(f"{name}: {value} volgens {winner}, {other} volgens {source}; {winner} geldt")
        return value


def parent_of(stated: Stated, sidecar: Sidecar) -> str | None:
    """The document of which this one is an annex, as a whole; an empty text where only its identifier shows that it is one."""
    facts = [*stated.record, *stated.file]
    parent = sidecar.parent or next((fact.text for fact in facts if fact.label == "parent" and fact.text), None)
    is_annex = any(fact.label == "identifier" and publications.is_annex(fact.text.strip()) for fact in facts)
    return parent or ("" if is_annex else None)


def describe(contents: Contents, file: str, stated: Stated, sidecar: Sidecar) -> DocumentMeta:
    """Build the metadata of a document.

    The sidecar wins over the record, and the record over the file; each contradiction is a sentence in
    ``conflicts``. A record that is of another piece is left out.

    Args:
        contents: what the text shows.
        file: its name, for people.
        stated: the facts of file and record.
        sidecar: what ``corpus/<stem>.toml`` says.
    """
    sources = _sources(stated, sidecar)
    identifier = sources.one("identifier", "identifier", str.strip)
    parent = parent_of(stated, sidecar)
    numbers = _numbers(sources, identifier or "", sidecar)
    meta = DocumentMeta(
        title="",
        subject="",
        description="",
        file=file,
        date=sources.one("date", "datum", iso_date),
        publications=numbers,
        kenmerk=sources.one("kenmerk", "kenmerk", str.strip),
        signatories=contents.signatories,
        identifier=identifier,
        dossier_titles=tuple(dict.fromkeys(sources.all("dossier_title"))),
        ministry=sources.one("ministry", "ministerie", str.strip),
        reprint=_reprint(sources, identifier or "", sidecar),
        parent=parent or None,
        annexes=sources.all("annex"),
        pages=_pages(sources),
    )
    meta = _titled(meta, contents, sources, sidecar, annex=parent is not None)
    meta = replace(meta, conflicts=(*sources.conflicts, *_date_conflicts(contents, meta)))
    return replace(meta, description=_description(meta) or file, missing=tuple(_missing(meta, annex=parent is not None)))


def _sources(stated: Stated, sidecar: Sidecar) -> _Sources:
    own = {
        "title": sidecar.title,
        "subject": sidecar.subject,
        "date": sidecar.date,
        "kenmerk": sidecar.kenmerk,
        "kind": sidecar.kind,
        "ministry": sidecar.ministry,
        "parent": sidecar.parent,
    }
    in_sidecar = {label: [value] for label, value in own.items() if value} | ({"author": list(sidecar.authors)} if sidecar.authors else {})
    in_record, in_file = _by_label(stated.record), _by_label(stated.file)
    sources = _Sources({"de sidecar": in_sidecar, "metadata.xml": in_record, "het bestand": in_file})
    other = _other_piece(in_record, in_file)
    if other:
        sources.facts.pop("metadata.xml")
        sources.conflicts.append(other)
    return sources


def _by_label(facts: Iterable[Block]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for fact in facts:
        if fact.kind == "fact" and fact.text.strip():
            found[fact.label].append(" ".join(fact.text.split()))
    return dict(found)


def _other_piece(record: dict[str, list[str]], file: dict[str, list[str]]) -> str:
    """A sentence where the record is of another piece than the file; else empty."""
    identifier = next(iter(record.get("identifier", ())), "")
    own = next(iter(file.get("identifier", ())), "")
    left_out = "metadata.xml is buiten beschouwing gelaten"
    if identifier and own and identifier.lower() != own.lower():
        return f"identifier: {own} volgens het bestand, {identifier} volgens metadata.xml; {left_out}"
    of_record = publications.numbers_of(identifier)
    dossiers = {publications.dossier_of(text) for text in file.get("dossier", ())}
    numbers = {publications.number_of(text) for text in file.get("number", ())}
    if of_record.dossiers and dossiers and numbers and not (set(of_record.dossiers) & dossiers and set(of_record.numbers) & numbers):
        return f"kamerstuknummer: {sorted(dossiers)[0]}, nr. {sorted(numbers)[0]} volgens het bestand, {identifier} volgens metadata.xml; {left_out}"
    return ""


def _numbers(sources: _Sources, identifier: str, sidecar: Sidecar) -> tuple[Publication, ...]:
    known = publications.numbers_of(identifier)
    dossiers = tuple(dict.fromkeys(filter(None, map(publications.dossier_of, sources.all("dossier")))))
    numbers = tuple(filter(None, map(publications.number_of, sources.all("number"))))
    numbers = numbers[: 1 if len(set(numbers)) == 1 else None]  # said twice, it is still the number of the first dossier only
    in_dossiers = {name: sorted(set(map(publications.dossier_of, found["dossier"]))) for name, found in sources.facts.items() if "dossier" in found}
    sources.choose("dossier", {name: " en ".join(found) for name, found in in_dossiers.items()})
    sources.one("number", "nummer", publications.number_of)
    of_itself = known.dossiers[:1]
    if of_itself and of_itself[0] in dossiers and known.numbers == numbers[:1]:  # the number is that of its own dossier
        dossiers = (*of_itself, *(dossier for dossier in dossiers if dossier not in of_itself))
    if known.numbers and numbers and known.numbers[0] not in numbers:
        sources.conflicts.append(f"nummer: {numbers[0]} vermeld, maar de identifier is {identifier}; het vermelde nummer geldt")
    stated = Numbers(
        sources.one("publication", "reeks", publications.series_of) or known.series,
        sources.one("chamber", "kamer", publications.chamber_of) or known.chamber,
        sources.one("session", "vergaderjaar", publications.session_of) or known.session,
        dossiers or known.dossiers,
        numbers or known.numbers,
        sources.one("item", "item", publications.number_of) or known.item,
    )
    found = stated.publications()
    said = [written(one) for one in sidecar.kamerstukken]
    if said and any(one.number and written(one) not in said for one in found):
        sources.conflicts.append(f"kamerstuknummer: {' en '.join(said)} volgens de sidecar, {' en '.join(map(written, found))} elders; de sidecar geldt")
    return sidecar.kamerstukken or found


def _reprint(sources: _Sources, identifier: str, sidecar: Sidecar) -> bool:
    stated = bool(sources.all("reprint")) or publications.is_reprint(identifier)
    if sidecar.reprint is False and stated:
        sources.conflicts.append("herdruk: nee volgens de sidecar, ja volgens het bestand; de sidecar geldt")
    return stated if sidecar.reprint is None else sidecar.reprint


def _pages(sources: _Sources) -> Pages:
    value = next(iter(sources.all("pages")), "")
    return "publication" if value == "publication" else "letter" if value == "letter" else ""


def _titled(meta: DocumentMeta, contents: Contents, sources: _Sources, sidecar: Sidecar, annex: bool) -> DocumentMeta:
    """Title, subject, kind, authors and meeting; what the piece is about comes from its titles, never from its body."""
    titles = [title for found in sources.facts.values() for title in found.get("title", ())]
    own_title = next(iter(titles), "")
    about = next(iter(sources.all("subject")), "")
    telling = [text for text in (contents.title, *titles, about) if text and not is_bare(text)]
    title = sidecar.title or next(iter(telling), "") or own_title
    authors = tuple(_author(text) for text in sources.all("author") if not publications.chamber_of(text))
    authors = (
        authors
        or tuple(dict.fromkeys(author for text in titles if (author := author_of(text))))[:1]
        or tuple(dict.fromkeys(office for text in meta.signatories for office in offices_of(text)))
    )
    council = next((text for text in (contents.title, own_title, about) if council_of(text) and written_dates(text)), "")
    return replace(
        meta,
        title=title,
        subject=sidecar.subject or _subject(title, about, meta.dossier_titles) or meta.file,
        kind=_kind(sources, titles, meta, annex) or ("brief" if contents.salutation else None),
        authors=authors,
        meeting=sidecar.meeting or council_of(council) or council_of(contents.title),
        meeting_dates=sidecar.meeting_dates or written_dates(sidecar.title or contents.title or council),
    )


def _kind(sources: _Sources, titles: Sequence[str], meta: DocumentMeta, annex: bool) -> str | None:
    stated = sources.one("kind", "soort", lambda text: None if text.lower() in _UNKINDLY else kind_of(text) or text.lower())
    if annex:
        return "bijlage"
    by_title = next((kind for title in titles if (kind := kind_of(title))), None)
    series = {*(one.series for one in meta.publications), *map(publications.series_of, sources.all("publication"))}
    by_series = "vragen en antwoorden" if "Aanhangsel" in series else "handelingen" if "Handelingen" in series else None
    return stated or by_title or by_series


def _author(text: str) -> str:
    """An author as a sentence names one: an office without its article and comma, a person as stated."""
    offices = offices_of(text)
    return offices[0] if offices and _BY_OFFICE.match(text) else text


def _subject(title: str, about: str, dossier_titles: Sequence[str]) -> str:
    """What a search for the letter's subject should find: its titles, and the dossier's where they say too little."""
    pieces = [sentence_case(text) for text in (title, about) if text and not is_bare(text)]
    if not about and (not pieces or kind_of(title)):
        pieces = [*dossier_titles[:1], *([sentence_case(title)] if title else [])]
    return " – ".join(piece for n, piece in enumerate(pieces) if not any(_says(other, piece) for other in pieces[:n]))


def _says(title: str, other: str) -> bool:
    """Whether a title has every word of another but for "van", "de" and the like."""
    words, others = ({word for word in re.findall(r"\w+", text.lower()) if len(word) > 3 or word.isdigit()} for text in (title, other))
    return others <= words


def _date_conflicts(contents: Contents, meta: DocumentMeta) -> list[str]:
    """Where a report begins with another date than its title has."""
    opening = contents.opening[:_MAX_OPENING]
    starts = _OPENING.match(opening)
    span = first_written(opening[starts.end() :]) if starts else None
    if not starts or span is None or span[0] > 0 or not meta.meeting_dates:
        return []
    found = opening[starts.end() :][slice(*span)]
    dates = written_dates(found)
    if not dates or any(min(meta.meeting_dates) <= date <= max(meta.meeting_dates) for date in dates):
        return []
    stated = " en ".join(map(dutch_date, meta.meeting_dates))
    return [f"vergaderdatum: titel: {stated}; tekst: {found}; de titel geldt"]


def _description(meta: DocumentMeta) -> str:
    """How to cite the piece where it has no number; never more than is known."""
    if meta.title and not is_bare(meta.title) and (meta.kind == "bijlage" or (council_of(meta.title) and written_dates(meta.title))):
        return _short(meta.title)
    who = " en ".join(meta.authors[:2]) or (f"het {meta.ministry[:1].lower()}{meta.ministry[1:]}" if meta.ministry else "")
    if meta.kind in ("motie", "amendement"):
        who = who if not who or who.startswith(("het ", "de ")) else f"het lid {who}"
    elif who and meta.authors:
        who = f"de {who}" if re.match(r"(?:minister|staatssecretaris)s?\b", who, re.IGNORECASE) else who
    about = meta.title if meta.title and not is_bare(meta.title) else ""
    if not meta.kind:
        return _short(about)
    amended = _AMENDED.match(meta.title)
    kind = f"{amended[0]}{meta.kind}" if amended else meta.kind
    pieces = [kind.capitalize(), f"van {who}" if who else "", f"van {dutch_date(meta.date)}" if meta.date else ""]
    text = " ".join(filter(None, pieces))
    if meta.kind == "brief" and (who or meta.date):
        return f"{text} ({sentence_case(about)[:_MAX_SUBJECT]})" if about else text
    if about:
        return _short(about)
    return text if who or meta.date else sentence_case(meta.title)


def _short(title: str) -> str:
    return short_title(title) if council_of(title) else sentence_case(title)


def _missing(meta: DocumentMeta, annex: bool) -> Iterable[str]:
    """What nobody says, in Dutch, as far as a piece of this kind would have it."""
    numbered = any(one.number for one in meta.publications)
    unsigned = annex or any(one.series in _UNSIGNED for one in meta.publications)
    official = [one for one in meta.publications if one.series in ("Kamerstukken", "Aanhangsel", "Handelingen")]
    debate = meta.kind not in (None, "brief")
    known = {
        "titel": bool(meta.title),
        "datum": bool(meta.date),
        "kenmerk": bool(meta.kenmerk or numbered or unsigned or debate),
        "kamerstuknummer": numbered,
        "kamer": all(one.chamber for one in official),
        "vergaderjaar": all(one.session for one in official),
        "ondertekenaar": bool(meta.signatories or unsigned or (debate and meta.authors)),
        "hoofddocument": not annex or bool(meta.parent),
    }
    return (name for name, is_known in known.items() if not is_known)


def _compared(value: object) -> str:
    return re.sub(r"\s", "", str(value)).lower()
