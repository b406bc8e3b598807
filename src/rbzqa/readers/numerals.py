"""Numbers as Word and browsers write them before the items of a list."""

_ROMAN = tuple(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split(), strict=True))


def in_form(number: int, form: str) -> str:
    """A number as a w:numFmt writes it; forms that are not known are decimal."""
    if form == "none":
        return ""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return text.upper() if form == "upperLetter" else text
    if form in ("lowerRoman", "upperRoman") and number > 0:
        text = "".join(_romans(number))
        return text.upper() if form == "upperRoman" else text
    return f"{number:02}" if form == "decimalZero" else str(number)


def _romans(number: int) -> list[str]:
    out = []
    for value, letters in _ROMAN:
        out.append(letters * (number // value))
        number %= value
    return out
