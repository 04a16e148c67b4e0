"""The relay of the endurance measure: two upstreams, an admin port, and a configuration that changes."""

import shutil
import subprocess
import urllib.request
from pathlib import Path

from builds import HERE
from facteurs import Facteur
from ports import free_port, port_to_keep, wait_until_open
from relays import filled


class EnduringFacteur(Facteur):
    name = "facteur, enduring"
    is_second = False

    def __init__(self):
        sink = port_to_keep()
        super().__init__(sink)
        self.later_port = port_to_keep({sink})
        self.port, self.admin_port, self.more_port = (port_to_keep({sink, self.later_port}) + more for more in range(3))
        self.database = self.folder / "var/facteur.db"
        self.reloads: list[subprocess.Popen] = []

    def start(self):
        shutil.copytree(HERE / "facteur", self.folder, dirs_exist_ok=True)
        self._configure()
        self.run(self.build.program, "run", "--config", self.file)
        wait_until_open(self.port, 120)
        return self

    def stop(self):
        super().stop()
        self.processes.clear()

    def pid(self) -> int:
        return self.processes[-1].pid

    def has_ended(self) -> bool:
        return self.processes[-1].poll() is not None

    def _configure(self):
        text = (HERE / "facteur/endurance.yaml").read_text()
        if self.is_second:
            text = text.replace("#second ", "")
        self.file.write_text(filled(
            text, SINK=self.sink_port, LATER=self.later_port, ADMIN=self.admin_port, MORE=self.more_port, PORT=self.port,
            CONNECTIONS=24 if self.is_second else 20))

    def reload(self):
        """Doesn't wait for it."""
        self.is_second = not self.is_second
        self._configure()
        log = open(self.folder / "reloads", "ab")
        self.reloads.append(subprocess.Popen([self.build.program, "reload", "--config", self.file], stdout=log, stderr=log))

    def failed_reloads(self) -> int:
        """Those that were taken over with a warning, such as a port that can't be had, count."""
        failed = sum(process.wait(60) != 0 for process in self.reloads)
        log = self.folder / "reloads"
        return failed + (sum(line.startswith("warning") for line in log.read_text().splitlines()) if log.exists() else 0)

    def meters(self) -> dict[str, float]:
        """By name and labels, as in `jvm_threads_state{state="RUNNABLE"}`."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.admin_port}/metrics", timeout=30) as answer:
            lines = answer.read().decode().splitlines()
        return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line and not line.startswith("#"))}

    def letters_in_queue(self, meters: dict[str, float]) -> int:
        return int(sum(value for name, value in meters.items() if name.startswith("facteur_queue_letters{")))

    def remove(self):
        shutil.rmtree(self.folder)


def java_of(relay: EnduringFacteur) -> Path:
    """The relay's own: the one on the path may be older."""
    return Path(f"/proc/{relay.pid()}/exe").resolve()
