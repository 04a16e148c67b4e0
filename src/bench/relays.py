"""Those who are measured, each with files of its own below target/bench, as durable as it is shipped."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from ports import free_port, wait_until_open

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
BENCH = ROOT / "target/bench"
PROGRAM = ROOT / "target/facteur/bin/facteur"
TICKS = os.sysconf("SC_CLK_TCK")


class Relay:
    """One that is measured."""

    name = ""
    letters_until_warm = 500

    def __init__(self, sink_port: int):
        self.sink_port = sink_port
        self.port = free_port()
        self.folder = BENCH / "run" / self.name.replace(", ", "-").replace(" ", "-")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.processes: list[subprocess.Popen] = []

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
            children = _descendants(process.pid)
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

    def cpu_seconds(self) -> float:
        """User and system, of all its processes, and of those that have ended."""
        ticks = 0
        for process in self.processes:
            for pid in [process.pid] + _descendants(process.pid):
                ticks += sum(map(int, stat(pid)[11:15]))
        return ticks / TICKS

    def rss_megabytes(self) -> float:
        """Proportional set size: what its processes share is counted once."""
        kilobytes = 0
        for process in self.processes:
            for pid in [process.pid] + _descendants(process.pid):
                try:
                    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
                    kilobytes += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
                except (OSError, StopIteration):
                    pass
        return kilobytes / 1024


def stat(pid: int) -> list[str]:
    """The fields of /proc/pid/stat after the name; zeros when it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["0"] * 20


def _descendants(pid: int) -> list[int]:
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in map(int, path.read_text().split()):
                found += [child] + _descendants(child)
        except OSError:
            pass
    return found


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


class Facteur(Relay):
    """The packaged program, as it comes."""

    name = "facteur"
    letters_until_warm = 15_000  # The compiler of the JVM needs that many.
    lines = ""

    def start(self):
        certificate(self.folder)
        self.tls_port = free_port()
        shutil.copytree(HERE / "facteur", self.folder, dirs_exist_ok=True)
        self.file.write_text(filled(self.configuration(), SINK=self.sink_port, TLSPORT=self.tls_port, PORT=self.port))
        begun = time.monotonic()
        self.run(PROGRAM, "run", "--config", self.file)
        wait_until_open(self.tls_port, 120)
        self.start_seconds = time.monotonic() - begun
        return self

    @property
    def file(self) -> Path:
        return self.folder / "facteur.yaml"

    def configuration(self) -> str:
        return (HERE / "facteur/facteur.yaml").read_text() + self.lines

    def port_for(self, case) -> int:
        return self.tls_port if case.tls else self.port


class SigningFacteur(Facteur):
    """With keys of both kinds. Put there by the operator, they count as published."""

    name = "facteur, signing"

    def start(self):
        folder = self.folder / "var/keys/dupont.example"
        folder.mkdir(parents=True)
        for selector, options in (("rsa", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]), ("ed", ["-algorithm", "ed25519"])):
            quietly("openssl", "genpkey", *options, "-out", folder / f"{selector}.pem")
        return super().start()


class PassThroughFacteur(Facteur):
    name = "facteur, pass-through"
    lines = "delivery: { accept: pass-through }\n"


class OptionedFacteur(Facteur):
    """With other flags of the JVM than those it is shipped with."""

    options = ""

    def run(self, *command, **options):
        super().run(*command, env=os.environ | {"FACTEUR_JAVA_OPTIONS": self.options}, **options)


class SerialFacteur(OptionedFacteur):
    name = "facteur, serial collector"
    options = "-XX:-UseG1GC -XX:+UseSerialGC"


class RoomySerialFacteur(OptionedFacteur):
    name = "facteur, serial collector, 96 MB for young objects"
    options = "-XX:-UseG1GC -XX:+UseSerialGC -Xms128m -Xmn96m -XX:SurvivorRatio=2"


class ParallelFacteur(OptionedFacteur):
    name = "facteur, parallel collector"
    options = "-XX:-UseG1GC -XX:+UseParallelGC"


class CompactFacteur(OptionedFacteur):
    name = "facteur, compact object headers"
    options = "-XX:+UseCompactObjectHeaders"


class Postfix(Relay):
    """Debian's, with a configuration, a queue and a log of its own; what isn't said in postfix/main.cf is as shipped."""

    name = "Postfix"
    master = Path("/usr/lib/postfix/sbin/master")

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
