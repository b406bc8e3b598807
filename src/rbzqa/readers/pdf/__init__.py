"""PDF -> blocks: glyphs, lines, layout, footnotes, tables and paragraphs, each in a module of its own."""

from rbzqa.readers.pdf.reader import read_pdf

__all__ = ["read_pdf"]
