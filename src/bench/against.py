"""Two builds of facteur, Postfix and no relay in turns: what a letter costs each, and how far the aims are."""

import contextlib
import time
from dataclasses import dataclass, replace

from aims import Results, aims
from builds import Build
from cases import COMPARED, CROWD, KEYED, SECURED, WAYS, Case
from facteurs import Facteur, KeyedFacteur, ReturningFacteur, SigningFacteur, UncachedFacteur
from relays import NoRelay, Postfix, Relay
from rounds import Figures, Length, Turn, measure, round_of
from sink import Sink
from tables import line, table

SECTIONS = "start,cases,ways,load"
IDLE_SECONDS = 3
LOAD = 0.7
CLEAR, TLS = SECURED[:2]


@dataclass(frozen=True)
class Plan:
    """How long all takes."""

    sections: list[str]
    length: Length
    less: Length  # for all but the first two cases
    loads: list[Case]
    starts: list[type[Facteur]]
    most_warming: int = 40_000
    first_letters: int = 5_000

    @classmethod
    def full(cls, sections: list[str], length: Length) -> "Plan":
        return cls(sections, length, length, COMPARED, [Facteur, UncachedFacteur])

    @classmethod
    def quick(cls, sections: list[str]) -> "Plan":
        return cls(sections, Length(1, 1), Length(1, 0), COMPARED[:1], [Facteur], 3_000, 1_000)

    def length_of(self, case: Case) -> Length:
        return self.length if case in COMPARED[:2] else self.less


def against(ours: Build, theirs: Build, sink: Sink, plan: Plan):
    builds = [ours.packaged(), theirs.packaged()]
    found = Results(ours.name, theirs.name)
    if "start" in plan.sections:
        start(builds, found, sink, plan)
    if set(plan.sections) - {"start"}:
        warm(builds, found, sink, plan)
    aims(found)


def start(builds: list[Build], found: Results, sink: Sink, plan: Plan):
    """Memory before the first letters, and how fast those go."""
    for _ in range(plan.length.rounds):
        for build in builds:
            for kind in plan.starts:
                relay = kind(sink.port, build)
                with contextlib.ExitStack() as ends:
                    ends.callback(relay.stop)
                    relay.start()
                    time.sleep(IDLE_SECONDS)
                    idle, before = relay.meter.megabytes(), relay.meter.read()
                    rate = round_of(relay, sink, WAYS, plan.first_letters)
                    figures = found.setdefault(("start", relay.name), Figures())
                    figures.add(rate, relay.meter.read().each(plan.first_letters, before), idle, None)
    table(["just started", f"the first {plan.first_letters:,}, letters/s", "CPU, ms/letter", f"RSS, MB, idle for {IDLE_SECONDS} s"])
    for (what, name), figures in found.items():
        line([name, f"{figures.rate():,.0f}", f"{figures.cpu_millis():.2f}", f"{figures.rss():.0f}"])


def warm(builds: list[Build], found: Results, sink: Sink, plan: Plan):
    """All that needs relays that have run for a while."""
    with contextlib.ExitStack() as ends:
        def started(relay: Relay) -> Relay:
            """Warm, too."""
            ends.callback(relay.stop)
            relay.start()
            round_of(relay, sink, WAYS, min(relay.letters_until_warm, plan.most_warming))
            return relay

        facteurs = [started(Facteur(sink.port, build)) for build in builds]
        others = [started(Postfix(sink.port))] if Postfix.is_here() else []
        if "cases" in plan.sections:
            cases([NoRelay(sink.port), *facteurs, *others], found, sink, plan)
        if "ways" in plan.sections:
            ways(turns_of_ways(facteurs, started), found, sink, plan)
        if "load" in plan.sections:
            table(["case", "relay", "at most, letters/s", f"at {LOAD:.0%} of it, letters/s", "99 of 100 end-of-data replies within, ms"])
            for case in plan.loads:
                loaded(case, facteurs, others, found, sink, plan.less)


def cases(relays: list[Relay], found: Results, sink: Sink, plan: Plan):
    table(["case", "relay", "letters/s", "CPU, ms/letter", "KB/letter to the disk", "context switches/letter", "RSS, MB"])
    for case in [*COMPARED[:-1], CROWD, COMPARED[-1]]:  # After large letters a heap stays large.
        able = [relay for relay in relays if case is not CROWD or relay.most_connections >= CROWD.connections]
        found |= measure([Turn((case.name, relay.name), relay, case) for relay in able], sink, plan.length_of(case))
        for relay in able:
            figures = found[case.name, relay.name]
            line([case.name, relay.name, f"{figures.rate():,.0f}"]
                 + ([f"{figures.cpu_millis():.2f}", f"{figures.written_octets() / 1000:.1f}", f"{figures.switches():.1f}",
                     f"{figures.rss():.0f}"] if relay.processes else [""] * 4))


def turns_of_ways(facteurs: list[Facteur], started) -> dict[str, list[Turn]]:
    """More than plain letters, by what is plain: one of each pair is the same but for that. What a build doesn't know is left out."""
    turns = {"plain": [], "in clear": []}
    for plain in facteurs:
        def started_if_understood(kind, what: str) -> list[Turn]:
            relay = kind(plain.sink_port, plain.build)
            return [Turn((what, plain.name), started(relay), WAYS)] if relay.is_understood() else []

        turns["plain"] += [Turn(("plain", plain.name), plain, WAYS)]
        turns["plain"] += started_if_understood(SigningFacteur, "DKIM, both keys") + started_if_understood(ReturningFacteur, "returns")
        keyed = [KEYED] if KeyedFacteur(plain.sink_port, plain.build).is_understood() else []
        turns["in clear"] += [Turn((case.name, plain.name), plain, case) for case in (CLEAR, TLS, *keyed)]
    return turns


def ways(turns: dict[str, list[Turn]], found: Results, sink: Sink, plan: Plan):
    table([WAYS.name, "relay", "letters/s", "× plain", "CPU, ms/letter", "more than plain"])
    for plain, some in turns.items():
        found |= measure(some, sink, plan.less)
        for what, name in (turn.key for turn in some):
            figures, base = found[what, name], found[plain, name]
            line([what, name, f"{figures.rate():,.0f}", f"{figures.rate() / base.rate():.2f}", f"{figures.cpu_millis():.2f}",
                  f"{figures.cpu_millis() - base.cpu_millis():+.2f}"])


def loaded(case: Case, facteurs: list[Facteur], others: list[Relay], found: Results, sink: Sink, length: Length):
    """Each at its own pace; and the first facteur at that of the second, too."""
    relays = [*facteurs, *(relay for relay in others if relay.most_connections >= case.connections)]  # Source.java waits for all.
    full = replace(case, by_java=True)
    most = measure([Turn(relay.name, relay, full) for relay in relays], sink, replace(length, rounds=1))
    paces = [(relay.name, relay, most[relay.name].rate() * LOAD) for relay in relays]
    ours, theirs = facteurs
    paces.append((f"{ours.name}, as fast as {theirs.name}", ours, most[theirs.name].rate() * LOAD))
    found |= measure([Turn((f"load, {case.name}", name), relay, replace(full, pace=pace)) for name, relay, pace in paces], sink, length)
    for name, relay, _ in paces:
        figures = found[f"load, {case.name}", name]
        line([case.name, name, f"{most[relay.name].rate():,.0f}", f"{figures.rate():,.0f}", f"{figures.p99():.1f}"])
