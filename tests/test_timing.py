"""The measure of linear time tells a square law, or it is worth nothing."""

from .timing import is_linear


def fill(n: int) -> None:
    for _ in range(n):
        [0] * n


def test_a_square_law_is_not_linear_and_a_straight_line_is() -> None:
    assert not is_linear(lambda n: n, fill, 5_000)
    assert is_linear(lambda n: n, lambda n: [0] * (200 * n), 5_000)
