"""The lines above a letter, in whatever format: dossier, number, addressee, place and date; they are no paragraphs but facts."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace

from rbzqa.dates import DATE
from rbzqa.publications import DOSSIER
from rbzqa.readers.labels import LABELS, SALUTATION
from rbzqa.titles import kind_of, part_of
from rbzqa.types import Block

_I = re.IGNORECASE
_DATE = rf"(?:{DATE}|\d{{1,2}}-\d{{1,2}}-\d{{4}})"
_KENMERK = r"(?=[^ ]{0,80}\d)[^\s.,;][^\s]{2,80}"
_OFFICE = r"(?:[a-z]{0,20}de )?voorzitters?\b|de leden\b|de griffier\b"
# Each form of line, whole, and the facts in its groups; ``_`` in a name parts the fact from its turn: dossier, number_2.
_LINES = tuple(
    (re.compile(pattern, flags), names)
    for pattern, flags, names in (
        (rf"(?P<dossier>{DOSSIER})(?P<dossier_title>(?: [^.!?]{{2,400}})?)", 0, "dossier dossier_title"),
        (r"Nr\. ?(?P<number>\d{1,5}|[A-Z]{1,3})(?:\.?)(?P<reprint> (?i:HERDRUK)\d{0,2})?(?: (?P<title>\S.{2,400}))?", 0, "number reprint title"),
        (r"(?P<reprint>HERDRUK)\d{0,2}(?: (?P<title>\S.{2,400}))?", 0, "reprint title"),
        (r"(?P<chamber>(?:Tweede|Eerste) Kamer der Staten-Generaal)(?: [12])?", _I, "chamber"),
        (r"(?P<chamber>[12])", 0, "chamber"),
        (r"(?P<session>Vergaderjaar \d{4} ?[-–] ?\d{4})(?: (?P<publication>Aanhangsel)(?: van de Handelingen)?)?", _I, "session publication"),
        (r"(?P<publication>Aanhangsel)(?: van de Handelingen)?", _I, "publication"),
        (r"Vragen gesteld door de leden der Kamer,? met de daarop door de regering gegeven antwoorden", _I, ""),
        (r"(?P<title>Vragen van (?:het lid|de leden) .{10,1500}) \(ingezonden (?P<date>" + _DATE + r")\)\.?", _I, "title sent"),
        (r"Antwoord van (?P<author>.{5,400}) \(ontvangen (?P<date>" + _DATE + r")\)(?:\. Zie ook .{5,300})?\.?", _I, "author date"),
        (rf"(?P<addressee>(?:Aan )?(?:{_OFFICE})[^.!?:;]{{0,80}}\b(?:(?:Eerste|Tweede) Kamer|Staten-Generaal)\b[^.!?:;]{{0,80}})", _I, "addressee"),
        (
            r"(?:der|van de) Staten-Generaal|Aan de|Postbus \d{1,6}|\d{4} ?[A-Z]{2} [A-Z][A-Za-z’' -]{1,30}|Binnenhof \d.{0,10}"
            r"|[A-Z][\w’' -]{1,30}(?:straat|laan|weg|plein|kade|gracht|hof|singel|voorhout) \d{1,4}[a-z]?|(?:Den Haag|’s-Gravenhage|'s-Gravenhage)",
            _I,
            "",
        ),
        (rf"['’‘`]?[A-Z][\w’' .-]{{1,30}}, (?P<date>{_DATE})\.?", _I, "date"),
        (rf"(?:Ontvangen|Vastgesteld|Voorgesteld)(?: ter griffie)?(?: op)?:? (?P<date>{_DATE})\.?", _I, "date"),
        (rf"Ingezonden:?(?: op)? (?P<date>{_DATE})\.?", _I, "sent"),
        (rf"Datum(?: brief)? ?:?\s+(?P<date>{_DATE})", _I, "date"),
        (r"(?:Betreft|Onderwerp) ?:?\s+(?P<subject>\S.{2,400})", _I, "subject"),
        (rf"(?:(?:Ons |Onze )?(?:kenmerk|referentie)) ?:?\s+(?P<kenmerk>{_KENMERK})", _I, "kenmerk"),
        (r"(?:Uw (?:kenmerk|referentie|brief)|Bijlagen?(?: ?\(n\))?|Bijlage\(n\)) ?:?(?:\s+(?:van )?(?:\d{1,2}|[\w/.-]{1,40}\d|" + _DATE + r"))?", _I, ""),
        (r"(?P<ministry>Ministerie van [^.!?:;|]{3,80})", _I, "ministry"),
        (rf"(?P<date>{_DATE}) \| [^|.]{{3,40}}(?: \| [^|.]{{3,80}})?|[A-Z][\w ]{{2,30}}: [\w ]{{3,40}} \| (?P<when>{_DATE})", 0, "date site"),
        (r"Zie ook Aanhangsel (?:van de )?Handelingen,? (?:II,? )?(?:vergaderjaar )?\d{4}.{5,80}", _I, ""),
        (r"20\d\d[DZ]\d{5}|AH ?\d{1,5}|Nr\.|> ?Retouradres .{0,120}|Retouradres .{0,120}", _I, ""),
    )
)
_SITE_TITLE = re.compile(r"(?P<kind>[A-Z][\w ]{3,60}?) : (?P<subject>\S.*)")
_ALONE = re.compile(rf"({'|'.join(LABELS)}) ?:?", _I)
_DATED, _MARKED = re.compile(_DATE, _I), re.compile(_KENMERK)
_SENTENCE_END = tuple(".?!:;,")
_SIGNS = frozenset("dossier number chamber session publication addressee".split())
_OF_ITSELF = frozenset("date subject kenmerk ministry kind site_title".split())
_MAX_LINES = 60
_MAX_PENDING = 3
_MAX_TITLE = 400


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Which blocks are lines of it, by index, and the facts that they state."""

    lines: frozenset[int] = frozenset()
    facts: tuple[Block, ...] = ()


