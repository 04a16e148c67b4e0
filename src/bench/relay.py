"""Measures relays side by side; started by relay.sh, which says how.

A round is: letters enter at one end, the clock stops when the sink has the last one. Relays take turns, round by round, so that a
machine that becomes slower does so for all of them. Each gets as many letters as take it the same time. Medians are printed.
"""

import argparse
import contextlib
import statistics
import subprocess

from cases import CASES, CROWD, SECURED, WAYS, Case
from machine import machine
from relays import (
    CompactFacteur, Facteur, Forwarder, Haraka, NoRelay, ParallelFacteur, PassThroughFacteur, Postfix, Relay, RoomySerialFacteur,
    SerialFacteur, SigningFacteur)
from sink import Sink

MOST_LETTERS = 60_000


class Figures:
    """What one relay did in one case, over its rounds."""

    def __init__(self):
        self.rates = []
        self.cpu_millis = []
        self.rss = 0
        self.p99 = []

    def rate(self):
        return statistics.median(self.rates)


def round_of(relay: Relay, sink: Sink, case: Case, letters: int, figures: Figures | None):
    """Sends so many letters and waits until the sink has them. Returns letters a second."""
    before = relay.cpu_seconds()
    goal = sink.letters() + letters
    start, p99 = relay.send(case, letters)
    seconds = sink.wait_for(goal) - start
    if figures is not None:
        figures.rates.append(letters / seconds)
        figures.cpu_millis.append((relay.cpu_seconds() - before) * 1000 / letters)
        figures.rss = max(figures.rss, relay.rss_megabytes())
        if p99 is not None:
            figures.p99.append(p99)
    return letters / seconds


def measure(case: Case, relays: list[Relay], sink: Sink, rounds: int, seconds: float) -> dict[str, Figures]:
    figures = {relay.name: Figures() for relay in relays}
    letters = {}
    for relay in relays:
        rate = round_of(relay, sink, case, max(case.connections, case.pilot()), None)
        letters[relay.name] = max(case.connections, case.pilot(), min(MOST_LETTERS, int(rate * seconds)))
    for number in range(1 + rounds):
        for relay in relays:
            # The first round makes up for what a case has that those before it didn't: more connections, larger letters.
            round_of(relay, sink, case, letters[relay.name], figures[relay.name] if number else None)
    return figures


def table(columns: list[str]):
    print()
    line(columns)
    print("|" + "---|" * len(columns), flush=True)


def line(cells: list[str]):
    print("| " + " | ".join(cells) + " |", flush=True)


def side_by_side(cases: list[Case], relays: list[Relay], sink: Sink, rounds: int, seconds: float):
    others = [relay.name for relay in relays if relay.name != "facteur"]
    table(["case", "facteur, letters/s"] + others + [f"× {name}" for name in others]
          + [f"CPU, ms/letter: {name}" for name in ("facteur", "Postfix")] + [f"RSS, MB: {name}" for name in ("facteur", "Postfix")])
    for case in cases:
        found = measure(case, relays, sink, rounds, seconds)
        ours = found["facteur"]
        beside = [found[name] for name in ("facteur", "Postfix") if name in found]
        line([case.name, f"{ours.rate():,.0f}"]
             + [f"{found[name].rate():,.0f}" for name in others]
             + [f"{ours.rate() / found[name].rate():.2f}" for name in others]
             + [f"{statistics.median(figures.cpu_millis):.2f}" for figures in beside]
             + [f"{figures.rss:.0f}" for figures in beside])


def ways(case: Case, relays: list[Relay], sink: Sink, rounds: int, seconds: float):
    table([f"facteur, {case.name}", "letters/s", "of the first", "CPU, ms/letter", "RSS, MB"])
    found = measure(case, relays, sink, rounds, seconds)
    for name, figures in found.items():
        line([name, f"{figures.rate():,.0f}", f"{figures.rate() / found['facteur'].rate():.2f}",
              f"{statistics.median(figures.cpu_millis):.2f}", f"{figures.rss:.0f}"])


def secured(relays: list[Relay], sink: Sink, rounds: int, seconds: float):
    table(["4 KB, 20 connections"] + [f"{relay.name}, {what}" for relay in relays for what in ("letters/s", "99 of 100 end-of-data replies within, ms")])
    for case in SECURED:
        able = [relay for relay in relays if not case.login or isinstance(relay, Facteur)]
        found = measure(case, able, sink, rounds, seconds)
        cells = [[f"{figures.rate():,.0f}", f"{statistics.median(figures.p99):.1f}"] for figures in found.values()]
        line([case.name] + [cell for pair in cells for cell in pair] + ["", ""] * (len(relays) - len(able)))


def postfix_version() -> str:
    return subprocess.run(["postconf", "-h", "mail_version"], capture_output=True, text=True).stdout.strip()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--seconds", type=float, default=4, help="about how long a round takes")
    arguments.add_argument("--only", default="relays,ways,secured", help="which tables, with commas: relays,ways,flags,secured")
    options = arguments.parse_args()
    length = (options.rounds, options.seconds)

    print(f"{machine()}; Postfix {postfix_version()}", flush=True)
    with Sink() as sink, contextlib.ExitStack() as ends:
        def started(*kinds) -> list[Relay]:
            relays = []
            for kind in kinds:
                if kind.is_here():
                    relays.append(kind(sink.port))
                    ends.callback(relays[-1].stop)
                    relays[-1].start()
                    # A daemon runs for months; its first seconds aren't what is measured.
                    round_of(relays[-1], sink, WAYS, relays[-1].letters_until_warm, None)
            return relays

        wanted = options.only.split(",")
        if "relays" in wanted:
            side_by_side(CASES, started(NoRelay, Forwarder, Facteur, Postfix, Haraka), sink, *length)
            ends.close()
        if "ways" in wanted:
            ways(WAYS, started(Facteur, SigningFacteur, PassThroughFacteur), sink, *length)
            ends.close()
        if "flags" in wanted:
            flags = started(Facteur, SerialFacteur, RoomySerialFacteur, ParallelFacteur, CompactFacteur)
            for case in (WAYS, CROWD):
                ways(case, flags, sink, *length)
            ends.close()
        if "secured" in wanted:
            secured(started(Facteur, Postfix), sink, *length)


if __name__ == "__main__":
    main()
