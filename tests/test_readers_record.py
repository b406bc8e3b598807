"""metadata.xml and SRU records -> facts: what each form states, and what is refused."""

import pytest

from rbzqa.errors import SourceError
from rbzqa.metadata import FACTS
from rbzqa.readers import RECORD, media_type, read
from rbzqa.readers.record import read_record

from .conftest import REPOSITORY
from .timing import is_linear

DOCS = REPOSITORY.parent / "shared" / "data" / "docs" / "xml"
needs_docs = pytest.mark.skipif(not DOCS.is_dir(), reason="shared/data/docs is not in this checkout")

LETTER = [
    ("DC.identifier", "OVERHEIDop.ParlID", "kst-99501-02-77"),
    ("DC.title", "", "Raad Visserij en Raad Havens; Brief regering; Verslag Raad Visserij van 3 maart 2025"),
    ("DC.type", "OVERHEIDop.Parlementair", "Kamerstuk"),
    ("DC.type", "OVERHEID.Informatietype", "officiële publicatie"),
    ("DC.creator", "OVERHEID.StatenGeneraal", "Tweede Kamer der Staten-Generaal"),
    ("DC.creator", "OVERHEID.Ministerie", "Ministerie van Havens"),
    ("OVERHEIDop.publicationName", "", "Kamerstuk"),
    ("OVERHEIDop.vergaderjaar", "", "2024-2025"),
    ("OVERHEIDop.dossiernummer", "", "99501-02"),
    ("OVERHEIDop.dossiernummer", "", "99800-XIV"),
    ("OVERHEIDop.ondernummer", "", "77"),
    ("OVERHEIDop.indiener", "", "P. de Vries"),
    ("OVERHEIDop.bijlage", "", "blg-1000001"),
    ("OVERHEIDop.bijlage", "", "blg-1000002"),
    ("DCTERMS.issued", "DCTERMS.W3CDTF", "2025-03-04"),
    ("DCTERMS.available", "DCTERMS.W3CDTF", "2025-03-11"),
    ("DCTERMS.language", "DCTERMS.RFC4646", "nl"),
]


def metadata(*entries: tuple[str, str, str], inner: str = "") -> bytes:
    lines = "".join(f'<metadata name="{name}" scheme="{scheme}" content="{content}" />\n' for name, scheme, content in entries)
    return f"<metadata_gegevens>\n{lines}{inner}</metadata_gegevens>".encode()


def facts(data: bytes) -> list[tuple[str, str]]:
    blocks = read_record(data)
    assert all(block.kind == "fact" and block.label in FACTS and block.text for block in blocks)
    return [(block.label, block.text) for block in blocks]


def stated(data: bytes, label: str) -> list[str]:
    return [text for name, text in facts(data) if name == label]


def without(*names: str) -> list[tuple[str, str, str]]:
    return [entry for entry in LETTER if entry[0] not in names]


