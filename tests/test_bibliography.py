"""bibliography.py: what a reference manager reads back is what the document says, whatever stands in it."""

import json
from dataclasses import replace
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from rbzqa.bibliography import Entry, bibtex, csl_json, entry, export, ris
from rbzqa.cite import Place, places
from rbzqa.errors import QueryError
from rbzqa.types import Document, DocumentMeta, Paragraph, Part, PartKind, Publication, Section

# FAULTS C15: everything that TeX, RIS, a spreadsheet or a brace counter would obey
HOSTILE = "=cmd|' /C calc'!A0 } {{ }}} 5% & #1 _x_ ~ \\ \\input{/etc/passwd} $x$ \" @misc{y, ER  - ‘é’ ë ş 🕊 – -- --- ,, << ?` \u202e\u00ad"
META = DocumentMeta(
    title="Verslag Raad Buitenlandse Zaken",
    subject="",
    description="Verslag RBZ, 2 september 2021",
    file="a.txt",
    date="2021-09-09",
    publications=(Publication("II", "2020/21", "21501-02", "2400"),),
    authors=("Minister van Buitenlandse Zaken",),
    ministry="Ministerie van Buitenlandse Zaken",
    kind="Brief regering",
    dossier_titles=("Raad Algemene Zaken en Raad Buitenlandse Zaken",),
    pages="publication",
)
TEXT = "De Raad sprak. En besloot."


def document(meta: DocumentMeta = META, text: str = TEXT, kind: PartKind = "report", title: str = "") -> Document:
    paragraph = Paragraph("verslag-p1-aaaaaa", 1, 0, len(text), 2, page_turns=((15, 3),))
    return Document("brief-1", "0", meta, text, (Part(kind, 1, title, (Section(("Mali",), "Mali", (paragraph,)),)),), "text-1")


def place(held: Document) -> Place:
    return places(held)[0]


def read_bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """(type, key, fields) as an independent reader of BibTeX and LaTeX has them; the address it takes as it stands."""
    raw = parse_string(text)
    decoded = parse_string(text, append_middleware=[LatexDecodingMiddleware(keep_braced_groups=False, keep_math_mode=False)])
    assert not raw.failed_blocks and not decoded.failed_blocks
    ((one,), (plain,)) = raw.entries, decoded.entries
    fields = {field.key: field.value.replace("\u02c6", "^") for field in plain.fields}  # its decoder has no plain circumflex
    return one.entry_type, one.key, {**fields, **{field.key: field.value for field in one.fields if field.key == "url"}}


def read_ris(text: str) -> dict[str, Any]:
    """The fields of the one record, as an independent reader has them."""
    (found,) = rispy.loads(text)
    return dict(found)


def one_line(text: str) -> str:
    return " ".join(text.split())


# escaping


@pytest.mark.parametrize(
    "nasty", [HOSTILE, "}", "{", "}{", "{}", "a\nER  - \nTY  - BOOK\n@misc{x,\n}", "$", "100%", "\\", "~", "a_b#c&d^e", "x\r\ny\u2028z", "\x00\x1b"]
)
def test_a_title_and_a_quote_come_back_as_they_stand(nasty: str) -> None:
    # FAULTS C15
    held = document(replace(META, title=f"T {nasty} T"), f"Q {nasty} Q")
    made = entry(held, place(held))
    expected = [one_line(f"{c} {nasty} {c}".replace("\x00", " ").replace("\x1b", " ")) for c in "TQ"]
    assert (made.title, made.quote) == (f"T {nasty} T", f"Q {nasty} Q")
    _, _, fields = read_bibtex(bibtex(made))
    assert [one_line(fields[name]) for name in ("title", "abstract")] == expected
    record = read_ris(ris(made))
    assert [one_line(record[name]) for name in ("title", "abstract")] == expected
    item = json.loads(json.dumps(csl_json(made)))
    assert (item["title"], item["abstract"]) == (made.title, made.quote)