@dataclass(slots=True)
class _Reader:
    """What was read so far; ``awaits`` is what an unknown line would be: the title of the dossier, or of the piece."""

    blocks: Sequence[Block]
    stated: Set[str]
    lines: list[int] = field(default_factory=list)
    facts: list[Block] = field(default_factory=list)
    pending: list[int] = field(default_factory=list)
    awaits: str = ""
    sent: str = ""

    def take(self, n: int, facts: Sequence[tuple[str, str]], awaits: str = "") -> None:
        """Note line ``n``; lines between it and the last one belong to the letterhead too."""
        self.lines += [*self.pending, n]
        self.pending = []
        self.facts += [Block("fact", text.strip(), label=label) for label, text in facts if text and text.strip()]
        self.awaits = awaits


def read_letterhead(blocks: Sequence[Block], facts: Sequence[Block] = ()) -> Letterhead:
    """Recognise the letterhead at the start of a document.

    It ends before the salutation, the first running sentence, or a heading that no letterhead has: what stands
    in the body says nothing of the letter itself. Numbers count only where the letterhead has more than one sign.

    Args:
        blocks: the text of the document, without furniture and facts.
        facts: what the format itself states; a line that repeats it is a line of the letterhead.
    """
    reader = _Reader(blocks, {_squeezed(fact.text) for fact in facts if fact.label in ("title", "subject", "dossier_title")})
    for n, block in enumerate(blocks[:_MAX_LINES]):
        if block.kind == "footnote":
            continue
        if SALUTATION.match(block.text) or block.role in ("question", "answer") or not _read_line(reader, n, block):
            break
        if len(reader.pending) > _MAX_PENDING:
            break
    if reader.sent and not any(fact.label == "date" for fact in reader.facts):
        reader.facts.append(Block("fact", reader.sent, label="date"))
    certain = len({fact.label for fact in reader.facts if fact.label in _SIGNS}) > 1
    kept = [fact for fact in reader.facts if certain or fact.label in _OF_ITSELF]
    kept = [replace(fact, label="title") if fact.label == "site_title" else fact for fact in kept]
    return Letterhead(frozenset(reader.lines), tuple(_with_chamber(kept)))


