"""Publication numbers -> the official reference and identifier of a piece, in pieces and as a whole.

The forms are those of the Aanwijzingen voor de regelgeving 3.43 (parliamentary papers) and 3.45 (Stb., Stcrt.).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rbzqa.types import Chamber, DocumentMeta, Publication

_GAZETTES = {"Staatsblad": "Stb.", "Staatscourant": "Stcrt.", "Provinciaal blad": "Provinciaal blad", "Gemeenteblad": "Gemeenteblad"}
_MINUTES = {"Aanhangsel": "Aanhangsel Handelingen", "Handelingen": "Handelingen"}


@dataclass(frozen=True, slots=True)
class Official:
    """An official reference in its pieces: ``Kamerstukken II``, ``2020/21``, ``21501-02, nr. 2400``; unknown ones are empty."""

    series: str
    session: str
    number: str

    def __str__(self) -> str:
        head = f"{self.series} {self.session}".strip()
        return f"{head}, {self.number}" if self.number else head


def officials(meta: DocumentMeta) -> list[Official]:
    """The official references of a piece, one for each series, chamber and session; HERDRUK stands behind the number.

    A publication without number gives none of its own: a second dossier is named with the number of the first.
    """
    groups: dict[tuple[str, str], list[Publication]] = {}
    for publication in meta.publications:
        if publication.dossier or publication.series != "Kamerstukken":
            groups.setdefault((_series(publication), publication.session), []).append(publication)
    reprint = " HERDRUK" if meta.reprint else ""
    named = [(key, group) for key, group in groups.items() if any(one.number for one in group)]
    return [Official(series, session, f"{_number(group)}{reprint}") for (series, session), group in named]


def official_of(publication: Publication) -> Official:
    """The official reference of one number; of a whole dossier where the number is not known."""
    return Official(_series(publication), publication.session, _number([publication]))


def identifier_of(publication: Publication) -> str:
    """The official identifier that a number makes (``kst-21501-02-2400``), or empty where it makes none."""
    chamber = {"I": "ek", "II": "tk"}.get(publication.chamber, "")
    years = re.fullmatch(r"(\d{4})/(\d{2})", publication.session)
    session = f"{years[1]}{int(years[1]) + 1}" if years else ""
    stem, pieces = {
        "Kamerstukken": ("kst", (publication.dossier, publication.number)),
        "Aanhangsel": ("ah", (chamber, session, publication.number)),
        "Handelingen": ("h", (chamber, session, publication.number, publication.item)),
        "Staatsblad": ("stb", (publication.session, publication.number)),
        "Staatscourant": ("stcrt", (publication.session, publication.number)),
        "Provinciaal blad": ("prb", (publication.session, publication.number)),
        "Gemeenteblad": ("gmb", (publication.session, publication.number)),
    }[publication.series]
    return "-".join((stem, *pieces)) if all(pieces) else ""


def chamber_name(chamber: Chamber) -> str:
    """The chamber in full, or empty where it is not one of the two."""
    return {"I": "Eerste Kamer der Staten-Generaal", "II": "Tweede Kamer der Staten-Generaal"}.get(chamber, "")


def _series(publication: Publication) -> str:
    if publication.series in _GAZETTES:
        return _GAZETTES[publication.series]
    name = _MINUTES.get(publication.series, publication.series)
    return f"{name} {publication.chamber}".rstrip()


def _number(group: Iterable[Publication]) -> str:
    """What stands behind the session: dossiers that share a number are named once (``21501-02 en 36045, nr. 2502``)."""
    shared: dict[str, list[str]] = {}
    for publication in sorted(group, key=lambda one: not one.number):
        nr = _nr(publication) or next(iter(shared), "")
        shared.setdefault(nr, []).append(_dossier(publication.dossier))
    return " en ".join(", ".join(piece for piece in (_listed(dossiers), nr) if piece) for nr, dossiers in shared.items())


def _nr(publication: Publication) -> str:
    """``nr. 2400``; the letter of the Eerste Kamer and the number of a gazette stand bare."""
    if not publication.number or publication.series in _GAZETTES or publication.number[0].isalpha():
        return publication.number
    item = f", item {publication.item}" if publication.item else ""
    return f"nr. {publication.number}{item}"


def _dossier(dossier: str) -> str:
    """A chapter of the budget stands behind a space (``31700 VI``, ``35099 (R2114)``), a number behind its hyphen (``21501-02``)."""
    head, _, chapter = dossier.partition("-")
    return f"{head} {chapter}" if chapter[:1] == "(" or chapter[:1].isalpha() else dossier


def _listed(names: Iterable[str]) -> str:
    *most, last = dict.fromkeys(names)
    return f"{', '.join(most)} en {last}" if most else last