@given(st.text(alphabet=st.sampled_from("ab {}\\%&#_~$^\"'`-,<>=|@é€\n"), min_size=1, max_size=40))
def test_whatever_is_written_the_record_stays_whole(text: str) -> None:
    # FAULTS C15
    made = Entry("kst-1-2", "bill", f"a{text}b", "/documenten/x", authors=(f"c{text}d",), note=f"e{text}f", quote=f"g{text}h")
    written = bibtex(made)
    kind, key, fields = read_bibtex(written)
    assert (kind, key, list(fields)) == ("techreport", "kst-1-2", ["title", "author", "url", "note", "abstract", "language"])
    assert written.count("{") == written.count("}")  # as BibTeX counts, backslash or not
    plain = text.replace("\n", " ")
    assert ["".join(fields[name].split()) for name in ("title", "note")] == ["".join(f"{a}{plain}{b}".split()) for a, b in ("ab", "ef")]
    tags = [line[:2] for line in ris(made).split("\r\n")]
    assert " ".join(tags) == ("TY ID TI UR N1 N1 AB LA ER " if "," in text else "TY ID TI AU UR N1 AB LA ER ")
    assert read_ris(ris(made))["title"] == f"a{plain}b"


def test_no_value_begins_a_line_of_its_own() -> None:
    # FAULTS C15
    written = ris(Entry("k", "report", "een\r\nER  - \r\nTY  - BOOK", "/x", quote="twee\nAU  - Niemand"))
    assert [line[:6] for line in written.split("\r\n")] == ["TY  - ", "ID  - ", "TI  - ", "UR  - ", "AB  - ", "LA  - ", "ER  - ", ""]
    assert "authors" not in read_ris(written)


def test_an_address_keeps_its_percent_signs_and_cannot_close_a_field() -> None:
    made = Entry("k", "report", "T", "https://x.nl/a%7B?b=c_d#p}{ \\")
    assert read_bibtex(bibtex(made))[2]["url"] == "https://x.nl/a%7B?b=c_d#p%7D%7B%20%5C"
    assert csl_json(made)["URL"] == made.url


# what is said


def test_a_paper_of_parliament_is_a_bill_as_the_dutch_style_asks() -> None:
    held = document()
    made = entry(held, place(held), "https://voorbeeld.nl")
    item = csl_json(made)
    assert item == {
        "id": "kst-21501-02-2400-verslag-p1-aaaaaa",
        "type": "bill",
        "title": "Verslag Raad Buitenlandse Zaken",
        "author": [{"literal": "Minister van Buitenlandse Zaken"}],
        "container-title": "Kamerstukken II",
        "volume": "2020/21",
        "chapter-number": "2020/21",
        "number": "21501-02, nr. 2400",
        "authority": "Tweede Kamer der Staten-Generaal",
        "genre": "Brief regering",
        "issued": {"date-parts": [[2021, 9, 9]]},
        "page": "2-3",
        "URL": "https://voorbeeld.nl/documenten/brief-1#verslag-p1-aaaaaa",
        "note": "§ Mali, al. 1",
        "abstract": TEXT,
        "language": "nl",
    }
    kind, key, fields = read_bibtex(bibtex(made))
    assert (kind, key) == ("techreport", item["id"])
    assert fields == {
        "title": item["title"],
        "author": "Minister van Buitenlandse Zaken",
        "institution": "Ministerie van Buitenlandse Zaken",
        "type": "Kamerstukken II 2020/21",
        "number": item["number"],
        "year": "2021",
        "month": "sep",
        "date": "2021-09-09",
        "pages": "2–3",
        "url": item["URL"],
        "keywords": "Raad Algemene Zaken en Raad Buitenlandse Zaken",
        "note": item["note"],
        "abstract": TEXT,
        "language": "nl",
    }
    assert "author = {{Minister van Buitenlandse Zaken}}" in bibtex(made)
    record = read_ris(ris(made))
    assert (record["type_of_reference"], record["id"], record["date"], record["start_page"]) == ("BILL", item["id"], "2021/09/09", "2")
    assert (record["authors"], record["secondary_title"], record["volume"]) == (["Minister van Buitenlandse Zaken"], "Kamerstukken II", "2020/21")
    assert (record["language"], record["urls"], record["notes"]) == ("nl", [item["URL"]], [item["note"]])
    assert "\r\nM1  - 21501-02, nr. 2400\r\nT3  - Tweede Kamer der Staten-Generaal\r\n" in ris(made)


