"""Rounds: letters enter at one end, and the clock stops when the sink has the last one.

Relays take turns, round by round, so that a machine that becomes slower does so for all of them. Each gets as many letters as take
it the same time.
"""

import statistics
from collections.abc import Hashable
from dataclasses import dataclass

from cases import Case
from relays import Relay
from sink import Sink
from usage import Usage

MOST_LETTERS = 60_000


@dataclass(frozen=True)
class Length:
    rounds: int
    seconds: float  # about, of a round; 0 for a single one with few letters, to see whether all works


@dataclass(frozen=True)
class Turn:
    """A relay and what it gets, under the key that its figures are found by."""

    key: Hashable
    relay: Relay
    case: Case


class Figures:
    """What one relay did in one case, over its rounds: medians."""

    def __init__(self):
        self._rates: list[float] = []
        self._usages: list[Usage] = []
        self._p99: list[float] = []
        self._megabytes: list[float] = []

    def add(self, rate: float, usage: Usage, megabytes: float, p99: float | None):
        self._rates.append(rate)
        self._usages.append(usage)
        self._megabytes.append(megabytes)
        if p99 is not None:
            self._p99.append(p99)

    def rate(self) -> float:
        """Letters a second."""
        return statistics.median(self._rates)

    def cpu_millis(self) -> float:
        return statistics.median(usage.cpu_millis for usage in self._usages)

    def written_octets(self) -> float:
        return statistics.median(usage.written_octets for usage in self._usages)

    def switches(self) -> float:
        return statistics.median(usage.switches for usage in self._usages)

    def rss(self) -> float:
        """Megabytes; of each round the most that was seen."""
        return statistics.median(self._megabytes)

    def p99(self) -> float:
        """Within how many ms 99 of 100 replies to the end of data came."""
        return statistics.median(self._p99)


def round_of(relay: Relay, sink: Sink, case: Case, letters: int, figures: Figures | None = None) -> float:
    """Sends so many letters, waits until the sink has them and the relay rests. Returns letters a second."""
    before = relay.meter.read()
    goal = sink.letters() + letters
    with relay.meter.watched():
        start, p99 = relay.send(case, letters)
        seconds = sink.wait_for(goal) - start
        relay.meter.rest()
    if figures is not None:
        figures.add(letters / seconds, relay.meter.read().each(letters, before), relay.meter.most_megabytes, p99)
    return letters / seconds


def measure(turns: list[Turn], sink: Sink, length: Length) -> dict[Hashable, Figures]:
    figures = {turn.key: Figures() for turn in turns}
    letters = {turn.key: max(turn.case.connections, turn.case.pilot()) for turn in turns}
    if length.seconds:
        for turn in turns:
            rate = round_of(turn.relay, sink, turn.case, letters[turn.key])
            letters[turn.key] = max(letters[turn.key], min(MOST_LETTERS, int(rate * length.seconds)))
        for turn in turns:
            # This round makes up for what a case has that those before it didn't: more connections, larger letters.
            round_of(turn.relay, sink, turn.case, letters[turn.key])
    for _ in range(length.rounds):
        for turn in turns:
            round_of(turn.relay, sink, turn.case, letters[turn.key], figures[turn.key])
    return figures


def all_take(case: Case, relays: list[Relay]) -> list[Turn]:
    return [Turn(relay.name, relay, case) for relay in relays]
