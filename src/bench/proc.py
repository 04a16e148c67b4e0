"""Reads /proc."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def stat(pid: int) -> list[str]:
    """The fields of /proc/pid/stat after the name; zeros when it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["0"] * 20


def cpu_millis(pid: int) -> float:
    """User and system, of a process and those that it has waited for."""
    fields = list(map(int, stat(pid)[11:15]))
    own = sum(fields[:2]) * 1000 / TICKS
    try:
        if len(os.listdir(f"/proc/{pid}/task")) == 1:  # Then the kernel tells nanoseconds. Many short-lived processes lose many ticks.
            own = int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6
    except OSError:
        pass
    return own + sum(fields[2:]) * 1000 / TICKS


def number(file: str, name: str) -> int:
    """What stands behind this name in a file of /proc; 0 when its process has ended."""
    try:
        return next((int(line.split()[1]) for line in Path("/proc", file).read_text().splitlines() if line.startswith(name)), 0)
    except OSError:
        return 0


def descendants(pid: int) -> list[int]:
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in map(int, path.read_text().split()):
                found += [child] + descendants(child)
        except OSError:
            pass
    return found
