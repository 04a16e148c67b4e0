"""What is sent, and how."""

import json
import shutil
import subprocess
import time
from dataclasses import dataclass

from builds import BENCH
KILO = 1024


@dataclass(frozen=True)
class Case:
    """Letters of one size, over so many connections, each of which carries many letters or one."""

    name: str
    size: int
    connections: int
    reuse: bool = True
    tls: bool = False
    login: bool = False
    by_java: bool = False  # sent by Source.java, which tells how long replies took
    keys: bool = False  # each letter with an X-Letter-Key; as all below, by Source.java only
    pace: float | None = None  # letters a second
    offices: range | None = None  # that write in turn, by their numbers

    def pilot(self) -> int:
        """So few letters that they take no relay long. Source.java is slow with its first hundreds."""
        return max(4, min(1_000 if self.by_java else 100, 20_000 * KILO // self.size))

    def send(self, port: int, letters: int) -> tuple[float, float | None]:
        """Returns when it began, and, where the source tells it, within how many ms 99 of 100 replies to the end of data came."""
        if self.by_java:
            told = self.told(port, letters)
            return told["start"], told["p99Millis"]
        command = ["smtp-source", "-s", str(self.connections), "-m", str(letters), "-l", str(self.size),
                   "-f", "jan@dupont.example", "-t", "client@client.example"]
        start = time.monotonic()
        subprocess.run(command + (["-d"] if self.reuse else []) + [f"127.0.0.1:{port}"], check=True)
        return start, None

    def told(self, port: int, letters: int) -> dict:
        """What Source.java says of so many letters. smtp-source knows neither TLS nor AUTH, and one sender only."""
        command = [shutil.which("java"), "-XX:+UseSerialGC", "-cp", str(BENCH / "source"), "Source", str(port), str(letters),
                   str(self.connections), str(self.size)]
        command += [name for name in ("tls", "login", "keys") if getattr(self, name)]
        if self.pace is not None:
            command.append(f"pace={self.pace:.1f}")
        if self.offices is not None:
            command.append(f"offices={self.offices.start}+{len(self.offices)}")
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _size(octets: int) -> str:
    return f"{octets // KILO // KILO} MB" if octets >= KILO * KILO else f"{octets // KILO} KB"


def _case(size: int, connections: int, reuse: bool = True) -> Case:
    return Case(f"{_size(size)}, {connections:,} connection{'s' * (connections > 1)}{'' if reuse else ', a letter each'}", size, connections, reuse)


CASES = [
    _case(4 * KILO, 20),
    _case(4 * KILO, 1),
    _case(4 * KILO, 200),
    _case(4 * KILO, 20, reuse=False),
    _case(4 * KILO, 1, reuse=False),
    _case(100 * KILO, 20),
    _case(100 * KILO, 1),
    _case(KILO * KILO, 20),
    _case(KILO * KILO, 1),
    _case(10 * KILO * KILO, 20),
]

WAYS = CASES[0]
CROWD = _case(4 * KILO, 1_000)

# What two builds are compared by; the first is the measure of all else.
COMPARED = [WAYS, CASES[1], CASES[2], _case(KILO * KILO, 20)]

SECURED = [
    Case("in clear", 4 * KILO, 20, by_java=True),
    Case("TLS", 4 * KILO, 20, tls=True, by_java=True),
    Case("TLS and AUTH", 4 * KILO, 20, tls=True, login=True, by_java=True),
]

KEYED = Case("letter keys", 4 * KILO, 20, keys=True, by_java=True)
OFFICES = Case("from many offices", 4 * KILO, 20, by_java=True)
