"""Linear time, told from a square law without a stopwatch: in processor time, and by a ratio."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def is_linear(make: Callable[[int], T], work: Callable[[T], object], n: int) -> bool:
    """Whether ``work`` takes less than eight times as long on ``make(4 * n)`` as on ``make(n)``; a square law gives sixteen.

    One of five tries is enough: a busy machine adds time, and never takes any away.
    """
    small, large = make(n), make(4 * n)
    return any(_seconds(work, large) < 8 * max(_seconds(work, small), 0.01) for _ in range(5))


def _seconds(work: Callable[[T], object], what: T) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        work(what)
        times.append(time.process_time() - start)
    return min(times)
