"""Facteur with more than it is shipped with: letters that wait, or offices."""

import contextlib
import smtplib
import sqlite3
import subprocess
import time
from dataclasses import replace
from pathlib import Path

from builds import HERE
from cases import Case
from copies import multiply
from facteurs import Facteur

DAY_MILLIS = 24 * 60 * 60 * 1000
OFFICE = (HERE / "facteur/offices/dupont.yaml").read_text()


class Grown(Facteur):
    """Knows how long its commands take."""

    def seconds_for(self, *command) -> float:
        """What an operator waits for a command."""
        begun = time.monotonic()
        subprocess.run([self.build.program, *command, "--config", self.file], check=True, stdout=subprocess.DEVNULL)
        return time.monotonic() - begun


class Deep(Grown):
    """With so many letters that wait, due in a day, on a route of their own."""

    # The first line goes on with the list of upstreams. Nothing listens there.
    lines = """\
  - { name: away, kind: smtp, address: "127.0.0.1:9", tls: none }
routes:
  - { to-domain: slow.example, upstreams: away }
  - { upstreams: sink }
"""

    def __init__(self, sink_port: int, depth: int):
        self.name = f"{depth:,} letters wait"
        super().__init__(sink_port)
        self.depth = depth
        self.bytes_per_letter = 0.0

    def start(self):
        if self.depth:
            super().start()
            self._leave_one_waiting()
            self.stop()
            self.processes.clear()
            before = self._database.stat().st_size
            multiply(self._database, self.depth, {"due_at": f"{int(time.time() * 1000) + DAY_MILLIS} + n"})
            self.bytes_per_letter = (self._database.stat().st_size - before) / self.depth
        return super().start()

    @property
    def _database(self) -> Path:
        return self.folder / "var/facteur.db"

    def _leave_one_waiting(self):
        with smtplib.SMTP("127.0.0.1", self.port) as app:
            app.sendmail("jan@dupont.example", "client@slow.example", "From: jan@dupont.example\r\nSubject: wait\r\n\r\nx\r\n")
        with contextlib.closing(sqlite3.connect(self._database)) as connection:
            while not connection.execute("select 1 from attempt").fetchone():
                time.sleep(0.05)


class Wide(Grown):
    """With so many offices, each like dupont, and under a domain of its own."""

    most_new = 100

    def __init__(self, sink_port: int, offices: int):
        self.name = f"{offices:,} offices"
        super().__init__(sink_port)
        self.offices = range(offices)
        self.new = range(offices, offices + self.most_new)

    def start(self):
        self._write(self.offices)
        return super().start()

    def configuration(self) -> str:
        domains = ", ".join(f"office-{number}.example" for number in [*self.offices, *self.new])
        return super().configuration().replace("offices: [dupont]", "offices: ['*']").replace("[dupont.example]", f"[{domains}]")

    def send(self, case: Case, letters: int):
        return super().send(replace(case, offices=self.offices), letters)

    def millis_of_new_offices(self, case: Case) -> tuple[float, float]:
        """Medians: a reply to the end of data for the first letter of an office that has just come, and for its second."""
        self._write(self.new)
        alone = replace(case, connections=1, offices=self.new)
        return alone.told(self.port, self.most_new)["p50Millis"], alone.told(self.port, self.most_new)["p50Millis"]

    def explain_seconds(self) -> float:
        return self.seconds_for(
            "explain", "--office", "office-0", "--context", "invoice", "--relation", "R-1042", "--sender", "jan@office-0.example")

    def _write(self, offices: range):
        folder = self.folder / "offices"
        folder.mkdir(exist_ok=True)
        for number in offices:
            (folder / f"office-{number}.yaml").write_text(OFFICE.replace("dupont", f"office-{number}"))
