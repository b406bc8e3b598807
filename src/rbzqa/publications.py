"""Numbers of publications as files state them -> one form: ``21 501-02`` is ``21501-02``, ``Vergaderjaar 2024–2025`` is ``2024/25``."""

import re
from dataclasses import dataclass

from rbzqa.types import Chamber, Publication, Series

_ADDITION = r"(?:\(R ?\d{1,5}\)|[IVXLC]{1,8}[A-Z]?|[A-Z])"
DOSSIER = rf"\d{{2}}[ \u00a0.]?\d{{3}}(?:[ \u00a0]?-[ \u00a0]?(?:\d{{2}}|{_ADDITION})(?![\w-])|[ \u00a0]{_ADDITION}(?![\w-]))?"
_DOSSIER = re.compile(r"(?<!\d)(\d{2})[ \u00a0.]?(\d{3})(?!\d)(?:[ \u00a0]?-[ \u00a0]?(\d{2}(?![\w-]))|[ \u00a0-]{1,3}(" + _ADDITION + r")(?![\w-]))?")
_SESSION = re.compile(r"(\d{4})[ ]?[-–/][ ]?(?:\d{2})?(\d{2})(?!\d)")
_COMPACT_SESSION = re.compile(r"(\d{4})\d{2}(\d{2})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"(?:nr\.?|no\.?|nummer)?\s*(\d{1,7}|[A-Z]{1,3})(?![\w.])", re.IGNORECASE)
_SERIES: tuple[tuple[str, Series], ...] = (
    ("aanhangsel", "Aanhangsel"),
    ("handeling", "Handelingen"),
    ("kamerstuk", "Kamerstukken"),
    ("staatsblad", "Staatsblad"),
    ("staatscourant", "Staatscourant"),
    ("provinciaal blad", "Provinciaal blad"),
    ("gemeenteblad", "Gemeenteblad"),
)
_BULLETINS: dict[str, Series] = {"stb": "Staatsblad", "stcrt": "Staatscourant", "prb": "Provinciaal blad", "gmb": "Gemeenteblad"}
_KST = re.compile(r"kst-(\d{5})(?:-((?:[IVXLC]{1,8}[A-Z]?|[A-Z]|\d{2}|\(R\d{1,5}\))))?-([A-Z]{1,3}|\d{1,5})(-h\d+)?(?:-n\d+)?(-b\d*)?", re.IGNORECASE)
_PARLIAMENT = re.compile(r"(ah|h)-(tk|ek|vv)-(\d{8})-(\d{1,5})(?:-(\d{1,4}))?(-h\d+)?", re.IGNORECASE)
_BULLETIN = re.compile(r"(stb|stcrt|prb|gmb)-(\d{4})-(\d{1,7})(?:-n\d+)?", re.IGNORECASE)
_CHAMBERS: dict[str, Chamber] = {"tk": "II", "ek": "I", "vv": "I/II"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """What one source says of the numbers of a piece; what it does not say is empty.

    ``numbers`` go with ``dossiers`` in order; a piece under several dossiers may have a number in the first only.
    """

    series: Series | None = None
    chamber: Chamber = ""
    session: str = ""
    dossiers: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    item: str = ""

    def publications(self) -> tuple[Publication, ...]:
        """One publication a dossier, the numbered one first, the number empty where it is not known.

        None where nothing says in what the piece was published, or, outside a dossier, its number.
        """
        series = self.series or ("Kamerstukken" if self.dossiers else None)
        if series == "Kamerstukken":
            numbers = (*self.numbers, *[""] * len(self.dossiers))
            return tuple(Publication(self.chamber, self.session, dossier, number) for dossier, number in zip(self.dossiers, numbers, strict=False))
        if not series or not self.numbers or not self.session:
            return ()
        return (Publication(self.chamber, self.session, "", self.numbers[0], series, self.item),)


def dossier_of(text: str) -> str:
    """``36 800 XIV`` -> ``36800-XIV``; empty where there is none."""
    found = _DOSSIER.search(text)
    if not found:
        return ""
    addition = (found[3] or found[4] or "").replace(" ", "")
    return f"{found[1]}{found[2]}-{addition}" if addition else found[1] + found[2]


def session_of(text: str) -> str:
    """``Vergaderjaar 2024–2025``, ``20242025`` -> ``2024/25``; of a bulletin its year."""
    found = _SESSION.search(text) or _COMPACT_SESSION.fullmatch(text.strip())
    if found:
        return f"{found[1]}/{found[2]}" if (int(found[1]) + 1) % 100 == int(found[2]) else ""
    year = _YEAR.fullmatch(text.strip())
    return year[0] if year else ""


def chamber_of(text: str) -> Chamber:
    """``Tweede Kamer der Staten-Generaal``, ``2``, ``II``, ``TK`` -> ``II``."""
    word = text.strip().lower()
    both = word in ("i/ii", "vv", "1/2", "1, 2") or "verenigde vergadering" in word or ("eerste" in word and "tweede" in word)
    if both:
        return "I/II"
    if word in ("2", "ii", "tk") or "tweede kamer" in word:
        return "II"
    return "I" if word in ("1", "i", "ek") or "eerste kamer" in word else ""


def number_of(text: str) -> str:
    """``Nr. 2602 HERDRUK`` -> ``2602``; empty where there is none."""
    found = _NUMBER.match(text.strip())
    return found[1].upper() if found else ""


def series_of(text: str) -> Series | None:
    """``Kamerstuk`` -> ``Kamerstukken``, ``Aanhangsel van de Handelingen`` -> ``Aanhangsel``; None for what is none of them."""
    word = text.strip().lower()
    return next((series for name, series in _SERIES if name in word), None)


def numbers_of(identifier: str) -> Numbers:
    """What an official identifier says: nothing for a piece not placed yet (``kst-1268678``) or an annex (``blg-``)."""
    if kst := _KST.fullmatch(identifier):
        dossier = f"{kst[1]}-{kst[2].upper()}" if kst[2] else kst[1]
        return Numbers("Kamerstukken", dossiers=(dossier,), numbers=(kst[3].upper(),)) if not kst[5] else Numbers()
    if parliament := _PARLIAMENT.fullmatch(identifier):
        series: Series = "Aanhangsel" if parliament[1].lower() == "ah" else "Handelingen"
        return Numbers(series, _CHAMBERS[parliament[2].lower()], session_of(parliament[3]), (), (parliament[4],), parliament[5] or "")
    if bulletin := _BULLETIN.fullmatch(identifier):
        return Numbers(_BULLETINS[bulletin[1].lower()], "", bulletin[2], (), (bulletin[3],))
    return Numbers()


def is_reprint(identifier: str) -> bool:
    """Whether an identifier is that of a HERDRUK (``kst-35982-7-h1``)."""
    return bool(re.search(r"-h\d+$", identifier, re.IGNORECASE))


def is_annex(identifier: str) -> bool:
    """Whether an identifier is that of an annex to another piece (``blg-1027694``)."""
    return bool(re.match(r"blg-", identifier, re.IGNORECASE) or re.fullmatch(r"kst-.+-b\d*", identifier, re.IGNORECASE))


def written(number: Publication) -> str:
    """A publication as a message names it: ``21501-02, nr. 2602``."""
    place = number.dossier or f"{number.series} {number.session}"
    return f"{place}, nr. {number.number}" if number.number else place
