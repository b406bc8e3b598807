"""Long text -> pieces of whole sentences, with langchain-text-splitters; nothing is lost."""

from collections.abc import Callable
from itertools import pairwise

from langchain_text_splitters import RecursiveCharacterTextSplitter, TextSplitter

from rbzqa.sentences import sentence_spans

_CLAUSES = ("; ", ": ", ", ", " ", "")


class SentenceSplitter(TextSplitter):
    """Merges whole sentences up to the limit; only a sentence over the limit is cut, at clauses."""

    def __init__(self, count: Callable[[str], int], limit: int) -> None:
        def length(text: str) -> int:  # langchain repeats a piece of length 0, as white space may be
            return max(1, count(text)) if text else 0

        super().__init__(chunk_size=limit, chunk_overlap=0, length_function=length, strip_whitespace=False)
        self._limit = limit
        self._clauses = RecursiveCharacterTextSplitter(
            separators=list(_CLAUSES), keep_separator="end", chunk_size=limit, chunk_overlap=0, length_function=length, strip_whitespace=False
        )

    def split_text(self, text: str) -> list[str]:
        """Pieces of ``text`` that joined give it back."""
        starts = [0, *(start for start, _ in sentence_spans(text)[1:]), len(text)]
        sentences = [text[a:b] for a, b in pairwise(starts)]
        pieces = [piece for sentence in sentences for piece in self._fit(sentence)]
        return self._merge_splits(pieces, "")

    def _fit(self, sentence: str) -> list[str]:
        return [sentence] if self._length_function(sentence) <= self._limit else self._clauses.split_text(sentence)
