"""Line ends and hyphens: the rule that all readers share (DESIGN §3, FORMATS §4)."""

from collections import Counter
from itertools import pairwise

import pytest

from rbzqa.readers.lines import count_words, join_lines


def joined(text: str, words: str = "", *, hyphenates: bool = True) -> str:
    return join_lines(text.split("|"), count_words(words), hyphenates=hyphenates)[0]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("samenhan-|gende", "samenhangende"),
        ("de contactop-|sporing, die", "de contactopsporing, die"),
        ("(onder-|delen)", "(onderdelen)"),
        ("de samen\u2010|werking", "de samenwerking"),
        ("Nagorno-|Karabach", "Nagorno-Karabach"),
        ("1722926-208233-|DICIO", "1722926-208233-DICIO"),
        ("COVID-19-|pandemie", "COVID-19-pandemie"),
        ("2023-|2024", "2023-2024"),
        ("EU-|landen", "EU-landen"),
        ("drone-|exploitanten", "drone-exploitanten"),
        ("Indo-|pacifische", "Indo-pacifische"),
        ("oud-|minister", "oud-minister"),
        ("e-|mail", "e-mail"),
        ("staakt-het-|vuren", "staakt-het-vuren"),
        ("IP-adres-|sen", "IP-adressen"),
        ("West-|en Noord-Afrikaanse", "West- en Noord-Afrikaanse"),
        ("veiligheids-|of geopolitieke", "veiligheids- of geopolitieke"),
        ("en zo –|dat wil zeggen", "en zo – dat wil zeggen"),
        ("een - |streep", "een -  streep"),
        ("en/|of", "en/of"),
        ("soft\u00ad|hyphen", "softhyphen"),
        ("gewone|regels", "gewone regels"),
    ],
)
def test_print_breaks_words_unless_the_word_shows_otherwise(lines: str, expected: str) -> None:
    assert joined(lines) == expected


def test_print_keeps_a_hyphen_that_the_file_has_elsewhere() -> None:
    assert joined("de minister-|president zei", "De minister-president was er.") == "de minister-president zei"
    assert joined("de minister-|president zei") == "de ministerpresident zei"
    assert joined("de beleids-|maker", "De beleidsmaker of beleids-maker.") == "de beleidsmaker"
    assert joined("een staakt-het-|vuren", "Een staakt-hetvuren.") == "een staakt-het-vuren"


@pytest.mark.parametrize("lines", ["drone-|exploitanten", "Nagorno-|Karabach", "veiligheids-|beleid"])
def test_letter_keeps_every_hyphen(lines: str) -> None:
    assert joined(lines, hyphenates=False) == lines.replace("|", "")


def test_letter_joins_what_only_occurs_joined() -> None:
    assert joined("het veiligheids-|beleid", "Het veiligheidsbeleid.", hyphenates=False) == "het veiligheidsbeleid"
    assert joined("het veiligheids-|beleid", "Veiligheidsbeleid, veiligheids-beleid.", hyphenates=False) == "het veiligheids-beleid"
    assert joined("van het EU-|beleid", "Eubeleid.", hyphenates=False) == "van het EU-beleid"


@pytest.mark.parametrize("hyphenates", [True, False])
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("https://www.ad.nl/zwarte-|pieten-in", "https://www.ad.nl/zwarte-pieten-in"),
        ("(regiopurmerend.nl/2024/tieners-14-weer-|vrijgelaten-na/).", "(regiopurmerend.nl/2024/tieners-14-weer-vrijgelaten-na/)."),
        ("zie https://|www.movisie.nl/a", "zie https://www.movisie.nl/a"),
        ("www.x.nl/huisvesting_|evacuees/b1", "www.x.nl/huisvesting_evacuees/b1"),
        ("www.x.nl/provincies|%202022.pdf", "www.x.nl/provincies%202022.pdf"),
        ("www.x.nl/documenten/|rapporten/2022", "www.x.nl/documenten/rapporten/2022"),
        ("www.x.nl/documenten/|en ook", "www.x.nl/documenten/ en ook"),
        ("https://www.x.nl/a|De Raad", "https://www.x.nl/a De Raad"),
        ("www.x.nl/a.|De Raad", "www.x.nl/a. De Raad"),
        ("https://www.x.nl/a?b=|", "https://www.x.nl/a?b= "),
    ],
)
def test_address_runs_on_behind_a_sign_of_its_own(lines: str, expected: str, hyphenates: bool) -> None:
    assert joined(lines, hyphenates=hyphenates) == expected


def test_offsets_of_the_lines_are_those_in_the_text() -> None:
    lines = ["De samen-", "werking van de EU-", "landen en", "de West-", "en Oost-Europese."]
    text, starts = join_lines(lines, Counter(), hyphenates=True)
    assert text == "De samenwerking van de EU-landen en de West- en Oost-Europese."
    assert [text[start:end] for start, end in pairwise([*starts, len(text)])] == [
        "De samen",
        "werking van de EU-",
        "landen en ",
        "de West- ",
        "en Oost-Europese.",
    ]
    assert join_lines(["een"], Counter()) == ("een", [0])
