"""Draws what samples.py has written: endurance_plot.py SAMPLES.csv PICTURE.png, with Debian's python3-matplotlib."""

import csv
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as pyplot  # noqa: E402
from matplotlib.patches import Patch  # noqa: E402

NAN = float("nan")
TROUBLE, DOWN = "#d62728", "#7f7f7f"
COLOURS = {"p50": "#1b9e77", "p95": "#7570b3", "p99": "#d95f02", "max": "#bbbbbb"}
NAMES = {"p50": "median", "p95": "95 %", "p99": "99 %", "max": "slowest"}


def read(file: str) -> dict[str, list]:
    with open(file, newline="") as lines:
        rows = list(csv.DictReader(lines))
    words = ("phase", "trouble")
    return {name: [row[name] if name in words else float(row[name] or NAN) for row in rows] for name in rows[0]}


def spans(minutes: list[float], flags: list[bool]) -> list[tuple[float, float]]:
    """From when until when, each flag being about the time since the one before."""
    found = []
    for before, minute, flag in zip([0.0, *minutes], minutes, flags):
        if flag and found and found[-1][1] == before:
            found[-1] = (found[-1][0], minute)
        elif flag:
            found.append((before, minute))
    return found


def latencies(axes, samples: dict, what: str, title: str):
    for name in ("max", "p99", "p95", "p50"):
        axes.plot(samples["minute"], samples[f"{what}_{name}"], color=COLOURS[name], label=NAMES[name], linewidth=0.9)
    axes.set_yscale("log")
    axes.set_ylabel("ms")
    axes.set_title(title)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,g}")


def lines(axes, samples: dict, title: str, unit: str, columns: dict[str, str]):
    for (column, name), colour in zip(columns.items(), ("#1b9e77", "#7570b3", "#d95f02", "#666666")):
        axes.plot(samples["minute"], samples[column], color=colour, label=name, linewidth=0.9)
    axes.set_title(title)
    axes.set_ylabel(unit)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,g}")


def queue(axes, samples: dict):
    axes.plot(samples["minute"], samples["in_queue"], color="#7570b3", label="in the queue", linewidth=0.9)
    axes.plot(samples["minute"], samples["in_relay"], color="#1b9e77", label="not yet arrived", linewidth=0.9)
    axes.set_yscale("symlog", linthresh=1)
    axes.set_ylim(bottom=0)
    axes.set_title("Queue")
    axes.set_ylabel("letters")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,g}")


def main(file: str, picture: str):
    samples = read(file)
    pyplot.rcParams.update({"font.size": 8, "axes.titlesize": 9, "axes.titlelocation": "left", "axes.grid": True, "grid.alpha": 0.3,
                            "axes.spines.top": False, "axes.spines.right": False})
    figure, panels = pyplot.subplots(6, 1, sharex=True, figsize=(11, 13), layout="constrained")
    figure.get_layout_engine().set(rect=(0, 0.025, 1, 0.975))
    latencies(panels[0], samples, "reply", "Reply to the end of data")
    latencies(panels[1], samples, "journey", "From when a letter was due until it arrived")
    lines(panels[2], samples, "Letters", "letters/s",
          {"accepted_s": "accepted", "arrived_s": "arrived", "retries_s": "retries"})
    lines(panels[3], samples, "Memory", "MB",
          {"rss_mb": "RSS", "pss_mb": "PSS", "heap_mb": "heap"})
    lines(panels[4], samples, "File descriptors and threads", "", {"fds": "file descriptors", "threads": "threads"})
    queue(panels[5], samples)
    minutes = samples["minute"]
    for axes in panels:
        for start, end in spans(minutes, [bool(trouble) for trouble in samples["trouble"]]):
            axes.axvspan(start, end, color=TROUBLE, alpha=0.12, linewidth=0)
        for start, end in spans(minutes, [down == 1 for down in samples["later_down"]]):
            axes.axvspan(start, end, ymax=0.03, color=DOWN, alpha=0.5, linewidth=0)
        for start, end in spans(minutes, [phase == "end" for phase in samples["phase"]])[:1]:
            axes.axvline(start, color="black", linewidth=0.8, linestyle=":")
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
        axes.set_xlim(0, minutes[-1])
    panels[-1].set_xlabel("minutes")
    figure.legend(handles=[Patch(color=TROUBLE, alpha=0.2, label="the upstream is in trouble"),
                           Patch(color=DOWN, alpha=0.5, label="the upstream of the deferred letters is down"),
                           pyplot.Line2D([], [], color="black", linewidth=0.8, linestyle=":", label="apps stop")],
                  loc="lower center", ncols=3, frameon=False)
    figure.savefig(picture, dpi=110)


if __name__ == "__main__":
    main(*sys.argv[1:])