def refusal(data: bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read_record(data)
    assert "\n" not in caught.value.message and caught.value.hint
    return caught.value


def test_a_letter_states_all_of_it_once() -> None:
    assert sorted(facts(metadata(*LETTER, *LETTER))) == [
        ("annex", "blg-1000001"),
        ("annex", "blg-1000002"),
        ("author", "P. de Vries"),
        ("chamber", "Tweede Kamer der Staten-Generaal"),
        ("date", "2025-03-04"),
        ("dossier", "99501-02"),
        ("dossier", "99800-XIV"),
        ("dossier_title", "Raad Visserij en Raad Havens"),
        ("identifier", "kst-99501-02-77"),
        ("kind", "Brief regering"),
        ("kind", "Kamerstuk"),
        ("ministry", "Ministerie van Havens"),
        ("number", "77"),
        ("publication", "Kamerstuk"),
        ("session", "2024-2025"),
        ("title", "Verslag Raad Visserij van 3 maart 2025"),
    ]


def test_repeated_names_keep_their_order() -> None:
    assert stated(metadata(*LETTER), "dossier") == ["99501-02", "99800-XIV"]
    assert stated(metadata(*LETTER), "kind") == ["Brief regering", "Kamerstuk"]


def test_the_title_of_the_piece_is_that_of_documenttitel() -> None:
    data = metadata(*LETTER, ("OVERHEIDop.documenttitel", "", "Verslag van de Raad"), ("OVERHEIDop.dossiertitel", "", "Raden"))
    assert (stated(data, "title"), stated(data, "dossier_title")) == (["Verslag van de Raad"], ["Raden"])


@pytest.mark.parametrize("title", ["Vis; Motie", "Wet a; wet b; Motie; Motie Visser", "Vis", "a;;b"])
def test_a_title_that_is_not_in_three_pieces_is_not_taken_apart(title: str) -> None:
    data = metadata(("DC.identifier", "", "kst-99501-5"), ("DC.title", "", title))
    assert facts(data) == [("identifier", "kst-99501-5"), ("title", title)]


def test_only_a_title_in_a_dossier_is_taken_apart() -> None:
    assert stated(metadata(("DC.identifier", "", "gmb-2024-1"), ("DC.title", "", "Straat 1; kap; boom")), "title") == ["Straat 1; kap; boom"]
    assert stated(metadata(("OVERHEIDop.dossiernummer", "", "99501"), ("DC.title", "", "Vis; Motie; Over haring")), "title") == ["Over haring"]


def test_the_date_is_that_of_issue_and_else_of_the_meeting_or_of_availability() -> None:
    assert stated(metadata(*without("DCTERMS.issued")), "date") == ["2025-03-11"]
    assert stated(metadata(*without("DCTERMS.issued"), ("OVERHEIDop.datumVergadering", "", "2025-01-16")), "date") == ["2025-01-16"]
    assert stated(metadata(("DCTERMS.available", "", "2025-03-11"), ("DCTERMS.issued", "", "2025-03-04")), "date") == ["2025-03-04"]


@pytest.mark.parametrize(
    ("scheme", "content", "expected"),
    [
        ("OVERHEID.Staten-Generaal", "Eerste Kamer der Staten-Generaal", ("chamber", "Eerste Kamer der Staten-Generaal")),
        ("", "Tweede Kamer der Staten-Generaal", ("chamber", "Tweede Kamer der Staten-Generaal")),
        ("OVERHEID.Ministerie", "Ministerie van Havens", ("ministry", "Ministerie van Havens")),
    ],
)
def test_a_creator_is_a_chamber_or_a_ministry(scheme: str, content: str, expected: tuple[str, str]) -> None:
    assert facts(metadata(("DC.creator", scheme, content))) == [expected]


def test_a_municipality_is_neither() -> None:
    assert "is niet" not in refusal(metadata(("DC.creator", "OVERHEID.Gemeente", "Urk"))).message


def test_the_narrower_kind_comes_first() -> None:
    data = metadata(("DC.type", "OVERHEIDop.Parlementair", "Kamerstuk"), ("DC.type", "OVERHEIDop.KamerstukTypen", "Motie"))
    assert stated(data, "kind") == ["Motie", "Kamerstuk"]


def test_an_annex_names_its_parent_and_kenmerk() -> None:
    data = metadata(("OVERHEIDop.hoofddocument", "", "kst-99501-02-77"), ("OVERHEIDop.kenmerk", "", "BZ-2025-1"))
    assert facts(data) == [("parent", "kst-99501-02-77"), ("kenmerk", "BZ-2025-1")]


def test_empty_content_is_no_fact_and_nested_entries_are_read() -> None:
    inner = '<metadata name="OVERHEIDop.gebiedsmarkering" content="Adres"><metadata name="OVERHEIDop.jaargang" content=" 2024 " /></metadata>'
    data = metadata(("DC.identifier", "", ""), ("OVERHEIDop.kenmerk", "", "  "), inner=inner)
    assert facts(data) == [("session", "2024")]


def test_the_numbers_of_handelingen_and_aanhangsel() -> None:
    data = metadata(("OVERHEIDop.publicationIssue", "", "42"), ("OVERHEIDop.handelingenItemNummer", "", "4"))
    assert facts(data) == [("number", "42"), ("item", "4")]
    assert facts(metadata(("OVERHEIDop.aanhangselNummer", "", "4046"), ("OVERHEIDop.publicationIssue", "", "1"))) == [("number", "4046")]


RECORD_OF_A_MOTION = (
    "<gzd:gzd><gzd:originalData><o:meta><o:owmskern><d:identifier>kst-99800-IX-40</d:identifier><d:title>Begroting; Motie</d:title>"
    "<d:type>Kamerstuk</d:type><d:creator>Tweede Kamer der Staten-Generaal</d:creator><d:modified>2026-10-02</d:modified></o:owmskern>"
    "<o:owmsmantel><d:available>2026-10-02</d:available><d:date>2026-10-01</d:date></o:owmsmantel>"
    "<o:tpmeta><o:documenttitel>Motie Visser\n over haring</o:documenttitel><o:indiener>A. Visser</o:indiener><o:indiener>B. Bot</o:indiener>"
    "<o:ondernummer>40</o:ondernummer><o:publicatienaam>Kamerstuk</o:publicatienaam><o:vergaderjaar>2026-2027</o:vergaderjaar>"
    "<o:dossiernummer>99800-IX</o:dossiernummer><o:subrubriek>Motie</o:subrubriek></o:tpmeta></o:meta></gzd:originalData>"
    "<gzd:enrichedData><gzd:title>geen feit</gzd:title></gzd:enrichedData></gzd:gzd>"
)
SPACES = 'xmlns:sru="http://docs.oasis-open.org/ns/search-ws/sruResponse" xmlns:gzd="urn:g" xmlns:o="urn:o" xmlns:d="http://purl.org/dc/terms/"'


def response(*records: str) -> bytes:
    inner = "".join(f"<sru:record><sru:recordData>{record}</sru:recordData></sru:record>" for record in records)
    return f"<sru:searchRetrieveResponse {SPACES}><sru:records>{inner}</sru:records></sru:searchRetrieveResponse>".encode()


def test_a_record_of_the_search_service_states_the_same() -> None:
    assert sorted(facts(response(RECORD_OF_A_MOTION))) == [
        ("author", "A. Visser"),
        ("author", "B. Bot"),
        ("chamber", "Tweede Kamer der Staten-Generaal"),
        ("date", "2026-10-01"),
        ("dossier", "99800-IX"),
        ("identifier", "kst-99800-IX-40"),
        ("kind", "Kamerstuk"),
        ("kind", "Motie"),
        ("number", "40"),
        ("publication", "Kamerstuk"),
        ("session", "2026-2027"),
        ("title", "Motie Visser over haring"),
    ]


def test_a_bare_record_is_read_as_well() -> None:
    assert media_type(response(RECORD_OF_A_MOTION)) == RECORD
    bare = RECORD_OF_A_MOTION.replace("<gzd:gzd>", f"<gzd:gzd {SPACES}>", 1).encode()
    assert facts(bare) == facts(response(RECORD_OF_A_MOTION))
    assert read(bare) == (read_record(bare), "record-1")


@pytest.mark.parametrize("n", [0, 2, 3])
def test_none_or_several_records_are_refused(n: int) -> None:
    assert f"{n} records" in refusal(response(*[RECORD_OF_A_MOTION] * n)).message


@pytest.mark.parametrize("data", [b"", b"<metadata_gegevens/>", b"<metadata_gegevens>", metadata(("DCTERMS.language", "", "nl"))])
def test_what_states_nothing_is_refused(data: bytes) -> None:  # FAULTS A1
    refusal(data)


def test_entities_are_refused() -> None:  # FAULTS A19
    refused = refusal(b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><metadata_gegevens><metadata name="DC.title" content="a"/></metadata_gegevens>')
    assert "entiteiten" in refused.message


def test_content_is_canonical() -> None:  # FAULTS A5 A10
    assert facts(metadata(("DC.title", "", "cafe\u0301  op\r\nUrk"))) == [("title", "café op Urk")]


def test_time_is_linear() -> None:  # FAULTS A9
    def made(n: int) -> bytes:
        return metadata(*[("OVERHEIDop.indiener", "", f"P. {k}") for k in range(n)], *[("DC.type", "x", "y"), ("DC.title", "", "; " * n)])

    assert is_linear(made, read_record, 5_000)


@needs_docs
def test_the_samples() -> None:
    assert dict(facts((DOCS / "metadata-gmb.xml").read_bytes())) == {
        "publication": "Gemeenteblad",
        "identifier": "gmb-2024-216934",
        "session": "2024",
        "number": "216934",
        "date": "2024-05-17",
        "title": "Kennisgeving melding incidentele festiviteit op grond van de Algemene Plaatselijke Verordening, Hogeweg 15 in Yerseke",
    }
    assert dict(facts((DOCS / "sru-record.xml").read_bytes())) == {
        "publication": "Gemeenteblad",
        "identifier": "gmb-2023-174296",
        "session": "2023",
        "number": "174296",
        "date": "2023-04-20",
        "title": "Ingekomen melding, Frater Romboutsstraat 42 5571KZ Bergeijk, verwijderen van asbest van het dak",
    }
