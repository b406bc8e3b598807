"""PDFium -> rules: the horizontal lines that a page draws, under headings and between the rows of tables."""

import ctypes
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import pypdfium2
import pypdfium2.raw as raw

_THIN = 2.5  # points
_SHORT = 3.0  # points
_MOST = 0.6  # of the width of an underlined text: descenders interrupt its rule
_MAX_OBJECTS = 50_000  # of one page: more are a drawing
_MAX_RULES = 5_000  # the same
_MAX_SEGMENTS = 400  # of one path: more are a drawing


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line from ``x0`` to ``x1`` at height ``y``, in points from below."""

    x0: float
    x1: float
    y: float


def read_rules(page: pypdfium2.PdfPage) -> list[Rule]:
    """The horizontal lines of a page, also the sides of the boxes on it, from below; none of a page that is drawn full."""
    count = raw.FPDFPage_CountObjects(page)
    if count > _MAX_OBJECTS:
        return []
    left, bottom, _, _ = page.get_mediabox()
    objects = (raw.FPDFPage_GetObject(page, n) for n in range(count))
    found = (
        Rule(x0 - left, x1 - left, y - bottom)
        for each in objects
        if each and raw.FPDFPageObj_GetType(each) == raw.FPDF_PAGEOBJ_PATH and _is_drawn(each)
        for x0, x1, y in _lines(each)
        if x1 - x0 > _SHORT
    )
    rules = list(islice(found, _MAX_RULES + 1))
    return sorted(rules, key=lambda rule: rule.y) if len(rules) <= _MAX_RULES else []


def is_underlined(rules: Sequence[Rule], x0: float, x1: float, y: float, size: float) -> bool:
    """Whether rules close below a baseline run from ``x0`` to ``x1``, and no further; ``rules`` are in order of height."""
    low, high = (bisect_left(rules, at, key=lambda rule: rule.y) for at in (y - 0.3 * size, y - 0.02 * size))
    below = [rule for rule in rules[low:high] if x0 - size / 2 < rule.x0 and rule.x1 < x1 + size / 2]
    return bool(below) and covered(below, x0, x1) > _MOST * (x1 - x0)


def covered(rules: Iterable[Rule], x0: float, x1: float) -> float:
    """How much of the stretch from ``x0`` to ``x1`` the rules cover, in points."""
    at, out = x0, 0.0
    for rule in sorted(rules, key=lambda rule: rule.x0):
        end = min(rule.x1, x1)
        out += max(0.0, end - max(rule.x0, at))
        at = max(at, end)
    return out


def _is_drawn(path: object) -> bool:
    fill, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(fill.value or stroke.value)


def _lines(path: object) -> Iterator[tuple[float, float, float]]:
    """The horizontal lines of one path: what is thin is one, the sides of a box are two."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(path, *map(ctypes.byref, sides)):
        return
    x0, y0, x1, y1 = (side.value for side in sides)
    if y1 - y0 <= _THIN:
        yield x0, x1, (y0 + y1) / 2
        return
    count = raw.FPDFPath_CountSegments(path)
    if not 1 < count <= _MAX_SEGMENTS:
        return
    points = _points(path, count)
    for (x, y, _), (to_x, to_y, kind) in pairwise(points):
        if kind == raw.FPDF_SEGMENT_LINETO and abs(y - to_y) < 0.5:
            yield min(x, to_x), max(x, to_x), y


def _points(path: object, count: int) -> Sequence[tuple[float, float, int]]:
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    out = []
    for n in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, n)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        across, along = matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
        out.append((across, along, raw.FPDFPathSegment_GetType(segment)))
    return out
