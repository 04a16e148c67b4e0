"""Measures what a letter costs as the queue gets deeper and the offices more; started by growth.sh, which says how.

All relays of a table run, and one at a time is loaded, as in rounds.py.
"""

import argparse
import contextlib
import statistics
from collections.abc import Callable

from cases import OFFICES, WAYS, Case
from grown import Deep, Grown, Wide
from machine import machine
from rounds import Figures, Length, all_take, measure, round_of
from sink import Sink
from tables import line, table

LOAD = ["letters/s", "of the first", "CPU, ms/letter", "RSS, MB", "start, s"]


def load(relay: Grown, found: dict[str, Figures]) -> list[str]:
    """The cells below LOAD."""
    figures, first = found[relay.name], next(iter(found.values()))
    return [f"{figures.rate():,.0f}", f"{figures.rate() / first.rate():.2f}", f"{figures.cpu_millis():.2f}",
            f"{figures.rss():.0f}", f"{relay.start_seconds:.1f}"]


def depths(relays: list[Deep], found: dict[str, Figures], rounds: int):
    table(["letters waiting"] + LOAD + ["bytes of database, each", "`queue list --limit 100`, s", "by a recipient that none has, s",
                                        "all of `queue list`, s"])
    for relay in relays:
        line([f"{relay.depth:,}"] + load(relay, found)
             + [f"{relay.bytes_per_letter:,.0f}" if relay.depth else ""]
             + [median(lambda: relay.seconds_for("queue", "list", *options), rounds)
                for options in (["--limit", "100"], ["--limit", "100", "--recipient", "nobody@slow.example"], ["--limit", str(relay.depth + 1)])])


def offices(relays: list[Wide], found: dict[str, Figures], rounds: int):
    table(["offices"] + LOAD + ["first letter of a new office, ms", "its second, ms", "`explain`, s"])
    for relay in relays:
        line([f"{len(relay.offices):,}"] + load(relay, found)
             + [f"{millis:.1f}" for millis in relay.millis_of_new_offices(OFFICES)]
             + [median(relay.explain_seconds, rounds)])


def median(seconds: Callable[[], float], rounds: int) -> str:
    return f"{statistics.median(seconds() for _ in range(rounds)):.1f}"


def side_by_side(relays: list[Grown], case: Case, sink: Sink, write, length: Length):
    with contextlib.ExitStack() as ends:
        for relay in relays:
            ends.callback(relay.stop)
            relay.start()
            round_of(relay, sink, case, relay.letters_until_warm)
        found = measure(all_take(case, relays), sink, length)
        write(relays, found, length.rounds)


def numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",") if number]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--depths", type=numbers, default="0,10000,100000,1000000", help="letters that wait; '' = no such table")
    arguments.add_argument("--offices", type=numbers, default="1,100,10000", help="offices; '' = no such table")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--seconds", type=float, default=3, help="about how long a round takes")
    options = arguments.parse_args()
    length = Length(options.rounds, options.seconds)

    print(machine(), flush=True)
    with Sink() as sink:
        if options.depths:
            side_by_side([Deep(sink.port, depth) for depth in options.depths], WAYS, sink, depths, length)
        if options.offices:
            side_by_side([Wide(sink.port, count) for count in options.offices], OFFICES, sink, offices, length)


if __name__ == "__main__":
    main()
