"""The same paragraph in several documents (a report in a letter, and as an annex of its own): found once, named everywhere."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rbzqa import dutch
from rbzqa.types import Document, DocumentMeta

Place = tuple[str, str]  # document id, paragraph id
_SHORTEST = 8  # words; shorter ones ("Ja.") are the same by chance


def find(documents: Iterable[Document]) -> Mapping[Place, tuple[Place, ...]]:
    """Paragraphs whose words, case and punctuation aside, are the same.

    Returns:
        For each such paragraph all places, the one that is searched first.
    """
    same: dict[bytes, list[Place]] = defaultdict(list)
    for document in sorted(documents, key=lambda one: _rank(one.meta)):
        for part in document.parts:
            for section in part.sections:
                for paragraph in section.paragraphs:
                    words = dutch.words(document.text[paragraph.start : paragraph.end])
                    if len(words) >= _SHORTEST:
                        same[hashlib.sha256(" ".join(words).encode()).digest()].append((document.id, paragraph.id))
    return {place: tuple(places) for places in same.values() if len({document for document, _ in places}) > 1 for place in places}


def _rank(meta: DocumentMeta) -> tuple[bool, bool, bool]:
    """The letter before its annexes, and what has a number or a kenmerk to cite before what has not."""
    return meta.parent is not None, not meta.publications, meta.kenmerk is None
