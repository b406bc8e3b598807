"""What a question asks for, and whether a sentence offers it (Dutch and English)."""

import re
from typing import Literal

from rbzqa.dates import MONTHS

Asks = Literal["agreed", "amount", "when", "who", "where", "why", "other"]

_ASKS: tuple[tuple[Asks, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))  # type: ignore[misc]
    for kind, pattern in (
        (
            "agreed",
            r"\b(?:afgesproken|afspra\w+|overeengekomen|overeenstemming|besloten|besluit\w*|beslo\w+|akkoord|toegezegd|toezegging\w*|"
            r"vastgelegd|conclusies|uitkomst\w*|resultaat|resultaten|agreed|agreement\w*|decided|decisions?|outcomes?|conclusions|commitments?)\b",
        ),
        (
            "amount",
            r"\b(?:hoeveel|hoe (?:groot|hoog|lang|vaak|veel)|welk (?:bedrag|percentage|aantal)|wat kost\w*|"
            r"how (?:much|many|often|long|large|high)|what percentage)\b",
        ),
        ("when", r"\b(?:wanneer|hoe laat|sinds wanneer|(?:op )?welke (?:datum|dag)|welk jaar|in welk jaar|when|what (?:date|year|day|time))\b"),
        ("who", r"\b(?:wie|wiens|door wie|met wie|welke (?:minister|persoon|premier|president|landen|lidstaten)|who|whom|whose)\b"),
        ("where", r"\b(?:waar(?!om)|in welk(?:e)? (?:land|stad|plaats)|where)\b"),
        ("why", r"\b(?:waarom|waardoor|hoezo|om welke reden|wat is de reden|why)\b"),
    )
)
_SCAFFOLD = re.compile(
    _ASKS[0][1].pattern + r"|\b(?:besprak\w*|bespro\w+|gesproken|spra(?:k|ken)|zei|zeiden|zegt|zeggen|gezegd|vind(?:t|en)?|vond(?:en)?|"
    r"sta(?:at|an)|ga(?:at|an)|gebeur\w*|gemeld|genoemd|standpunt|mening|discussed|sa(?:y|ys|id)|happen(?:ed|s)?|mention(?:ed|s)?|talk(?:ed|s)?)\b",
    re.IGNORECASE,
)
_STRONG = (
    r"spra(?:k|ken) (?:\w+ ){0,3}(?:de intentie uit|af)|kwam(?:en)? (?:\w+ ){0,6}overeen|bereikte?n? (?:\w+ ){0,6}(?:akkoord|overeenstemming)|"
    r"\bbeslo(?:ot|ten)\b|\bnam(?:en)? (?:\w+ ){0,10}aan\b|\bstemde(?:n)? (?:\w+ ){0,8}in\b|ging(?:en)? (?:\w+ ){0,4}akkoord|"
    r"\b(?:aangenomen|overeengekomen|afgesproken|bekrachtigd|toegezegd|vastgesteld)\b|\bzegde(?:n)? (?:\w+ ){0,8}toe\b|\bverbind(?:t|en) (?:zij )?zich\b"
)
_WEAK = (
    r"\b(?:zal|zullen)\b|\b(?:is|zijn) (?:\w+ ){0,3}(?:voornemens|vastbesloten|van plan)\b|\broep(?:t|en) (?:\w+ ){0,6}op\b|\briep(?:en)? (?:\w+ ){0,8}op\b|"
    r"\beis(?:t|en)\b|\bbelo(?:oft|ven)\b|\bop te zetten\b|"
    r"\bwil(?:len)? (?:\w+ ){0,7}(?:opzetten|voortzetten|verdiepen|intensiveren)\b|\bstre(?:eft|ven) (?:\w+ ){0,4}naar\b"
)
_MONTH = "|".join(MONTHS)
_OFFERS: dict[Asks, re.Pattern[str]] = {
    "amount": re.compile(
        r"\d|%|\b(?:procent|miljoen|miljard|honderd\w*|duizend\w*|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|eenmaal|tweemaal|"
        r"jaarlijkse?|maandelijkse?|wekelijkse?|dagelijkse?|regelmatige?)\b",
        re.IGNORECASE,
    ),
    "when": re.compile(
        rf"\b(?:{_MONTH})\b|\b(?:19|20)\d\d\b|\b(?:maan|dins|woens|donder|vrij|zater|zon)dag\b|\d[.:]\d\d uur|\b(?:vorige?|volgende?|begin dit jaar)\b",
        re.IGNORECASE,
    ),
    "who": re.compile(r"(?<=[a-zë,] )[A-Z][a-zë]+|\b(?:minister\w*|president\w*|premier|vertegenwoordiger|HV|Raad|lidstaten|landen|commissie|secretarissen)\b"),
    "where": re.compile(r"(?<=[a-zë,(] )[A-Z][a-zë]+|\b(?:in|te|op|bij) (?:de |het )?[A-Z]"),
    "why": re.compile(
        r"\b(?:omdat|doordat|aangezien|wegens|vanwege|zodat|opdat|daarom|daartoe|hiertoe|gezien|want|waardoor|reden\w*|"
        r"door|dankzij|ten behoeve|met het oog op|naar aanleiding|gevolg|teneinde|om)\b",
        re.IGNORECASE,
    ),
}
_AGREED = ((re.compile(_STRONG, re.IGNORECASE), 1.0), (re.compile(_WEAK, re.IGNORECASE), 0.6))


def asks(question: str) -> Asks:
    """The kind of thing that a question wants to hear."""
    return next((kind for kind, pattern in _ASKS if pattern.search(question)), "other")


def offers(kind: Asks, sentence: str) -> float:
    """How far a sentence holds a thing of that kind: 0 (not) to 1; a commitment weighs by its force."""
    if kind == "other":
        return 1.0
    if kind == "agreed":
        return next((force for pattern, force in _AGREED if pattern.search(sentence)), 0.0)
    return 1.0 if _OFFERS[kind].search(sentence) else 0.0


def numbers(text: str) -> set[str]:
    """The numbers in a text as written, without separators of thousands."""
    return {re.sub(r"(?<=\d)[. \u00a0](?=\d{3}\b)", "", found) for found in re.findall(r"(?<![^\W_])\d+(?:[.,]\d+|[ \u00a0]\d{3}(?!\d))*", text)}


def proper_names(question: str) -> set[str]:
    """The capitalised words (four letters or more) of a question that do not open it."""
    found = re.finditer(r"[A-ZÀ-Þ][^\W\d_]{3,}", question)
    return {m[0] for m in found if m.start() > 0 and question[: m.start()].rstrip()[-1:] not in ".?!:"}


def subject_words(question: str) -> str:
    """A question without the words that only say what kind of thing it asks for."""
    return _SCAFFOLD.sub(" ", question)
