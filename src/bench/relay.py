"""Measures relays side by side; started by relay.sh, which says how. Medians are printed."""

import argparse
import contextlib
import signal
import subprocess
import sys
from pathlib import Path

from against import SECTIONS, Plan, against
from builds import OURS, Build
from cases import CASES, CROWD, SECURED, WAYS, Case
from facteurs import (
    CompactFacteur, Facteur, ParallelFacteur, PassThroughFacteur, RoomySerialFacteur, SerialFacteur, SigningFacteur)
from machine import machine
from relays import Forwarder, Haraka, NoRelay, Postfix, Relay
from rounds import Length, all_take, measure, round_of
from sink import Sink
from tables import line, table


def side_by_side(cases: list[Case], relays: list[Relay], sink: Sink, length: Length):
    others = [relay.name for relay in relays if relay.name != "facteur"]
    table(["case", "facteur, letters/s"] + others + [f"× {name}" for name in others]
          + [f"CPU, ms/letter: {name}" for name in ("facteur", "Postfix")] + [f"RSS, MB: {name}" for name in ("facteur", "Postfix")])
    for case in cases:
        found = measure(all_take(case, relays), sink, length)
        ours = found["facteur"]
        beside = [found[name] for name in ("facteur", "Postfix") if name in found]
        line([case.name, f"{ours.rate():,.0f}"]
             + [f"{found[name].rate():,.0f}" for name in others]
             + [f"{ours.rate() / found[name].rate():.2f}" for name in others]
             + [f"{figures.cpu_millis():.2f}" for figures in beside]
             + [f"{figures.rss():.0f}" for figures in beside])


def ways(case: Case, relays: list[Relay], sink: Sink, length: Length):
    table([f"facteur, {case.name}", "letters/s", "of the first", "CPU, ms/letter", "RSS, MB"])
    found = measure(all_take(case, relays), sink, length)
    for name, figures in found.items():
        line([name, f"{figures.rate():,.0f}", f"{figures.rate() / found['facteur'].rate():.2f}",
              f"{figures.cpu_millis():.2f}", f"{figures.rss():.0f}"])


def secured(relays: list[Relay], sink: Sink, length: Length):
    table(["4 KB, 20 connections"] + [f"{relay.name}, {what}" for relay in relays for what in ("letters/s", "99 of 100 end-of-data replies within, ms")])
    for case in SECURED:
        able = [relay for relay in relays if not case.login or isinstance(relay, Facteur)]
        found = measure(all_take(case, able), sink, length)
        cells = [[f"{figures.rate():,.0f}", f"{figures.p99():.1f}"] for figures in found.values()]
        line([case.name] + [cell for pair in cells for cell in pair] + ["", ""] * (len(relays) - len(able)))


def postfix_version() -> str:
    return subprocess.run(["postconf", "-h", "mail_version"], capture_output=True, text=True).stdout.strip()


def tables_of(wanted: list[str], sink: Sink, length: Length):
    with contextlib.ExitStack() as ends:
        def started(*kinds) -> list[Relay]:
            relays = []
            for kind in kinds:
                if kind.is_here():
                    relays.append(kind(sink.port))
                    ends.callback(relays[-1].stop)
                    relays[-1].start()
                    # A daemon runs for months; its first seconds aren't what is measured.
                    round_of(relays[-1], sink, WAYS, relays[-1].letters_until_warm)
            return relays

        if "relays" in wanted:
            side_by_side(CASES, started(NoRelay, Forwarder, Facteur, Postfix, Haraka), sink, length)
            ends.close()
        if "ways" in wanted:
            ways(WAYS, started(Facteur, SigningFacteur, PassThroughFacteur), sink, length)
            ends.close()
        if "flags" in wanted:
            flags = started(Facteur, SerialFacteur, RoomySerialFacteur, ParallelFacteur, CompactFacteur)
            for case in (WAYS, CROWD):
                ways(case, flags, sink, length)
            ends.close()
        if "secured" in wanted:
            secured(started(Facteur, Postfix), sink, length)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounds", type=int, help="3; with --against 5")
    arguments.add_argument("--seconds", type=float, default=4, help="about how long a round takes")
    arguments.add_argument("--only", help=f"which tables, with commas: relays,ways,flags,secured; with --against {SECTIONS}")
    arguments.add_argument("--against", type=Path, metavar="PROGRAM", help="bin/facteur of another build: compares with that instead")
    arguments.add_argument("--program", type=Path, default=OURS.program, help="with --against: bin/facteur of this build, as it is")
    arguments.add_argument("--quick", action="store_true", help="with --against: whether it works; the figures mean little")
    options = arguments.parse_args()

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # What was started ends, too.
    print(f"{machine()}; Postfix {postfix_version()}", flush=True)
    with Sink() as sink:
        if options.against:
            sections = (options.only or SECTIONS).split(",")
            plan = Plan.quick(sections) if options.quick else Plan.full(sections, Length(options.rounds or 5, options.seconds))
            against(Build(options.program), Build.other(options.against), sink, plan)
        else:
            tables_of((options.only or "relays,ways,secured").split(","), sink, Length(options.rounds or 3, options.seconds))


if __name__ == "__main__":
    main()
