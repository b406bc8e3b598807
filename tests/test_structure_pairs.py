"""Questions paired with their answers, and rows with the heads of their table."""

import pytest

from rbzqa.structure import build_document
from rbzqa.types import Block, Document, Mark, Paragraph, Role

from .fakes import letter


def built(*of: Block) -> Document:
    return build_document(of, id="brief", sha256="0" * 64, file="brief.xml", parser="opxml-1")


def head(text: str, role: Role = "text") -> Block:
    return Block("heading", text, level=1, role=role)


def par(text: str, role: Role = "text") -> Block:
    return Block("paragraph", text, role=role)


def paragraphs(document: Document) -> list[Paragraph]:
    return [p for part in document.parts for section in part.sections for p in section.paragraphs]


def pairs(document: Document) -> list[tuple[str, str, list[str]]]:
    """Text, role and context of every paragraph."""
    return [(document.text[p.start : p.end], p.role, [document.text[a:b] for a, b in p.context]) for p in paragraphs(document)]


def context(document: Document, text: str) -> list[str]:
    return next(found for words, _, found in pairs(document) if words == text)


# Questions and answers


def test_answer_has_its_question_for_context() -> None:
    document = built(head("Vraag 1"), par("Bent u?"), par("Zo nee?"), head("Antwoord 1"), par("Ja."), par("Zeker."))
    assert pairs(document) == [
        ("Bent u?", "question", []),
        ("Zo nee?", "question", []),
        ("Ja.", "answer", ["Bent u?", "Zo nee?"]),
        ("Zeker.", "answer", ["Bent u?", "Zo nee?"]),
    ]
    assert [section.path for section in document.parts[0].sections] == [("Vraag 1",), ("Antwoord 1",)]


ASKED = [block for n in range(1, 6) for block in (head(f"Vraag {n}"), par(f"Vraagt {n}?"))]


@pytest.mark.parametrize(
    ("heading", "numbers"),
    [
        ("Antwoord 3, 4 en 5", [3, 4, 5]),
        ("Antwoord 3 en 5", [3, 5]),
        ("Antwoord 1 t/m 3", [1, 2, 3]),
        ("Antwoord 1 tot en met 3", [1, 2, 3]),
        ("Antwoord 2–4", [2, 3, 4]),
        ("Antwoord 1, 3 t/m 5", [1, 3, 4, 5]),
        ("Antwoord op vraag 2", [2]),
        ("Antwoord op de vragen 2 en 3", [2, 3]),
        ("Antwoord vragen 1 en 2:", [1, 2]),
        ("ANTWOORD 4.", [4]),
        ("Antwoorden 4 & 5", [4, 5]),
        ("Antwoord 2 (lid Kaag)", [2]),
        ("Antwoord", [1, 2, 3, 4, 5]),
        ("Antwoord:", [1, 2, 3, 4, 5]),
        ("Antwoord 9", []),
        ("Antwoord 5 en 9", [5]),
    ],
)
def test_heading_of_an_answer_names_its_questions(heading: str, numbers: list[int]) -> None:
    document = built(*ASKED, head(heading), par("Ja."))
    assert pairs(document)[-1] == ("Ja.", "answer", [f"Vraagt {n}?" for n in numbers])


@pytest.mark.parametrize("heading", ["Antwoord op de brief van 3 mei", "Antwoordmodel", "Antwoord 1: Ja, dat klopt", "Vraagstelling", "Toelichting"])
def test_other_heading_answers_nothing(heading: str) -> None:
    assert pairs(built(*ASKED, head(heading), par("Ja.")))[-1] == ("Ja.", "text", [])


def test_several_questions_under_one_heading() -> None:
    document = built(head("Vraag 3, 4 en 5"), par("Drie?"), par("Vier?"), head("Antwoord 4"), par("Ja."))
    assert context(document, "Ja.") == ["Drie?", "Vier?"]


def test_answer_without_number_is_of_the_questions_since_the_last_answer() -> None:
    document = built(
        head("Vraag 1"), par("Een?"), head("Antwoord"), par("Ja."), head("Vraag 2"), par("Twee?"), head("Vraag 3"), par("Drie?"), head("Antwoord"), par("Nee.")
    )
    assert context(document, "Ja.") == ["Een?"]
    assert context(document, "Nee.") == ["Twee?", "Drie?"]


def test_numbers_that_restart_are_those_of_the_nearest_question() -> None:
    document = built(head("Vraag 1"), par("Een?"), head("Antwoord 1"), par("Ja."), head("Vraag 1"), par("Opnieuw?"), head("Antwoord 1"), par("Nee."))
    assert context(document, "Nee.") == ["Opnieuw?"]


def test_questions_of_a_part_are_not_answered_in_another() -> None:
    document = built(head("Vraag 1"), par("Een?"), head("Antwoord 1"), par("Ja."), head("Bijlage 1"), par("Tekst."), head("Antwoord 1"), par("Nee."))
    assert context(document, "Tekst.") == context(document, "Nee.") == []


