"""What a relay uses: all its processes, and what those that have ended had used."""

import contextlib
import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from proc import cpu_millis, descendants, number


@dataclass(frozen=True)
class Usage:
    cpu_millis: float
    written_octets: float  # to the disk: pages of files, and what the kernel writes for them
    switches: float  # of context, voluntary or not

    def each(self, letters: int, before: "Usage") -> "Usage":
        """What a letter cost since then."""
        return Usage((self.cpu_millis - before.cpu_millis) / letters, (self.written_octets - before.written_octets) / letters,
                     (self.switches - before.switches) / letters)


class Meter:
    """Reads what the processes of one relay have used so far.

    The kernel adds CPU time and octets of what has ended to what is left, but not its switches: these are read while watched, twice
    a second, and a thread or process that ends loses those of its last half second.
    """

    SECONDS = 0.5

    def __init__(self, processes: list[subprocess.Popen]):
        self.processes = processes
        self.most_megabytes = 0.0
        self._switches: dict[tuple[int, int], int] = {}  # by process and thread
        self._ended = 0

    def read(self) -> Usage:
        self._look()
        written = sum(number(f"{pid}/io", "write_bytes:") for pid in self._pids())
        return Usage(self._cpu_millis(), written, self._ended + sum(self._switches.values()))

    def megabytes(self) -> float:
        """Proportional set size: what its processes share is counted once."""
        return sum(number(f"{pid}/smaps_rollup", "Pss:") for pid in self._pids()) / 1024

    @contextlib.contextmanager
    def watched(self):
        """Meanwhile threads that end are noticed, and so is the most memory."""
        self.most_megabytes = 0.0
        over = threading.Event()

        def watch():
            while not over.wait(self.SECONDS):
                self._look()
                self.most_megabytes = max(self.most_megabytes, self.megabytes())

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()
            self.most_megabytes = max(self.most_megabytes, self.megabytes())

    def rest(self, most: float = 3):
        """Until the processes do next to nothing: what they put off belongs to the letters that caused it."""
        end = time.monotonic() + most
        before = self._cpu_millis()
        while time.monotonic() < end:
            time.sleep(0.2)
            now = self._cpu_millis()
            if now - before <= 10:
                return
            before = now

    def _cpu_millis(self) -> float:
        return sum(map(cpu_millis, self._pids()))

    def _pids(self) -> list[int]:
        return [pid for process in self.processes for pid in [process.pid, *descendants(process.pid)]]

    def _look(self):
        for pid in self._pids():
            try:
                threads = list(map(int, os.listdir(f"/proc/{pid}/task")))
            except OSError:
                continue
            for thread in threads:
                switches = _switches(pid, thread)
                if switches < self._switches.get((pid, thread), 0):  # Another with the same number.
                    self._ended += self._switches[pid, thread]
                self._switches[pid, thread] = switches or self._switches.get((pid, thread), 0)


def _switches(pid: int, thread: int) -> int:
    """0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/task/{thread}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if "voluntary_ctxt_switches" in line)
