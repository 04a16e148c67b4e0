package facteur.journal;

import facteur.platform.clock.SteadyTime;
import facteur.platform.log.LetterAddresses;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Counts, on the way into a journal, the events of the last minute, and remembers the last few that report trouble. Its memory
/// doesn't depend on how many there are. Thread-safe.
public final class RecentEvents implements Journal {
    private static final int SECONDS = 60;
    private static final int TROUBLES = 10;

    /// What an event counts as.
    public enum Sort {
        /// A letter came in.
        ACCEPTED,
        /// A letter was not accepted.
        REFUSED,
        /// A letter left for one recipient.
        RELAYED,
        /// One recipient has to wait.
        DEFERRED,
        /// One recipient will never get it.
        FAILED,
        /// An operator should look at it.
        TROUBLE,
        OTHER;

        static Sort of(MailEvent event) {
            return switch (event) {
                case MailEvent.Accepted _ -> ACCEPTED;
                case MailEvent.Refused _ -> REFUSED;
                case MailEvent.Relayed _ -> RELAYED;
                case MailEvent.Deferred _, MailEvent.InDoubt _ -> DEFERRED;
                case MailEvent.Failed _ -> FAILED;
                case MailEvent.DomainChanged changed when changed.isTrouble() -> TROUBLE;
                case MailEvent.Held _,
                        MailEvent.ReportFailed _,
                        MailEvent.Dropped _,
                        MailEvent.UpstreamFailed _,
                        MailEvent.UpstreamThrottled _,
                        MailEvent.UpstreamCapped _,
                        MailEvent.CopyFailed _,
                        MailEvent.CertificateExpires _,
                        MailEvent.LoginLocked _,
                        MailEvent.ClockJumped _,
                        MailEvent.SettingsTrouble _,
                        MailEvent.OfficeGone _,
                        MailEvent.NodeTakenOver _,
                        MailEvent.Orphaned _,
                        MailEvent.LeaseLost _,
                        MailEvent.DatabaseFailed _,
                        MailEvent.KeyTrouble _,
                        MailEvent.ReloadRefused _,
                        MailEvent.SpoolTrouble _ ->
                    TROUBLE;
                case MailEvent.ReplyAccepted _,
                        MailEvent.Duplicate _,
                        MailEvent.FromFallback _,
                        MailEvent.DomainChanged _,
                        MailEvent.Unclear _,
                        MailEvent.Warned _,
                        MailEvent.Returned _,
                        MailEvent.Delivered _,
                        MailEvent.ReturnNoted _,
                        MailEvent.KnownBad _,
                        MailEvent.Bounced _,
                        MailEvent.DelayReported _,
                        MailEvent.Confirmed _,
                        MailEvent.ReturnTold _,
                        MailEvent.Split _,
                        MailEvent.Converted _,
                        MailEvent.UpstreamRecovered _,
                        MailEvent.Acted _,
                        MailEvent.SettingsSaved _,
                        MailEvent.Requested _,
                        MailEvent.DatabaseRecovered _,
                        MailEvent.Reloaded _,
                        MailEvent.SettingsRecovered _,
                        MailEvent.CardGone _,
                        MailEvent.TurnedAway _,
                        MailEvent.RecipientRefused _,
                        MailEvent.LoginFailed _,
                        MailEvent.LoginUnlocked _,
                        MailEvent.TokenMade _,
                        MailEvent.TokenRevoked _,
                        MailEvent.SignedIn _,
                        MailEvent.SignInRefused _,
                        MailEvent.PersonMade _,
                        MailEvent.PersonDisabled _,
                        MailEvent.PersonEnabled _,
                        MailEvent.PasswordChanged _,
                        MailEvent.SecondStepChanged _,
                        MailEvent.Limited _,
                        MailEvent.ProxyFailed _,
                        MailEvent.ReplyLost _,
                        MailEvent.TlsFailed _ ->
                    OTHER;
            };
        }
    }

    /// @param line as in the journal
    public record Trouble(Instant at, String line) {}

    /// A second of the last minute; its place is taken by another in the next one.
    private static final class Second {
        /// Since 1970.
        private final long number;
        private final Map<Sort, AtomicLong> counts = new EnumMap<>(Sort.class);

        Second(long number) {
            this.number = number;
            for (var sort : Sort.values()) {
                counts.put(sort, new AtomicLong());
            }
        }

        AtomicLong count(Sort sort) {
            return Objects.requireNonNull(counts.get(sort));
        }
    }

    private final Journal journal;
    private final SteadyTime time;
    private final AtomicReferenceArray<Second> seconds =
            new AtomicReferenceArray<>(Stream.generate(() -> new Second(Long.MIN_VALUE)).limit(SECONDS).toArray(Second[]::new));
    private final Deque<Trouble> troubles = new ArrayDeque<>();

    public RecentEvents(Journal journal, SteadyTime time) {
        this.journal = journal;
        this.time = time;
    }

    @Override
    public void record(MailEvent event) {
        record(event, LetterAddresses.NONE);
    }

    @Override
    public void record(MailEvent event, LetterAddresses persons) {
        note(Sort.of(event), event);
        journal.record(event, persons);
    }

    private void note(Sort sort, MailEvent event) {
        var now = time.instant();
        second(now.getEpochSecond()).count(sort).incrementAndGet();
        if (sort == Sort.TROUBLE) {
            keep(new Trouble(now, EventKind.text(event)));
        }
    }

    /// Without a lock: each event of each letter comes here.
    private Second second(long number) {
        var place = Math.floorMod(number, SECONDS);
        var second = seconds.get(place);
        while (second.number < number) {
            var next = new Second(number);
            second = seconds.compareAndSet(place, second, next) ? next : seconds.get(place);
        }
        return second;
    }

    private synchronized void keep(Trouble trouble) {
        if (troubles.size() == TROUBLES) {
            troubles.removeFirst();
        }
        troubles.addLast(trouble);
    }

    /// How many there were of each sort in the sixty seconds up to now.
    public Map<Sort, Long> lastMinute() {
        var after = time.instant().getEpochSecond() - SECONDS;
        var recent = IntStream.range(0, SECONDS).mapToObj(seconds::get).filter(second -> second.number > after).toList();
        var sums = new EnumMap<Sort, Long>(Sort.class);
        for (var sort : Sort.values()) {
            sums.put(sort, recent.stream().mapToLong(second -> second.count(sort).get()).sum());
        }
        return sums;
    }

    /// The last ones, the oldest first.
    public synchronized List<Trouble> troubles() {
        return troubles.stream().map(each -> new Trouble(time.onWall(each.at()), each.line())).toList();
    }
}