def test_first_question_of_an_annex_is_known_there() -> None:
    document = built(par("Brief."), head("Bijlage 1", role="text"), par("Over de vragen."), head("Vraag 1"), par("Een?"), head("Antwoord 1"), par("Ja."))
    assert context(document, "Ja.") == ["Een?"]


def test_other_heading_ends_an_answer_and_one_of_the_format_does_not() -> None:
    plain = built(*ASKED, head("Antwoord 1"), par("Ja."), head("Toelichting"), par("Meer."))
    assert pairs(plain)[-1] == ("Meer.", "text", [])
    known = built(*ASKED, head("Antwoord 1"), par("Ja."), head("Toelichting", role="answer"), par("Meer.", role="answer"))
    assert pairs(known)[-1] == ("Meer.", "answer", ["Vraagt 1?"])


def test_footnote_of_a_question_is_no_question() -> None:
    asked = Block("paragraph", "Bent u bekend met het bericht?", marks=(Mark(30, "1"),))
    document = built(head("Vraag 1"), asked, Block("footnote", "AD, 3 mei 2021.", label="1"), head("Antwoord 1"), par("Ja."))
    assert pairs(document) == [("Bent u bekend met het bericht?", "question", []), ("Ja.", "answer", ["Bent u bekend met het bericht?"])]
    assert len(paragraphs(document)[0].footnotes) == 1


def test_roles_of_the_format_with_the_number_alone() -> None:
    document = built(
        par("1", "question"), par("Een?", "question"), par("2.", "question"), par("Twee?", "question"), par("1 en 2", "answer"), par("Ja.", "answer")
    )
    assert pairs(document) == [("Een?", "question", []), ("Twee?", "question", []), ("Ja.", "answer", ["Een?", "Twee?"])]
    assert [section.path for section in document.parts[0].sections] == [("1",), ("2.",), ("1 en 2",)]


def test_roles_of_the_format_without_headings() -> None:
    document = built(par("1 Een?", "question"), par("2 Twee?", "question"), par("1 Ja.", "answer"), par("2 Nee.", "answer"), par("Slot."))
    assert pairs(document)[2:] == [("1 Ja.", "answer", ["1 Een?"]), ("2 Nee.", "answer", ["2 Twee?"]), ("Slot.", "text", [])]
    plain = built(par("Een?", "question"), par("Zo ja?", "question"), par("Ja.", "answer"), par("Zeker.", "answer"))
    assert [found for _, _, found in pairs(plain)] == [[], [], ["Een?", "Zo ja?"], ["Een?", "Zo ja?"]]


def test_questions_in_a_plain_text() -> None:
    document = letter(
        "vragen", "Vraag 1\n\nBent u bekend met het bericht?\n\nAntwoord vraag 1:\n\nJa, dat is bekend.\n\nVraag 2\n\nEn nu?\n\nAntwoord\n\nNiets."
    )
    assert [(role, found) for _, role, found in pairs(document)] == [
        ("question", []),
        ("answer", ["Bent u bekend met het bericht?"]),
        ("question", []),
        ("answer", ["En nu?"]),
    ]


def test_word_answer_alone_makes_no_heading_of_a_paragraph() -> None:
    assert pairs(built(par("Antwoord:"), par("Ja."))) == [("Antwoord:", "text", []), ("Ja.", "text", [])]


def test_question_headings_do_not_nest() -> None:
    document = built(head("Lijst van vragen"), head("Vraag 1"), head("Antwoord 1"), par("Ja."), head("Vraag 2"), par("Twee?"))
    assert [section.path for section in document.parts[0].sections] == [("Antwoord 1",), ("Vraag 2",)]
    document = built(head("Lijst van vragen"), head("Vraag 1"), par("Een?"), head("Antwoord 1"), head("Mali"), par("Tekst."))
    assert [section.path for section in document.parts[0].sections] == [("Vraag 1",), ("Mali",)]


@pytest.mark.parametrize("numbers", ["1 t/m 9999", "5 t/m 1", "9999"])
def test_absurd_range_costs_nothing(numbers: str) -> None:
    assert pairs(built(*ASKED, head(f"Antwoord {numbers}"), par("Ja.")))[-1][1] == "answer"


# Tables


def test_heads_are_text_and_context_of_their_rows_but_no_paragraph() -> None:
    document = built(par("Tabel 1 Steun", "heads"), par("Land\tJaar", "heads"), par("Mali\t2020", "row"), par("Niger\t2021", "row"), par("Daarna."))
    assert pairs(document) == [
        ("Mali\t2020", "row", ["Tabel 1 Steun", "Land\tJaar"]),
        ("Niger\t2021", "row", ["Tabel 1 Steun", "Land\tJaar"]),
        ("Daarna.", "text", []),
    ]
    assert "Land\tJaar" in document.text
    assert [p.number for p in paragraphs(document)] == [1, 2, 3]


def test_heads_end_with_their_table() -> None:
    document = built(par("A", "heads"), par("1", "row"), par("Tekst."), par("2", "row"), par("B", "heads"), par("3", "row"), par("C", "heads"), par("4", "row"))
    assert [found for _, _, found in pairs(document)] == [["A"], [], [], ["B"], ["C"]]


