package facteur.journal;

import facteur.platform.log.LetterAddresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Writes each event into the log, as fields: `event`, then those of its [EventKind].
public final class LoggedJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger("journal");

    @Override
    public void record(MailEvent event) {
        record(event, LetterAddresses.NONE);
    }

    @Override
    public void record(MailEvent event, LetterAddresses persons) {
        new EventFields(event, persons).log(LOG, level(event));
    }

    /// Error: an operator has to act. Warning: an operator should know.
    static Level level(MailEvent event) {
        return switch (event) {
            // The cases are asked in order: first what each letter has.
            case MailEvent.Accepted _, MailEvent.Relayed _ -> Level.INFO;
            case MailEvent.SpoolTrouble _,
                    MailEvent.DatabaseFailed _,
                    MailEvent.KeyTrouble _,
                    MailEvent.Held _,
                    MailEvent.ReloadRefused _ -> Level.ERROR;
            case MailEvent.DomainChanged changed when changed.isTrouble() -> Level.WARN;
            case MailEvent.UpstreamFailed _,
                    MailEvent.UpstreamThrottled _,
                    MailEvent.UpstreamCapped _,
                    MailEvent.InDoubt _,
                    MailEvent.ReportFailed _,
                    MailEvent.Dropped _,
                    MailEvent.Unclear _,
                    MailEvent.Warned _,
                    MailEvent.CopyFailed _,
                    MailEvent.ReplyLost _,
                    MailEvent.LoginFailed _,
                    MailEvent.LoginLocked _,
                    MailEvent.ProxyFailed _,
                    MailEvent.CertificateExpires _,
                    MailEvent.ClockJumped _,
                    MailEvent.SettingsTrouble _,
                    MailEvent.OfficeGone _,
                    MailEvent.Orphaned _,
                    MailEvent.LeaseLost _,
                    MailEvent.NodeTakenOver _ ->
                Level.WARN;
            case MailEvent.ReplyAccepted _,
                    MailEvent.Duplicate _,
                    MailEvent.Refused _,
                    MailEvent.FromFallback _,
                    MailEvent.DomainChanged _,
                    MailEvent.Converted _,
                    MailEvent.Deferred _,
                    MailEvent.Failed _,
                    MailEvent.Returned _,
                    MailEvent.Delivered _,
                    MailEvent.ReturnNoted _,
                    MailEvent.KnownBad _,
                    MailEvent.Bounced _,
                    MailEvent.DelayReported _,
                    MailEvent.Confirmed _,
                    MailEvent.ReturnTold _,
                    MailEvent.Split _,
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
                    MailEvent.TlsFailed _ ->
                Level.INFO;
        };
    }
}
