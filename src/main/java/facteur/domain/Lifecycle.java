package facteur.domain;

import facteur.platform.config.Section;
import java.time.Duration;
import java.time.Instant;

/// Moves a claim from state to state by what checks find. Normally: pending, until the office's DNS has the records;
/// verified, and checked once a day from then on. One bad answer takes it to degraded, where letters still leave under the
/// domain; only a mismatch that persists, over a number of checks and a time, suspends it. A good answer restores everything
/// at once. A check without result changes nothing, until that has been so for days: then the domain is unconfirmed, and
/// letters still leave under it. Pure and total; immutable.
///
/// @param checks how many mismatches in a row suspend a domain, at least
/// @param grace how long ago the first of them must be, at least
public record Lifecycle(int checks, Duration grace) {
    /// The claim after a check.
    ///
    /// @param nextCheckAt when to look again
    public record Step(DomainState next, Instant nextCheckAt) {}

    /// How long a claim may be pending.
    static final Duration PATIENCE = Duration.ofDays(30);
    /// Between checks of a verified domain.
    static final Duration DAILY = Duration.ofDays(1);
    /// How long a proof stands when no check finds out anything. Longer than a weekend; and no longer than a resolver that
    /// can't reach the domain's servers should give old records (RFC 8767 §5: one to three days). After that receivers don't find our
    /// keys, either.
    static final Duration SILENCE = Duration.ofDays(3);
    /// Until the next question when nothing was found out.
    static final Duration SOON = Duration.ofHours(1);
    /// No claim waits for longer than that for its next check.
    static final Duration LONGEST = DAILY.plus(SOON);
    private static final Duration SOONEST = Duration.ofMinutes(1);
    private static final Duration LATEST = Duration.ofHours(6);

    /// Reads `grace-checks` and `grace` of the section `domains`.
    public static Lifecycle from(Section section) {
        return new Lifecycle(
                section.integer("grace-checks", 3, 1, 1000),
                section.duration("grace", Duration.ofHours(24), Duration.ZERO, Duration.ofDays(365)));
    }

    /// @param sureAt when a check last found something out, right or wrong
    public Step step(DomainState state, Instant sureAt, Evidence evidence, Instant now) {
        return switch (evidence) {
            case Evidence.Proved() -> proved(state, now);
            case Evidence.Mismatch(var reason) -> mismatch(state, reason, now);
            case Evidence.Unclear(var why) -> unclear(state, sureAt, why, now);
        };
    }

    private Step unclear(DomainState state, Instant sureAt, String why, Instant now) {
        var next = switch (state) {
            case DomainState.Verified _ -> isOver(sureAt, SILENCE, now) ? new DomainState.Unconfirmed(now, why) : state;
            case DomainState.Unconfirmed(var since, _) -> new DomainState.Unconfirmed(since, why);
            // That it isn't proved was reported already.
            case DomainState.Pending _, DomainState.Degraded _, DomainState.Suspended _, DomainState.Failed _ -> state;
        };
        return new Step(next, now.plus(untilNext(next, now, SOON)));
    }

    /// The same step, when the clock can't be believed: what ends a claim by the time that it has lasted is left for later.
    static Step patient(DomainState before, Step step, Instant now) {
        var ends = switch (step.next()) {
            case DomainState.Suspended _ -> !(before instanceof DomainState.Suspended);
            case DomainState.Failed _ -> !(before instanceof DomainState.Failed);
            case DomainState.Unconfirmed _ -> !(before instanceof DomainState.Unconfirmed);
            case DomainState.Pending _, DomainState.Verified _, DomainState.Degraded _ -> false;
        };
        return ends ? new Step(before, now.plus(SOON)) : step;
    }

    private static Step proved(DomainState state, Instant now) {
        var next = switch (state) {
            case DomainState.Verified verified -> verified;
            case DomainState.Pending _,
                    DomainState.Unconfirmed _,
                    DomainState.Degraded _,
                    DomainState.Suspended _,
                    DomainState.Failed _ ->
                new DomainState.Verified(now);
        };
        return new Step(next, now.plus(DAILY));
    }

    private Step mismatch(DomainState state, String reason, Instant now) {
        var next = switch (state) {
            case DomainState.Pending(var since) ->
                isOver(since, PATIENCE, now) ? new DomainState.Failed(now, reason) : state;
            case DomainState.Verified _, DomainState.Unconfirmed _ -> persisting(new DomainState.Degraded(now, 1, reason), now);
            case DomainState.Degraded(var since, var mismatches, _) ->
                persisting(new DomainState.Degraded(since, mismatches + 1, reason), now);
            case DomainState.Suspended(var since, _) -> new DomainState.Suspended(since, reason);
            case DomainState.Failed(var since, _) -> new DomainState.Failed(since, reason);
        };
        return new Step(next, now.plus(untilNext(next, now, DAILY)));
    }

    private DomainState persisting(DomainState.Degraded degraded, Instant now) {
        return degraded.mismatches() >= checks && isOver(degraded.since(), grace, now)
                ? new DomainState.Suspended(now, degraded.reason())
                : degraded;
    }

    private static boolean isOver(Instant since, Duration time, Instant now) {
        return !since.plus(time).isAfter(now);
    }

    /// The longer a record is missing, the less often the DNS is asked.
    ///
    /// @param verified for a domain that is all right
    private Duration untilNext(DomainState state, Instant now, Duration verified) {
        return switch (state) {
            case DomainState.Verified _ -> verified;
            case DomainState.Unconfirmed _ -> SOON;
            case DomainState.Degraded _ -> between(SOONEST, grace.dividedBy(2L * checks), SOON);
            case DomainState.Pending(var since) -> between(SOONEST, age(since, now).dividedBy(4), SOON);
            case DomainState.Suspended(var since, _) -> between(SOONEST, age(since, now).dividedBy(4), LATEST);
            case DomainState.Failed(var since, _) -> between(SOONEST, age(since, now).dividedBy(4), LATEST);
        };
    }

    private static Duration age(Instant since, Instant now) {
        return Duration.between(since, now);
    }

    private static Duration between(Duration least, Duration wanted, Duration most) {
        var atMost = wanted.compareTo(most) > 0 ? most : wanted;
        return atMost.compareTo(least) < 0 ? least : atMost;
    }
}
