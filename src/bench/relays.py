"""What is measured beside facteur, each with files of its own below target/bench, as durable as it is shipped."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from builds import BENCH, HERE
from ports import free_port, wait_until_open
from proc import descendants
from usage import Meter



class Relay:
    """One that is measured."""

    name = ""
    letters_until_warm = 500
    most_connections = 1_000  # that it serves at once

    def __init__(self, sink_port: int):
        self.sink_port = sink_port
        self.port = free_port()
        self.folder = BENCH / "run" / self.name.replace(", ", "-").replace(" ", "-")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.processes: list[subprocess.Popen] = []
        self.meter = Meter(self.processes)

    @classmethod
    def is_here(cls) -> bool:
        return True

    def start(self):
        return self

    def port_for(self, case) -> int:
        return self.port

    def send(self, case, letters: int) -> tuple[float, float | None]:
        """As the case has it."""
        return case.send(self.port_for(case), letters)

    def run(self, *command, **options):
        log = open(self.folder / "log", "ab")
        self.processes.append(subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=log, stderr=log, **options))

    def stop(self):
        for process in self.processes:
            children = descendants(process.pid)
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
            for child in children:  # Postfix's master leaves those who serve a connection to themselves.
                try:
                    os.kill(child, signal.SIGTERM)
                except ProcessLookupError:
                    pass


class NoRelay(Relay):
    """The letters go straight to the sink: what the source and the sink can do."""

    name = "no relay"

    def __init__(self, sink_port: int):
        super().__init__(sink_port)
        self.port = sink_port


class Forwarder(Relay):
    """HAProxy, which hands octets on and keeps nothing: what two hops cost when a relay costs nothing."""

    name = "HAProxy"

    @classmethod
    def is_here(cls) -> bool:
        return shutil.which("haproxy") is not None

    def start(self):
        file = self.folder / "haproxy.cfg"
        file.write_text(filled((HERE / "haproxy.cfg").read_text(), SINK=self.sink_port, PORT=self.port))
        self.run("haproxy", "-f", file, "-db")
        wait_until_open(self.port)
        return self


class Postfix(Relay):
    """Debian's, with a configuration, a queue and a log of its own; what isn't said in postfix/main.cf is as shipped."""

    name = "Postfix"
    master = Path("/usr/lib/postfix/sbin/master")
    most_connections = 100  # default_process_limit; smtp-source lets the others wait for those before them

    @classmethod
    def is_here(cls):
        if cls.master.exists() and os.geteuid() == 0:
            return True
        print("no Postfix: it isn't installed, or this isn't root", file=sys.stderr)
        return False

    def start(self):
        # Not all of it runs as root, so the folders above must be readable by all.
        self.folder = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
        self.folder.chmod(0o755)
        certificate(self.folder)
        for file in ("main.cf", "master.cf"):
            text = (HERE / "postfix" / file).read_text()
            (self.folder / file).write_text(filled(text, FOLDER=self.folder, SINK=self.sink_port, PORT=self.port))
        (self.folder / "queue").mkdir()
        (self.folder / "data").mkdir()
        shutil.chown(self.folder / "data", "postfix")
        quietly("postfix", "-c", self.folder, "check")
        self.run(self.master, "-c", self.folder, "-d")
        wait_until_open(self.port)
        return self

    def stop(self):
        super().stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Haraka(Relay):
    """From npm, with its outbound queue on disk. It doesn't fsync."""

    name = "Haraka"
    program = BENCH / "haraka/node_modules/.bin/haraka"

    @classmethod
    def is_here(cls):
        return cls.program.exists()

    def start(self):
        quietly("node", self.program, "-i", self.folder)
        shutil.copytree(HERE / "haraka", self.folder, dirs_exist_ok=True)
        (self.folder / "queue").mkdir(exist_ok=True)
        for file in ("config/smtp.ini", "config/sink.ini"):
            path = self.folder / file
            path.write_text(filled(path.read_text(), SINK=self.sink_port, PORT=self.port))
        self.run("node", self.program, "-c", self.folder)
        wait_until_open(self.port)
        return self


def filled(text: str, **words) -> str:
    """With values for the words in capitals, one word after another: a word that holds another goes before it."""
    for word, value in words.items():
        text = text.replace(word, str(value))
    return text


def certificate(folder: Path):
    quietly("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
            "-subj", "/CN=localhost", "-keyout", folder / "key.pem", "-out", folder / "certificate.pem")


def quietly(*command):
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
