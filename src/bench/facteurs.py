"""Facteur, as it is shipped, and with other configurations or flags."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from builds import HERE, OURS, Build
from ports import free_port, wait_until_open
from relays import Relay, certificate, filled, quietly


class Facteur(Relay):
    """The packaged program, as it comes."""

    name = "facteur"
    letters_until_warm = 40_000  # Until the compiler of the JVM rests.
    lines = ""

    def __init__(self, sink_port: int, build: Build = OURS):
        self.build = build
        self.name = self.name.replace("facteur", build.name, 1)
        super().__init__(sink_port)
        self.tls_port = free_port()

    def start(self):
        self.configure()
        begun = time.monotonic()
        self.run(self.build.program, "run", "--config", self.file)
        wait_until_open(self.tls_port, 120)
        self.start_seconds = time.monotonic() - begun
        return self

    def configure(self):
        certificate(self.folder)
        shutil.copytree(HERE / "facteur", self.folder, dirs_exist_ok=True)
        self.file.write_text(filled(self.configuration(), SINK=self.sink_port, TLSPORT=self.tls_port, PORT=self.port))

    @property
    def file(self) -> Path:
        return self.folder / "facteur.yaml"

    def configuration(self) -> str:
        return (HERE / "facteur/facteur.yaml").read_text() + self.lines

    def is_understood(self) -> bool:
        """Whether the build takes this configuration: an older one doesn't know each key."""
        self.configure()
        return subprocess.run([self.build.program, "check", "--config", self.file], capture_output=True).returncode == 0

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


class ReturningFacteur(Facteur):
    """Each letter leaves with a return address of its own."""

    name = "facteur, returns"

    def __init__(self, sink_port: int, build: Build = OURS):
        super().__init__(sink_port, build)
        self.returns_port = free_port()

    def configuration(self) -> str:
        return filled(super().configuration().replace("#returns ", ""), RETURNSPORT=self.returns_port)


class PassThroughFacteur(Facteur):
    name = "facteur, pass-through"
    lines = "delivery: { accept: pass-through }\n"


class KeyedFacteur(Facteur):
    """Knows a letter that comes twice under one X-Letter-Key: so it is shipped, and the line is for builds that don't."""

    name = "facteur, letter keys"
    lines = "delivery: { duplicates: 24h }\n"


class OptionedFacteur(Facteur):
    """With other flags of the JVM than those it is shipped with."""

    options = ""

    def run(self, *command, **options):
        super().run(*command, env=os.environ | {"FACTEUR_JAVA_OPTIONS": self.options}, **options)


class UncachedFacteur(OptionedFacteur):
    """As `mvn package` lays it out."""

    name = "facteur, no cache"
    options = "-XX:AOTMode=off"


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