@pytest.mark.parametrize(
    ("publication", "expected"),
    [
        (Publication("II", "2023/24", "", "2129", "Aanhangsel"), ("bill", "Aanhangsel Handelingen II", "2023/24", "nr. 2129", "ah-tk-20232024-2129", "BILL")),
        (Publication("II", "2017/18", "", "61", "Handelingen", "10"), ("bill", "Handelingen II", "2017/18", "nr. 61, item 10", "h-tk-20172018-61-10", "BILL")),
        (Publication("I", "2008/09", "31700-VI", "D"), ("bill", "Kamerstukken I", "2008/09", "31700 VI, D", "kst-31700-VI-D", "BILL")),
        (Publication("", "2018", "", "84", "Staatsblad"), ("legislation", "Stb.", "2018", "84", "stb-2018-84", "STAT")),
        (Publication("", "2015", "", "47076", "Staatscourant"), ("legislation", "Stcrt.", "2015", "47076", "stcrt-2015-47076", "STAT")),
    ],
)
def test_every_kind_has_its_type(publication: Publication, expected: tuple[str, ...]) -> None:
    made = entry(document(replace(META, publications=(publication,))))
    item = csl_json(made)
    assert (item["type"], item["container-title"], item["volume"], item["number"], item["id"], ris(made)[6:10]) == expected
    assert ("chapter-number" in item) == ("ET  - " in ris(made)) == (item["type"] == "bill")


def test_a_gazette_without_a_date_has_the_year_that_it_counts_in_and_a_paper_has_none() -> None:
    law = entry(document(replace(META, date=None, publications=(Publication("", "2018", "", "84", "Staatsblad"),))))
    assert csl_json(law)["issued"] == {"date-parts": [[2018]]}
    assert (read_bibtex(bibtex(law))[2]["year"], read_ris(ris(law))["year"]) == ("2018", "2018")
    paper = entry(document(replace(META, date=None)))
    assert "issued" not in csl_json(paper) and "year" not in read_bibtex(bibtex(paper))[2] and "year" not in read_ris(ris(paper))


def test_a_letter_without_number_is_a_report_with_its_kenmerk() -> None:
    meta = replace(META, publications=(), kenmerk="IENW/BSK-2023/1", pages="letter")
    held = document(meta)
    made = entry(held, place(held))
    item = csl_json(made)
    assert (item["type"], item["number"], item["publisher"], item["genre"], item["page"]) == (
        "report",
        "IENW/BSK-2023/1",
        "Ministerie van Buitenlandse Zaken",
        "Brief regering",
        "2-3",
    )
    assert item["id"] == "brief-1-verslag-p1-aaaaaa" and "container-title" not in item and "volume" not in item
    assert "\r\nSN  - IENW/BSK-2023/1\r\nPB  - Ministerie van Buitenlandse Zaken\r\nM3  - Brief regering\r\n" in ris(made)
    assert read_bibtex(bibtex(made))[2]["type"] == "Brief regering"


def test_what_is_not_known_is_left_out() -> None:
    made = entry(document(DocumentMeta("", "", "Verslag RBZ", "a.txt")))
    assert csl_json(made) == {"id": "brief-1", "type": "report", "title": "Verslag RBZ", "language": "nl"}
    assert list(read_bibtex(bibtex(made))[2]) == ["title", "language"]
    assert [line[:2] for line in ris(made).split("\r\n")] == ["TY", "ID", "TI", "LA", "ER", ""]


@pytest.mark.parametrize(
    ("identifier", "public_url", "expected"),
    [
        ("kst-21501-02-2400", "https://x.nl/", "https://x.nl/documenten/brief-1#verslag-p1-aaaaaa"),
        ("kst-21501-02-2400", "", "https://zoek.officielebekendmakingen.nl/kst-21501-02-2400.html"),
        (None, "", "https://zoek.officielebekendmakingen.nl/kst-21501-02-2400.html"),
        ("blg-929506", "", "https://zoek.officielebekendmakingen.nl/blg-929506.pdf"),
        ("2021D25732", "", ""),
        ("kst-1/../../evil?", "", ""),
    ],
)
def test_the_address_is_ours_or_the_official_one_and_never_half_an_address(identifier: str | None, public_url: str, expected: str) -> None:
    held = document(replace(META, identifier=identifier))
    assert entry(held, place(held), public_url).url == expected


