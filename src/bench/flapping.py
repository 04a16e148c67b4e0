"""When upstreams are in which mood.

The first retry of a letter comes after a minute, a tenth more or less: the times between troubles are such that it doesn't meet the
next one. Each lies between two samples.
"""

from collections.abc import Iterator
from dataclasses import dataclass

MOODS = ["refuse", "busy", "defer", "cut", "mute"]
FIRST, EVERY, LASTS = 20.5, 45, 4
DOWN_FIRST, DOWN_EVERY, DOWN_LASTS = 60.5, 360, 90


@dataclass(frozen=True, order=True)
class Change:
    """From that second on."""

    at: float
    upstream: str
    mood: str


def changes(seconds: float) -> list[Change]:
    """Of both upstreams; each is well again before the end."""
    return sorted([*_sink(seconds), *_later(seconds)])


def _sink(seconds: float) -> Iterator[Change]:
    for number in range(int((seconds - FIRST - LASTS) // EVERY) + 1):
        start = FIRST + number * EVERY
        yield Change(start, "sink", MOODS[number % len(MOODS)])
        yield Change(start + LASTS, "sink", "take")


def _later(seconds: float) -> Iterator[Change]:
    for number in range(int((seconds - DOWN_FIRST) // DOWN_EVERY) + 1):
        start = DOWN_FIRST + number * DOWN_EVERY
        yield Change(start, "later", "refuse")
        yield Change(min(start + DOWN_LASTS, seconds), "later", "full")
