"""What the title of a piece says: its kind, its author, the council it is about, and how to cite by it."""

import re

from rbzqa.dates import first_written
from rbzqa.types import PartKind

_MINISTRIES = (
    "Buitenlandse Zaken|Buitenlandse Handel en Ontwikkelingssamenwerking|Buitenlandse Handel en Ontwikkelingshulp|Buitenlandse Handel"
    "|Ontwikkelingssamenwerking|Europese Zaken|Algemene Zaken en Externe Betrekkingen|Algemene Zaken|Externe Betrekkingen|Defensie"
    "|Binnenlandse Zaken en Koninkrijksrelaties|Justitie en Veiligheid|Veiligheid en Justitie|Asiel en Migratie|Financiën"
    "|Infrastructuur en Waterstaat|Infrastructuur en Milieu|Economische Zaken en Klimaat|Economische Zaken|Klimaat en Groene Groei"
    "|Landbouw, Natuur en Voedselkwaliteit|Landbouw, Visserij, Voedselzekerheid en Natuur|Onderwijs, Cultuur en Wetenschap"
    "|Sociale Zaken en Werkgelegenheid|Volksgezondheid, Welzijn en Sport|Volkshuisvesting en Ruimtelijke Ordening"
).split("|")
_NAMES = {
    name.lower(): name
    for name in (*_MINISTRIES, "Raad", "Europese", "Gymnich", "Europees Parlement", "Europese Unie", "Nederland", "Nederlandse", "Raad van State")
}
_NAMES |= {name.lower(): name for name in "EU RBZ RAZ RAZEB NAVO VN OVSE GBVB COVID-19 VK VS BNC AIV".split()}
_CAPITALS = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _NAMES), key=len, reverse=True))})(?![\w-])")
_COUNCILS = (
    ("RAZEB", "Raad Algemene Zaken en Externe Betrekkingen"),
    ("RBZ", "Raad Buitenlandse Zaken"),
    ("RAZ", "Raad Algemene Zaken"),
    ("", "Europese Raad"),
    ("", "NAVO-top"),
    ("", "NAVO"),
)
_REPORT = re.compile(r"(?:kort |beknopt |gezamenlijk )?verslag\b(?! (?:van|houdende) een \w+ ?(?:overleg|debat|vragen))", re.IGNORECASE)
_AGENDA = re.compile(
    r"(?:gezamenlijke )?(?:aanvullende (?:informatie (?:op|bij|over|inzake) (?:de )?)?)?(?:geannotee+rde )?(?:aanvullende )?agenda\b", re.IGNORECASE
)
_MEETING = re.compile(
    r"\braden (?:algemene|buitenlandse)\b|\braad\b(?! van (?:state|bestuur|toezicht|commissarissen|beheer|advies))|\b(?:rbz|raz|razeb|gymnich|navo(?:-\w+)?)\b"
    r"|videoconferentie|vergadering|ministeriële",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"bijlagen?\b(?!\s+bij\b)|redactionele bijlage\b", re.IGNORECASE)  # the latter ends an advice of the Raad van State
_ANNEX_NUMBER = re.compile(r"bijlage\s+(?:nr\.?\s*)?(\d{1,3}|[IVX]{1,6})\b", re.IGNORECASE)
_ROMAN = {"I": 1, "V": 5, "X": 10}
_FORMATION = r"(?:[ /](?:Handel|Defensie|Ontwikkelingssamenwerking|Ontwikkeling|Cohesie|Gymnich)\b)?"
_COUNCIL = re.compile(
    "|".join(rf"\b(?P<c{n}>{full}{f'|{short}' if short else ''})\b{_FORMATION}" for n, (short, full) in enumerate(_COUNCILS)),
    re.IGNORECASE,
)
_FILLER = re.compile(r"(?:\bvan de leden|\b(?:van|voor|de|het|d\.d\.|op|en)|\b(?:maan|dins|woens|donder|vrij|zater|zon)dag|[,(:–-])\s*$", re.IGNORECASE)
_RANGE = re.compile(r"(?<=\d) ?(?:en|[-–]) ?(?=\d{1,2} [a-z]+ \d{4}$)")
_KINDS = (
    (r"brief\b|kamerbrief\b", "brief"),
    (r"(?:gewijzigde |nader gewijzigde )?motie\b", "motie"),
    (r"(?:gewijzigd |nader gewijzigd |sub)*amendement\b", "amendement"),
    (r"(?:inbreng )?verslag (?:houdende|van) een (?:lijst van )?\w+(?: (?:overleg|debat|vragen(?: en antwoorden)?))?", ""),
    (r"lijst van vragen en antwoorden\b", ""),
    (r"lijst van vragen\b", ""),
    (r"(?:tweede )?nota naar aanleiding van het (?:nader )?verslag\b", ""),
    (r"nota van wijziging\b|(?:tweede|derde|vierde) nota van wijziging\b", "nota van wijziging"),
    (r"memorie van toelichting\b", ""),
    (r"memorie van antwoord\b", ""),
    (r"(?:gewijzigd )?voorstel van wet\b", ""),
    (r"advies (?:afdeling advisering )?(?:van de )?raad van state\b", "advies raad van state"),
    (r"koninklijke boodschap\b", ""),
    (r"(?:voorlopig |nader |eind|tussen)?verslag$", ""),
    (r"vragen (?:gesteld|van)\b|antwoord\b|aanhangsel\b|kamervra(?:ag|gen)\b|schriftelijke vra", "vragen en antwoorden"),
    (r"handeling(?:en)?\b", "handelingen"),
    (r"bijlage\b", "bijlage"),
)
_KIND = tuple((re.compile(pattern, re.IGNORECASE), name) for pattern, name in _KINDS)
_AUTHOR = re.compile(r"^(?:kamer)?brief van (?:de |het )?(.+)$|^[\w ]{0,40}(?:motie|amendement) van (?:het lid |de leden )?(.+)$", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:over|inzake|betreffende|met betrekking tot)\b", re.IGNORECASE)
_OFFICE = re.compile(
    rf"\b(?:minister-president\b|(?:minister|staatssecretaris)(?: (?:van|voor) (?:{'|'.join(sorted(_MINISTRIES, key=len, reverse=True))}|[^,;(]{{2,80}}))?)",
    re.IGNORECASE,
)
_MEMBERS = re.compile(r"\b((?:het )?lid|(?:de )?leden) (.+?)(?= c\.s\.|$| over | ter vervanging)")
_PARTICLES = frozenset("van de der den ten ter het ’t".split())
_COLLEAGUES = re.compile(r" c\.s\.$|(?: ter vervanging van .*| over .*)$", re.IGNORECASE)