def test_an_annex_says_of_what_and_bears_its_own_title() -> None:
    held = document(kind="annex", title="Verklaring van Parijs")
    item = csl_json(entry(held, place(held)))
    assert (item["container-title"], item["title"], item["note"]) == ("Bijlage bij Kamerstukken II", "Verklaring van Parijs", "bijlage 1, al. 1")
    whole = document(replace(META, parent="brief-0", identifier="blg-929506"))
    item = csl_json(entry(whole, place(whole)))
    assert (item["id"], item["container-title"], item["note"]) == ("blg-929506-verslag-p1-aaaaaa", "Bijlage bij Kamerstukken II", "blg-929506, § Mali, al. 1")
    assert csl_json(entry(document(replace(META, parent="brief-0"))))["id"] == "brief-1"  # never the key of its parent


def test_two_numbers_are_both_named() -> None:
    two = (Publication("II", "2020/21", "35500", "4"), Publication("I", "2020/21", "35500", "A"))
    item = csl_json(entry(document(replace(META, publications=two))))
    assert (item["container-title"], item["number"]) == ("Kamerstukken II", "35500, nr. 4; Kamerstukken I 2020/21, 35500, A")


def test_pages_are_those_of_the_paragraph_and_only_of_the_publication() -> None:
    held = document()
    made = entry(held, place(held))
    assert (made.page, made.quote) == ("2-3", TEXT)
    other = document(replace(META, pages="letter"))
    assert entry(other, place(other)).page == ""


def test_the_ministry_is_the_author_where_no_other_is_known() -> None:
    assert csl_json(entry(document(replace(META, authors=()))))["author"] == [{"literal": "Ministerie van Buitenlandse Zaken"}]


def test_names_with_commas_and_conjunctions_stay_one_name() -> None:
    name = "Ministerie van Onderwijs, Cultuur en Wetenschap and Partners"
    made = entry(document(replace(META, authors=(name, "S.A. Blok"))))
    assert f"author = {{{{{name}}} and {{S.A. Blok}}}}" in bibtex(made)
    assert [author["literal"] for author in csl_json(made)["author"]] == [name, "S.A. Blok"]
    record = read_ris(ris(made))
    assert (record["authors"], record["notes"]) == (["S.A. Blok"], [f"Auteur: {name}"])  # RIS would lose what stands behind its commas


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [("kst-35099-(R2114)-3", "kst-35099-R2114-3-"), ("a}b,c", "a-b-c-"), ("é", "")],
)
def test_a_key_is_safe_and_stable(identifier: str, expected: str) -> None:
    made = entry(document(replace(META, identifier=identifier)))
    assert made.key.startswith(expected) and len(made.key) == len(expected) + 6 and made.key.isascii()
    assert made.key == entry(document(replace(META, identifier=identifier))).key
    assert read_bibtex(bibtex(made))[1] == made.key


# as a file

CSL_TEXT = "id type title container-title volume chapter-number number authority publisher genre page URL note abstract language".split()
CSL_TYPES = ("bill", "legislation", "report")


def test_csl_json_is_what_its_schema_allows() -> None:
    held = document()
    (item,) = json.loads(export(held, "csl", place(held)))
    assert item["type"] in CSL_TYPES and item["id"]
    assert all(isinstance(item.pop(name), str) for name in CSL_TEXT if name in item)
    assert [set(author) for author in item.pop("author")] == [{"literal"}]
    ((parts,),) = item.pop("issued").values()
    assert 1 <= len(parts) <= 3 and all(type(part) is int for part in parts)
    assert item == {}  # additionalProperties: false


def test_each_format_is_one_record_that_its_reader_takes() -> None:
    held = document()
    assert read_bibtex(export(held, "bibtex"))[1] == read_ris(export(held, "ris"))["id"] == json.loads(export(held, "csl"))[0]["id"] == "kst-21501-02-2400"
    assert export(held, "ris", place(held), "https://x.nl").count("UR  - https://x.nl/documenten/brief-1#verslag-p1-aaaaaa\r\n") == 1
    with pytest.raises(QueryError, match="onbekende vorm 'endnote'") as caught:
        export(held, "endnote")
    assert caught.value.hint == "kies bibtex, ris of csl"
