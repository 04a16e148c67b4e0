package facteur.replay;

import facteur.intake.Decider;
import facteur.mail.letter.Provenance;
import facteur.office.Lookup;
import facteur.office.OfficeSettings;
import facteur.settings.SettingsSource;
import facteur.spool.OfficeLog;
import facteur.spool.SpoolException;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/// Decides an office's last letters twice, by its settings and by a draft, as the relay would today: with the cards and the states
/// of domains of now. One to a node, since it keeps the number of replays that run. Thread-safe.
public final class Replayer {
    /// How many letters may be asked for.
    public static final int LEAST = 50;
    public static final int MOST = 5_000;
    /// How many are when the question doesn't say.
    public static final int USUAL = 500;

    private static final int AT_ONCE = 2;

    private final OfficeLog log;
    private final InstantSource time;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    public Replayer(OfficeLog log, InstantSource time) {
        this.log = log;
        this.time = time;
    }

    /// @param settings where the office's are, and its cards
    /// @param decider by which letters are decided now
    /// @param draft of the office that it names
    /// @param letters how many at most, from [#LEAST] to [#MOST]
    /// @throws SpoolException when the message log can't be read
    public ReplayResult replay(SettingsSource settings, Decider decider, OfficeSettings draft, int letters) throws SpoolException {
        if (letters < LEAST || letters > MOST) {
            throw new IllegalArgumentException("not from " + LEAST + " to " + MOST + ": " + letters);
        }
        if (!turns.tryAcquire()) {
            return new ReplayResult.Busy();
        }
        try {
            return switch (settings.office(draft.id())) {
                case Lookup.Missing<OfficeSettings> _ -> new ReplayResult.NoOffice();
                case Lookup.Unavailable<OfficeSettings>(var why) -> new ReplayResult.Unavailable(why);
                case Lookup.Unusable<OfficeSettings>(var why) -> new ReplayResult.Unusable(why);
                case Lookup.Found<OfficeSettings>(var current, _) -> replay(new TwoDecisions(settings, decider, current, draft), letters);
            };
        } finally {
            turns.release();
        }
    }

    private ReplayResult replay(TwoDecisions decisions, int letters) throws SpoolException {
        var until = time.instant().plus(OfficeLog.LONGEST);
        var tally = new Tally(decisions, () -> !time.instant().isBefore(until));
        var office = new Provenance.Office(decisions.office().text());
        var place = log.past(office, letters, until, tally::add);
        return tally.result(letters, place.isPresent() ? ReplayResult.End.TIME : ReplayResult.End.LOG);
    }
}