def part_of(title: str) -> PartKind | None:
    """The part of a letter that a heading begins: a council's report or agenda, an annex; None for any other heading."""
    if _ANNEX.match(title):
        return "annex"
    if not _MEETING.search(title):
        return None
    return "report" if _REPORT.match(title) else "agenda" if _AGENDA.match(title) else None


def annex_number(title: str) -> int | None:
    """The number that an annex gives itself: ``Bijlage 2``, ``BIJLAGE II``."""
    found = _ANNEX_NUMBER.match(title)
    if not found:
        return None
    if found[1].isdigit():
        return int(found[1])
    values = [_ROMAN[c] for c in found[1].upper()]
    return sum(-value if value < max(values[n:]) else value for n, value in enumerate(values))


def kind_of(text: str) -> str | None:
    """The kind that a title begins with ("BRIEF VAN DE MINISTER ..." is a brief), or None."""
    for pattern, name in _KIND:
        if found := pattern.match(text.strip()):
            return name or found[0].lower()
    return None


def is_bare(title: str) -> bool:
    """Whether a title says no more than kind and author: it does not tell what the piece is about."""
    if _ABOUT.search(title):
        return False
    kinds = [found[0] for pattern, _ in _KIND if (found := pattern.match(title))]
    return bool(_AUTHOR.match(title) or title in kinds or (kinds and len(title.split()) <= 2))


def author_of(title: str) -> str | None:
    """Who wrote the piece, where its title says so: ``minister van Buitenlandse Zaken``."""
    found = _AUTHOR.match(title)
    if not found:
        return None
    author = _COLLEAGUES.sub("", found[1] or found[2])
    if found[2] and author.isupper():
        return _capitalised(author.lower())
    author = sentence_case(author) if author.isupper() else author
    return author[:1].lower() + author[1:] if found[1] else author


def offices_of(text: str) -> tuple[str, ...]:
    """The offices that a text names: ``minister van Buitenlandse Zaken``, without the person's name."""
    text = sentence_case(text) if text.isupper() or text[: text.find(",")].isupper() else text
    return tuple(dict.fromkeys(found[0][:1].lower() + found[0][1:].strip() for found in _OFFICE.finditer(text)))


def council_of(title: str) -> str | None:
    """The council that a title is about, by its full name: ``Raad Buitenlandse Zaken Handel``."""
    found = _COUNCIL.search(title)
    if not found or not found.lastgroup:
        return None
    full = _COUNCILS[int(found.lastgroup[1:])][1]
    formation = found[0][len(found[found.lastgroup]) :].strip(" /")
    return f"{full} {formation.title()}".strip()


def sentence_case(title: str) -> str:
    """A title in capitals as a sentence would write it; names of bodies keep their capitals."""
    if sum(c.isupper() for c in title) <= sum(c.islower() for c in title):
        return title
    text = _CAPITALS.sub(lambda found: _NAMES[found[0]], title.lower())
    text = _MEMBERS.sub(lambda found: f"{found[1]} {_capitalised(found[2])}", text)
    return text[:1].upper() + text[1:]


def _capitalised(names: str) -> str:
    """Names of Members in small letters, with their capitals: ``Piri en Van der Plas``."""
    words = names.split(" ")
    starts = [n == 0 or words[n - 1] == "en" or words[n - 1].endswith(",") for n in range(len(words))]
    return " ".join(
        word
        if word == "en" or (word in _PARTICLES and not start)
        else "-".join(piece if piece in _PARTICLES and "-" in word else piece[:1].upper() + piece[1:] for piece in word.split("-"))
        for word, start in zip(words, starts, strict=True)
    )


def short_title(title: str) -> str:
    """A description to cite by where no number is known: ``Verslag RBZ Gymnich, 2-3 september 2021``."""
    text = sentence_case(title)
    span = first_written(text)
    if span is None:
        return text
    head, date = text[: span[0]], text[slice(*span)].lower()
    for short, full in _COUNCILS:
        if short:
            head = re.sub(rf"(?:van de leden )?(?:van de |voor de |de )?{full}(?: \({short}\))?", short, head, flags=re.IGNORECASE)
    while _FILLER.search(head):
        head = _FILLER.sub("", head)
    return f"{head.strip()}, {_RANGE.sub('-', date)}" if head.strip() else text
