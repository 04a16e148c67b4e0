"""What is seen of relay and letters every few seconds, in a CSV."""

import csv
import time
from pathlib import Path

from both_ends import BothEnds
from enduring import EnduringFacteur
from vitals import Vitals

SECONDS = 5
PERCENTILES = ("p50", "p95", "p99", "max")
COLUMNS = ["minute", "phase", "trouble", "later_down", "reloads", "accepted_s", "arrived_s", "retries_s", "late_ms",
           *(f"reply_{name}" for name in PERCENTILES), *(f"journey_{name}" for name in PERCENTILES),
           "rss_mb", "pss_mb", "heap_mb", "fds", "threads", "cpu", "in_relay", "in_queue"]
MEGA = 1 << 20


class Samples:
    """Milliseconds for replies to the end of data, and for journeys from when a letter was due until it arrived; each row is about
    the seconds since the one before."""

    def __init__(self, file: Path, relay: EnduringFacteur, ends: BothEnds):
        self.file = open(file, "w", newline="")
        self.writer = csv.DictWriter(self.file, COLUMNS)
        self.writer.writeheader()
        self.rows: list[dict] = []
        self.relay = relay
        self.ends = ends
        self.vitals = Vitals(relay.pid())
        self.moods = {"sink": ["take"], "later": ["full"]}  # since the last row, the present one included
        self.reloads = 0
        self.start = self.then = time.monotonic()
        self.cpu = self.vitals.cpu_seconds()
        self.counts = ends.counts()
        ends.ask("times")

    def change(self, upstream: str, mood: str):
        self.ends.ask(upstream, mood)
        self.moods[upstream].append(mood)

    def reload(self):
        self.relay.reload()
        self.reloads += 1

    def take(self, phase: str):
        now, cpu, counts, times = time.monotonic(), self.vitals.cpu_seconds(), self.ends.counts(), self.ends.ask("times")
        meters = self.relay.meters()
        seconds = now - self.then

        def rate(name: str) -> float:
            return round((counts[name] - self.counts[name]) / seconds, 1)

        row = {
            "minute": round((now - self.start) / 60, 3),
            "phase": phase,
            "trouble": " ".join(mood for mood in self.moods["sink"] if mood != "take"),
            "later_down": int("refuse" in self.moods["later"]),
            "reloads": self.reloads,
            "accepted_s": rate("accepted"),
            "arrived_s": rate("arrived"),
            "retries_s": rate("full"),
            "late_ms": counts["late_ms"],
            **{f"{what}_{name}": value for what in ("reply", "journey") for name, value in zip(PERCENTILES, times[what])},
            **{name: round(value, 1) for name, value in self.vitals.sample().items()},
            "heap_mb": round(meters['jvm_memory_used_bytes{area="heap"}'] / MEGA, 1),
            "cpu": round((cpu - self.cpu) / seconds, 2),
            "in_relay": counts["accepted"] - counts["arrived"],
            "in_queue": self.relay.letters_in_queue(meters),
        }
        self.rows.append(row)
        self.writer.writerow(row)
        self.file.flush()
        self.then, self.cpu, self.counts = now, cpu, counts
        self.moods = {upstream: moods[-1:] for upstream, moods in self.moods.items()}
        self.reloads = 0

    def close(self):
        self.file.close()
