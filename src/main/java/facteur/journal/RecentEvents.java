package facteur.journal;

import facteur.platform.clock.SteadyTime;
import facteur.platform.log.LetterAddresses;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    /// A second of the last minute; its place is used again in the next one.
    private static final class Second {
        /// Since 1970.
        private long number;
        private final Map<Sort, Long> counts = new EnumMap<>(Sort.class);
    }

    private final Journal journal;
    private final SteadyTime time;
    private final List<Second> seconds = Stream.generate(Second::new).limit(SECONDS).toList();
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

    private synchronized void note(Sort sort, MailEvent event) {
        var now = time.instant();
        var second = seconds.get(Math.floorMod(now.getEpochSecond(), SECONDS));
        if (second.number != now.getEpochSecond()) {
            second.number = now.getEpochSecond();
            second.counts.clear();
        }
        second.counts.merge(sort, 1L, Long::sum);
        if (sort == Sort.TROUBLE) {
            if (troubles.size() == TROUBLES) {
                troubles.removeFirst();
            }
            troubles.addLast(new Trouble(now, EventKind.text(event)));
        }
    }

    /// How many there were of each sort in the sixty seconds up to now.
    public synchronized Map<Sort, Long> lastMinute() {
        var after = time.instant().getEpochSecond() - SECONDS;
        var sums = new EnumMap<Sort, Long>(Sort.class);
        for (var sort : Sort.values()) {
            sums.put(sort, seconds.stream()
                    .filter(second -> second.number > after)
                    .mapToLong(second -> second.counts.getOrDefault(sort, 0L))
                    .sum());
        }
        return sums;
    }

    /// The last ones, the oldest first.
    public synchronized List<Trouble> troubles() {
        return troubles.stream().map(each -> new Trouble(time.onWall(each.at()), each.line())).toList();
    }
}
