"""What a process uses, as the kernel says it."""

import os
from pathlib import Path

from proc import TICKS, number, stat


class Vitals:
    def __init__(self, pid: int):
        self.folder = Path(f"/proc/{pid}")
        self.pid = pid

    def sample(self) -> dict[str, float]:
        return {
            "rss_mb": number(f"{self.pid}/status", "VmRSS:") / 1024,
            "pss_mb": number(f"{self.pid}/smaps_rollup", "Pss:") / 1024,
            "fds": len(os.listdir(self.folder / "fd")),
            "threads": len(os.listdir(self.folder / "task")),
        }

    def cpu_seconds(self) -> float:
        return sum(map(int, stat(self.pid)[11:13])) / TICKS
