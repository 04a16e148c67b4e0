"""Measures whether facteur stays as it is; started by endurance.sh, which says how.

First how fast it is: apps that send as fast as they get replies, the clock stops when the upstream has the last letter. Then a
share of that, at a steady pace, however slow the replies: a letter that isn't sent in time counts from when it was due. At the end
every letter must have left, and those that waited in the queue must wait there still.
"""

import argparse
import contextlib
import subprocess
import sys
import time
from pathlib import Path

import endurance_table
import flapping
import waiting
from both_ends import CONNECTIONS, LETTER, BothEnds
from enduring import EnduringFacteur, java_of
from machine import machine
from builds import BENCH
from samples import SECONDS, Samples

WARM_UP = 20
FULL_SPEED = 60
RELOAD_EVERY = 60
# The third retry of a letter comes a quarter of an hour after the second.
LONGEST_END = 20 * 60


def prepare(relay: EnduringFacteur, deferred: int) -> BothEnds:
    """The relay with its queue, and both ends beside it."""
    relay.start()
    ends = BothEnds(java_of(relay), relay.port, relay.sink_port, relay.later_port)
    if deferred > 0:
        waiting.submit_one(relay.port, LETTER)
        end = time.monotonic() + 30
        while ends.counts()["full"] == 0:
            if time.monotonic() > end:
                raise TimeoutError("the letter that is to wait wasn't tried")
            time.sleep(0.1)
        relay.stop()
        waiting.spread(relay.database, deferred)
        relay.start()
    return ends


def endure(relay: EnduringFacteur, ends: BothEnds, samples: Samples, seconds: float, rate: float):
    changes = flapping.changes(seconds)
    start = time.monotonic()
    next_sample, next_reload = SECONDS, RELOAD_EVERY / 2
    ends.ask("pace", rate)
    while True:
        wake = min([next_sample, next_reload, seconds] + [change.at for change in changes[:1]])
        time.sleep(max(0, start + wake - time.monotonic()))
        now = time.monotonic() - start
        if now >= next_sample or now >= seconds:
            if relay.has_ended():
                raise RuntimeError(f"facteur has ended: {relay.folder}/log")
            samples.take("hour")
            next_sample += SECONDS * (1 + int((now - next_sample) / SECONDS))
        while changes and changes[0].at <= now:
            change = changes.pop(0)
            samples.change(change.upstream, change.mood)
        if now >= next_reload:
            samples.reload()
            tell(samples)
            next_reload += RELOAD_EVERY
        if now >= seconds:
            break
    ends.ask("stop")


def come_to_rest(relay: EnduringFacteur, ends: BothEnds, samples: Samples, deferred: int) -> float:
    """Waits until nothing is left but what is deferred for the other upstream. Seconds."""
    start = time.monotonic()
    empty = 0
    # Twice, as the relay counts a long queue only now and then.
    while empty < 2 and time.monotonic() - start < LONGEST_END:
        time.sleep(SECONDS)
        samples.take("end")
        is_empty = ends.counts()["under_way"] == 0 and samples.rows[-1]["in_queue"] <= deferred
        empty = empty + 1 if is_empty else 0
    return time.monotonic() - start


def errors(log: Path) -> int:
    """Lines of the relay's log that tell of its own faults."""
    found = subprocess.run(["grep", "-c", "-E", "level=ERROR|^Exception", log], capture_output=True, text=True)
    return int(found.stdout)


def say(text: str):
    print(text, flush=True)


def tell(samples: Samples):
    row = samples.rows[-1]
    print(f"minute {row['minute']:.0f}: {row['arrived_s']:,.0f} letters/s arrive, {row['in_queue']:,} in the queue, RSS {row['rss_mb']:.0f} MB,"
          f" {row['fds']} file descriptors, {row['threads']} threads", file=sys.stderr, flush=True)


def picture(csv: Path, png: Path):
    """With Debian's Python, which has Matplotlib."""
    subprocess.run(["/usr/bin/python3", "-B", Path(__file__).with_name("endurance_plot.py"), csv, png], check=True)


def main() -> int:
    folder = BENCH / "endurance"
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--share", type=float, default=0.7, help="of the maximum")
    arguments.add_argument("--deferred", type=int, default=200_000, help="letters that wait in the queue")
    arguments.add_argument("--png", type=Path, default=folder / "endurance.png")
    arguments.add_argument("--csv", type=Path, default=folder / "samples.csv")
    options = arguments.parse_args()
    folder.mkdir(parents=True, exist_ok=True)

    say(machine())
    with contextlib.ExitStack() as last:
        relay = EnduringFacteur()
        last.callback(relay.stop)
        ends = prepare(relay, options.deferred)
        last.callback(ends.stop)

        short = min(1, options.minutes / 3)
        ends.full_speed(WARM_UP * short)
        maximum = ends.full_speed(FULL_SPEED * short)
        rate = round(maximum * options.share)
        say(f"maximum: {maximum:,.0f} letters/s of {LETTER // 1024} KB over {CONNECTIONS} connections; pace: {rate:,} letters/s")

        samples = Samples(options.csv, relay, ends)
        last.callback(samples.close)
        endure(relay, ends, samples, options.minutes * 60, rate)
        rest_seconds = come_to_rest(relay, ends, samples, options.deferred)

        counts, lost, failed_reloads = ends.counts(), ends.ask("lost"), relay.failed_reloads()
        relay.stop()
        result = endurance_table.Result(
            samples.rows, counts, lost, rest_seconds, options.deferred,
            waiting.still_there(relay.database) if options.deferred else 0, len(relay.reloads), failed_reloads, errors(relay.folder / "log"))
    faults = endurance_table.show(result)
    picture(options.csv, options.png)
    if faults:
        say("\n".join(["", *(f"NOT IN ORDER: {fault}" for fault in faults), f"the relay's files: {relay.folder}"]))
        return 1
    relay.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
