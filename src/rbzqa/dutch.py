"""THE analyser of Dutch text, the same one for index and query: stems, names and 4-grams."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from rbzqa.names import LONGEST, NAMES, UPPER_CASE
from rbzqa.types import Language

VERSION = "dutch-1"
_GRAM = 4
_MAX_WORD = 60  # a longer run of letters is no word; it would only cost memory

_WORD = re.compile(r"[^\W_]+")
_FIRST_WORDS = frozenset(form[0] for form in NAMES)
_UPPER = re.compile(rf"\b(?:{'|'.join(UPPER_CASE)})\b")
_IGNORED = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")

STOP_WORDS = frozenset(
    """
    aan aangaande achter af al aldus alle alleen alles als alsook alsmede altijd ander andere anderen anders beide beiden ben beneden betreffende
    bij bijna binnen boven bovendien buiten daar daaraan daarbij daardoor daarin daarmee daarna daarnaast daarom daaronder daarop daarover daartoe
    daarvan daarvoor dan dat de deze derhalve desondanks dezelfde die dien dienen dient dit doch doen doet door dus echter een eens eerder eigen elk
    elke elkaar en enige enkele er eraan erin erop ertoe ervan evenals eveneens gaan gaat geen gedaan geheel gehad gekund geweest geworden had hadden
    haar hare heb hebben hebt heeft hem hen het hetgeen hetzelfde hier hieraan hierbij hierdoor hierin hiermee hierna hierom hierop hierover hiertoe
    hiervan hiervoor hij hoe hoewel hun ieder iedere iemand iets ik in indien inzake is ja je jou jouw jullie kan kon konden kunnen kunt maar made me
    mede meer men met mij mijn moest moet moeten mogelijk mogen mag na naar naast namelijk niet niets nietwaar niemand nog noch nu of ofwel om omdat
    onder ons onze ook op opnieuw over per pas reeds rond rondom samen sinds slechts sommige soms staat te tegen ten tenzij ter terwijl tevens tijdens
    toch toe toen tot tussen u uit uw uwe van vanaf vanuit vanwege veel vele verder via vol volgens voor vooral voorts vanwaar waar waaraan waarbij
    waardoor waarin waarmee waarnaar waarom waaronder waarop waarover waartoe waarvan waarvoor wanneer want waren was wat we weer wegens wel welk welke
    werd werden wie wij wil wilde willen word worden wordt wordt zal ze zeer zelf zelfs zich zij zijn zo zoals zodat zonder zou zouden zowel zullen zult
    hoeveel hoezo gezegd zegt zeggen vertel graag gaat komt kwam gekomen staan stond eigenlijk precies
    a about an and any are as at be been by can could did do does for from had has have how i if in into is it its may me my not of on or our shall she
    should so that the their them there these they this those to was we were what when where which who whom whose why will with would you your
    """.split()
)
_ENGLISH = frozenset(
    "the of what which who why how does did was were is are about and with for from should would their this that there agreed said will you".split()
)
_DUTCH = frozenset(
    "de het een wat wie welke waarom hoe hoeveel wanneer waar is zijn was over en met voor van naar wordt werd heeft gaat dat dit er niet op aan".split()
)


@dataclass(frozen=True, slots=True)
class Analysis:
    """Tokens of a text, in order: ``stems`` (with names) and character 4-``grams``."""

    stems: tuple[str, ...]
    grams: tuple[str, ...]


def fold(text: str) -> str:
    """Lower case without diacritics or invisible characters: "Oekraïne" gives "oekraine"."""
    if text.isascii():
        return text.lower()
    plain = _IGNORED.sub("", unicodedata.normalize("NFKD", text))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def words(text: str) -> tuple[str, ...]:
    """The folded words and numbers of a text; a hyphen parts two words."""
    text = _UPPER.sub(lambda found: UPPER_CASE[found[0]], text)
    return tuple(word[:_MAX_WORD] for word in _WORD.findall(fold(text)))


def analyse(text: str) -> Analysis:
    """Analyse a text of index or query."""
    folded = words(text)
    grams = [gram for word in folded if word not in STOP_WORDS for gram in _grams(word)]
    return Analysis(tuple(_stems(folded)), tuple(grams))


@lru_cache(maxsize=8192)
def stems(text: str) -> frozenset[str]:
    """The set of stems and names of a text, remembered: answers look at the same sentences again."""
    return frozenset(_stems(words(text)))


def names(text: str) -> tuple[frozenset[str], ...]:
    """The names in a text that the table knows, each as the set of tokens that stand for it."""
    folded = words(text)
    found, n = [], 0
    while n < len(folded):
        name = _name_at(folded, n)
        if name:
            found.append(frozenset(name[0]))
        n += name[1] if name else 1
    return tuple(dict.fromkeys(found))


def language(text: str) -> Language:
    """Dutch unless the function words of English outnumber those of Dutch."""
    found = re.findall(r"[a-z]+", text.lower())
    return "en" if sum(w in _ENGLISH for w in found) > sum(w in _DUTCH for w in found) else "nl"


def _stems(folded: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    n = 0
    while n < len(folded):
        name = _name_at(folded, n)
        if name:
            tokens, length = name
            found += tokens
            found += [_stem(word) for word in folded[n : n + length] if length > 1 and word not in STOP_WORDS and (word,) not in NAMES]
            n += length
        else:
            if folded[n] not in STOP_WORDS:
                found.append(_stem(folded[n]))
            n += 1
    return found


def _name_at(folded: tuple[str, ...], n: int) -> tuple[tuple[str, ...], int] | None:
    if folded[n] not in _FIRST_WORDS:
        return None
    for length in range(min(LONGEST, len(folded) - n), 0, -1):
        tokens = NAMES.get(folded[n : n + length])
        if tokens:
            return tokens, length
    return None


def _grams(word: str) -> list[str]:
    return [word[n : n + _GRAM] for n in range(len(word) - _GRAM + 1)] if len(word) > _GRAM else []


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch")
