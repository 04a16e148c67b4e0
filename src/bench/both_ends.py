"""Apps and upstreams of the endurance measure: the program in ends/, and what can be asked of it."""

import json
import subprocess
import time

from builds import HERE

LETTER = 4 * 1024
CONNECTIONS = 20


class BothEnds:
    def __init__(self, java, relay_port: int, sink_port: int, later_port: int):
        self.process = subprocess.Popen(
            list(map(str, [java, "-XX:+UseSerialGC", "-Xmx512m", HERE / "ends/Ends.java", relay_port, sink_port, later_port, CONNECTIONS, LETTER])),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.counts()  # It listens.

    def ask(self, *words) -> dict:
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the program of both ends has ended")
        return json.loads(line)

    def counts(self) -> dict:
        return self.ask("counts")

    def stop(self):
        self.process.stdin.close()
        self.process.wait(30)

    def full_speed(self, seconds: float) -> float:
        """Letters a second: the clock stops when the last one has arrived."""
        before = self.counts()["accepted"]
        start = time.monotonic()
        self.ask("full")
        time.sleep(seconds)
        self.ask("stop")
        after = self.await_all()
        return (after["accepted"] - before) / (after["last_arrival"] - start)

    def await_all(self, most: float = 600) -> dict:
        """Until each letter that was begun has ended, and has arrived if it was accepted; or so many seconds."""
        end = time.monotonic() + most
        counts = self.counts()
        while (counts["under_way"] > 0 or counts["arrived"] < counts["accepted"]) and time.monotonic() < end:
            time.sleep(0.02)
            counts = self.counts()
        return counts