def test_footnote_in_a_table_does_not_end_it() -> None:
    document = built(par("A", "heads"), Block("paragraph", "1", role="row", marks=(Mark(1, "a"),)), Block("footnote", "Raming.", label="a"), par("2", "row"))
    assert [found for _, _, found in pairs(document)] == [["A"], ["A"]]
    assert document.text[slice(*next((n.start, n.end) for n in paragraphs(document)[0].footnotes))] == "Raming."


def test_row_of_an_answer_has_its_question_too() -> None:
    document = built(*ASKED, head("Antwoord 1"), par("Land", "heads"), par("Mali", "row"), par("Ja."))
    assert pairs(document)[-2:] == [("Mali", "row", ["Vraagt 1?", "Land"]), ("Ja.", "answer", ["Vraagt 1?"])]


def test_context_is_bounded_and_its_spans_are_exact() -> None:
    document = built(head("Vraag 1"), *(par(f"Vraag {n}x?") for n in range(100)), head("Antwoord 1"), par("Ja."))
    assert context(document, "Ja.") == [f"Vraag {n}x?" for n in range(40)]


def test_numbered_questions_above_bare_answers_are_questions() -> None:
    blocks = [
        Block("paragraph", "Hierbij beantwoord ik de vragen van het lid X."),
        Block("paragraph", "1. Bent u bekend met het bericht? Zo ja, wat vindt u ervan?"),
        Block("heading", "Antwoord", level=1),
        Block("paragraph", "Ja. Wat moet gebeuren:"),
        Block("paragraph", "1. de opvang verbeteren."),
        Block("paragraph", "2. Hoeveel kost dat?"),
        Block("paragraph", "En wie betaalt dat?"),
        Block("heading", "Antwoord", level=1),
        Block("paragraph", "Tien miljoen euro."),
    ]
    document = build_document(blocks, id="x", sha256="0" * 64, file="x", parser="docx-1")
    found = [p for part in document.parts for section in part.sections for p in section.paragraphs]
    assert [p.role for p in found] == ["text", "question", "answer", "answer", "question", "question", "answer"]
    assert [document.text[start:end] for start, end in found[-1].context] == ["2. Hoeveel kost dat?", "En wie betaalt dat?"]
    assert [document.text[start:end] for start, end in found[2].context] == [document.text[found[1].start : found[1].end]]


# Lists of questions: a number alone, the question, "Antwoord"


def listed(n: int, *, bold: bool) -> list[Block]:
    question = Block("heading" if bold else "paragraph", f"Wat kost programma {n}?", 1, 2 if bold else 0)
    return [Block("paragraph", str(n), 1), question, Block("heading", "Antwoord", 1, 1), Block("paragraph", f"Dat kost {n} euro.", 1)]


def roles(*of: Block) -> list[tuple[str, str]]:
    document = built(*of)
    return [(document.text[p.start : p.end], p.role) for part in document.parts for section in part.sections for p in section.paragraphs]


@pytest.mark.parametrize("bold", [False, True])
def test_number_alone_opens_a_question(bold: bool) -> None:
    assert roles(Block("paragraph", "Inleiding.", 1), *listed(1, bold=bold), *listed(2, bold=bold)) == [
        ("Inleiding.", "text"),
        ("Wat kost programma 1?", "question"),
        ("Dat kost 1 euro.", "answer"),
        ("Wat kost programma 2?", "question"),
        ("Dat kost 2 euro.", "answer"),
    ]


def test_answers_of_a_list_have_their_question_as_context() -> None:
    document = built(*listed(1, bold=True), *listed(2, bold=False))
    answers = [one for part in document.parts for section in part.sections for one in section.paragraphs if one.role == "answer"]
    assert [[document.text[slice(*span)] for span in one.context] for one in answers] == [["Wat kost programma 1?"], ["Wat kost programma 2?"]]


@pytest.mark.parametrize(
    "blocks",
    [
        listed(1, bold=False),
        [*listed(1, bold=False), *listed(7, bold=False)],
        [one for n in (1, 2) for one in listed(n, bold=False) if one.text != "Antwoord"],
    ],
)
def test_numbers_that_do_not_count_or_have_no_answers_open_nothing(blocks: list[Block]) -> None:
    assert not any(role == "question" for _, role in roles(*blocks))


def test_heading_behind_an_answer_ends_it() -> None:
    found = roles(*listed(1, bold=False), *listed(2, bold=False), Block("heading", "Toelichting op de lijst", level=1), Block("paragraph", "Tekst.", 1))
    assert found[-1] == ("Tekst.", "text")


def test_several_questions_may_have_one_number_line() -> None:
    blocks = [*listed(1, bold=False), *listed(2, bold=False), *listed(4, bold=False)]
    blocks[4] = Block("paragraph", "2 en 3", 1)
    assert [role for _, role in roles(*blocks)] == ["question", "answer"] * 3
