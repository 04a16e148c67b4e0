"""What a build should do beside another, and whether it does."""

import math

from cases import COMPARED, CROWD
from rounds import Figures
from tables import line, table

TWENTY, ONE, TWO_HUNDRED, LARGE = (case.name for case in COMPARED)


class Results(dict[tuple[str, str], Figures]):
    """Figures by what was measured and whose they are."""

    def __init__(self, ours: str, theirs: str):
        super().__init__()
        self.ours = ours
        self.theirs = theirs

    def value(self, of: str, what: str, whose: str) -> float:
        """NaN where it wasn't measured."""
        figures = self.get((what, whose))
        return getattr(figures, of)() if figures else math.nan

    def times(self, of: str, what: str, beside: str) -> float:
        return _ratio(self.value(of, what, self.ours), self.value(of, what, beside))

    def share(self, whose: str, what: str, plain: str) -> float:
        """Letters/s as a part of those of something else."""
        return _ratio(self.value("rate", what, whose), self.value("rate", plain, whose))


def _ratio(above: float, below: float) -> float:
    return above / below if below else math.nan


def aims(found: Results):
    """What wasn't measured has no line."""
    ours, theirs, beside = found.ours, found.theirs, f"× {found.theirs}"
    load, same_load = f"load, {TWENTY}", f"{ours}, as fast as {theirs}"
    table(["measure", "beside", "is", "aim", "reached"])
    for measure, of, value, sign, aim in [
        (f"letters/s, {TWENTY}", beside, found.times("rate", TWENTY, theirs), "≥", 1.35),
        ("", "× Postfix", found.times("rate", TWENTY, "Postfix"), "≥", 6.5),
        (f"CPU/letter, {TWENTY}", beside, found.times("cpu_millis", TWENTY, theirs), "≤", 0.6),
        ("", "× Postfix", found.times("cpu_millis", TWENTY, "Postfix"), "≤", 0.1),
        (f"octets to the disk/letter, {TWENTY}", beside, found.times("written_octets", TWENTY, theirs), "≤", 0.45),
        (f"octets to the disk/letter, {ONE}", beside, found.times("written_octets", ONE, theirs), "≤", 0.3),
        (f"context switches/letter, {TWENTY}", beside, found.times("switches", TWENTY, theirs), "≤", 0.6),
        (f"context switches/letter, {ONE}", beside, found.times("switches", ONE, theirs), "≤", 0.6),
        (f"letters/s, {ONE}", beside, found.times("rate", ONE, theirs), "≥", 1.4),
        ("", "× Postfix", found.times("rate", ONE, "Postfix"), "≥", 2),
        ("letters/s, 200 connections ÷ 20", "× that of no relay",
         _ratio(found.share(ours, TWO_HUNDRED, TWENTY), found.share("no relay", TWO_HUNDRED, TWENTY)), "≥", 0.95),
        (f"letters/s, {LARGE}", "× Postfix", found.times("rate", LARGE, "Postfix"), "≥", 2),
        (f"p99 at 70 % load, {TWENTY}", beside, found.times("p99", load, theirs), "≤", 0.8),
        (f"the same, both at the pace of {theirs}", beside,
         _ratio(found.value("p99", load, same_load), found.value("p99", load, theirs)), "≤", 0.8),
        ("the first letters after a start, letters/s", "× warm",
         _ratio(found.value("rate", "start", ours), found.value("rate", TWENTY, ours)), "≥", 0.7),
        ("the same without a cache", "× warm",
         _ratio(found.value("rate", "start", f"{ours}, no cache"), found.value("rate", TWENTY, ours)), "≥", 0.33),
        ("RSS, idle", beside, found.times("rss", "start", theirs), "≤", 0.9),
        (f"RSS, {CROWD.name}", beside, found.times("rss", CROWD.name, theirs), "≤", 0.9),
        *((f"{what} ÷ {plain}, letters/s", f"that of {theirs}", found.share(ours, what, plain), "≥", found.share(theirs, what, plain))
          for what, plain in (("DKIM, both keys", "plain"), ("returns", "plain"), ("TLS", "in clear"), ("letter keys", "in clear"))),
    ]:
        if not math.isnan(value):
            unknown = math.isnan(aim)
            reached = value >= aim if sign == "≥" else value <= aim
            line([measure, of, f"{value:.2f}", "" if unknown else f"{sign} {aim:.2f}", "" if unknown else "yes" if reached else "no"])
