"""What an endurance run came to: a table, and what is wrong with it."""

import statistics
from dataclasses import dataclass

# Of the last quarter's median beside the second quarter's: the first is for warming up.
FLAT = 1.1
FLAT_COLUMNS = {"rss_mb": "RSS", "fds": "file descriptors", "threads": "threads"}
ROWS = {
    "RSS, MB": "rss_mb",
    "PSS, MB": "pss_mb",
    "heap, MB": "heap_mb",
    "file descriptors": "fds",
    "threads": "threads",
    "processors": "cpu",
    "letters/s accepted": "accepted_s",
    "letters/s arrived": "arrived_s",
    "retries/s of letters that wait": "retries_s",
    "accepted and not yet arrived": "in_relay",
    "end-of-data reply, median, ms": "reply_p50",
    "95 of 100, ms": "reply_p95",
    "99 of 100, ms": "reply_p99",
    "the slowest, ms": "reply_max",
    "due until arrived, median, ms": "journey_p50",
    "95 of 100 arrived, ms": "journey_p95",
    "99 of 100 arrived, ms": "journey_p99",
    "the last arrived, ms": "journey_max",
}


@dataclass(frozen=True)
class Result:
    rows: list[dict]
    counts: dict
    lost: dict
    rest_seconds: float
    deferred: int
    still_deferred: int
    reloads: int
    failed_reloads: int
    errors: int


def show(result: Result) -> list[str]:
    """Prints it. Returns what isn't as it should be."""
    hour = [row for row in result.rows if row["phase"] == "hour"]
    _medians(hour)
    _counts(result)
    faults = [*_lost(result), *_growth(hour)]
    return faults


def _medians(hour: list[dict]):
    length = hour[-1]["minute"]
    part = min(10, round(length / 3, 1))
    first = [row for row in hour if row["minute"] <= part]
    last = [row for row in hour if row["minute"] > length - part]
    print(f"\n| | first {part:g} min | last {part:g} min | most |\n|---|---|---|---|")
    for name, column in ROWS.items():
        print(f"| {name} | {_median(first, column)} | {_median(last, column)} | {_number(max(_values(hour, column), default=None))} |")


def _counts(result: Result):
    counts, lost = result.counts, result.lost
    print("\n| letters | |\n|---|---|")
    for name, count in (
            ("accepted", counts["accepted"]),
            ("lost", lost["lost"]),
            ("of those deferred before, lost", result.deferred - result.still_deferred),
            ("retries of those deferred before", counts["full"]),
            ("4xx and lost connections, after which the letter was sent again", counts["put_off"]),
            ("refused with 5xx", counts["refused"]),
            ("no reply to the end of data", counts["unanswered"]),
            ("second copies, no reply to the first", counts["explained"]),
            ("second copies, unexplained", counts["unexplained"]),
            ("arrived that were never sent", counts["strange"]),
            ("reloads", result.reloads),
            ("until the queue was empty of the others, s", result.rest_seconds)):
        print(f"| {name} | {count:,.0f} |")


def _lost(result: Result) -> list[str]:
    counts, lost = result.counts, result.lost
    checks = [
        (lost["lost"], f"letters lost, such as X-Number {lost['first']}"),
        (result.deferred - result.still_deferred, "deferred letters that no longer wait"),
        (max(0, result.rows[-1]["in_queue"] - result.deferred), "letters in the queue that should have left"),
        (counts["unexplained"], "second copies of letters that the upstream had taken with 250"),
        (counts["refused"], f"letters refused; the last was {counts['last_refusal']}"),
        (counts["unanswered"], "letters without a reply to the end of data"),
        (counts["strange"], "letters arrived that were never sent"),
        (result.failed_reloads, "reloads failed, or not wholly taken over: reloads, in the folder below"),
        (result.errors, "errors in the relay's log"),
    ]
    return [f"{count} {what}" for count, what in checks if count != 0]


def _growth(hour: list[dict]) -> list[str]:
    """Says how flat each is."""
    faults = []
    length = hour[-1]["minute"]
    print()
    for column, name in FLAT_COLUMNS.items():
        second = statistics.median(_values([row for row in hour if length / 4 < row["minute"] <= length / 2], column))
        last = statistics.median(_values([row for row in hour if row["minute"] > length * 3 / 4], column))
        text = f"{name}: {_number(last)} in the last quarter, {_number(second)} in the second: × {last / second:.2f}"
        print(f"{text}; flat is up to × {FLAT}")
        if last > FLAT * second:
            faults.append(text)
    return faults


def _values(rows: list[dict], column: str) -> list[float]:
    return [row[column] for row in rows if row[column] is not None]


def _median(rows: list[dict], column: str) -> str:
    values = _values(rows, column)
    return _number(statistics.median(values) if values else None)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