def _read_line(reader: _Reader, n: int, block: Block) -> bool:
    """Read one block; False where the letterhead has ended before it."""
    text = " ".join(block.text.split())
    site = _SITE_TITLE.fullmatch(text) if not reader.lines else None
    if site and kind_of(site["kind"]):
        reader.take(n, (("kind", site["kind"]), ("subject", site["subject"])))
    elif _squeezed(text) in reader.stated:
        reader.take(n, ())
    elif reader.awaits in LABELS.values() and _fits(reader.awaits, text):
        reader.take(n, ((reader.awaits, text),))
    elif alone := _ALONE.fullmatch(text):
        reader.take(n, (), awaits=LABELS[alone[1].lower()])
    elif not _known_line(reader, n, text):
        return _unknown_line(reader, n, block, text)
    return True


def _known_line(reader: _Reader, n: int, text: str) -> bool:
    for pattern, names in _LINES:
        found = pattern.fullmatch(text) if len(text) <= 4 * _MAX_TITLE else None
        if not found:
            continue
        groups = {"date" if label == "when" else label: value for label, value in found.groupdict().items() if value}
        if "sent" in names.split():
            reader.sent = reader.sent or groups.pop("date", "")
        untitled = "title" if "number" in groups and "title" not in groups else ""
        undescribed = "dossier_title" if "dossier" in groups and not (groups.get("dossier_title") or "").strip() else ""
        if "site" in names.split() and len(reader.pending) == 1:
            groups["site_title"] = reader.blocks[reader.pending[0]].text
        reader.take(n, tuple(groups.items()), awaits=untitled or undescribed or ("title" if "reprint" in groups and "title" not in groups else ""))
        return True
    return False


def _unknown_line(reader: _Reader, n: int, block: Block, text: str) -> bool:
    """A line of no known form: a title that is due, one that a later line may show to be of the letterhead, or the body."""
    if len(text) > _MAX_TITLE or block.role != "text":
        return False
    if reader.awaits in ("title", "dossier_title") and (not text.endswith(_SENTENCE_END) or text.isupper()):
        reader.take(n, ((reader.awaits, text),))
        return True
    if text.endswith(_SENTENCE_END) or block.starts_part or part_of(text) or (reader.lines and block.starts_page):
        return False
    reader.pending.append(n)
    return True


def _fits(label: str, text: str) -> bool:
    if label == "date":
        return bool(_DATED.fullmatch(text))
    return bool(_MARKED.fullmatch(text)) if label == "kenmerk" else len(text) <= _MAX_TITLE


def _with_chamber(facts: Sequence[Block]) -> list[Block]:
    """A piece with a numeral, addressed to the Tweede Kamer alone, is one of the Tweede Kamer; one with a letter, of the Eerste."""
    addressed = " ".join(fact.text for fact in facts if fact.label == "addressee").lower()
    addressees = {chamber for chamber in ("eerste kamer", "tweede kamer") if chamber.partition(" ")[0] in addressed}
    rest = [fact for fact in facts if fact.label != "addressee"]
    numbers = [fact.text for fact in rest if fact.label == "number"]
    if not addressees or not numbers or any(fact.label == "chamber" for fact in rest):
        return rest
    expected = "tweede kamer" if numbers[0].isdigit() else "eerste kamer"
    return [*rest, Block("fact", expected.capitalize(), label="chamber")] if addressees == {expected} else rest


def _squeezed(text: str) -> str:
    return "".join(text.lower().split())
