"""Where a measure is taken."""

import datetime
import os


def machine() -> str:
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown")
    return f"{datetime.date.today()}; {os.cpu_count()} × {model}; Linux {os.uname().release}; load {os.getloadavg()[0]:.1f} before"
