package facteur.mail.returned;

import java.util.Optional;
import java.util.OptionalInt;

/// Why a letter didn't arrive, in as many kinds as plain words are wanted for. From the status code (RFC 3463 and its
/// registry); from the SMTP reply code only where the status says no more than its class, and the reply code means one thing.
/// Never from words: [#OTHER] rather than a wrong one.
public enum Trouble {
    /// The host has no such mailbox, or the address has a form that no host takes.
    NO_MAILBOX,
    /// The mailbox is there, and is closed.
    MAILBOX_CLOSED,
    MAILBOX_FULL,
    /// The domain doesn't exist, or takes no mail.
    NO_DOMAIN,
    TOO_LARGE,
    /// By a rule of the host: often because it takes the letter for spam, sometimes because the recipient takes mail only
    /// from some senders.
    REFUSED,
    /// The host doubts that the letter is from whom it says: SPF, DKIM, DMARC, or the name of the relay's address.
    NOT_AUTHENTICATED,
    /// The host couldn't be reached, or wasn't ready, for as long as the letter was tried.
    UNREACHABLE,
    /// The letter went in a circle.
    LOOP,
    /// The host can't take a letter of this form.
    NOT_SUPPORTED,
    /// Anything else: the host's words are all there is.
    OTHER;

    /// @param status `5.1.1`; may be empty, or anything
    /// @param diagnostic what the host said
    public static Trouble of(String status, String diagnostic) {
        return of(StatusCode.ofField(status), Diagnostic.parse(diagnostic).replyCode());
    }

    private static Trouble of(Optional<StatusCode> status, OptionalInt replyCode) {
        if (status.isEmpty() || status.get().isGeneral()) {
            return replyCode.isPresent() ? ofReply(replyCode.getAsInt()) : OTHER;
        }
        var isPermanent = status.get().isPermanent();
        var detail = status.get().detail();
        return switch (status.get().subject()) {
            case 1 -> isPermanent ? ofAddress(detail) : OTHER;
            case 2 -> ofMailbox(detail, isPermanent);
            case 3 -> ofSystem(detail, isPermanent);
            case 4 -> ofNetwork(detail, isPermanent, replyCode);
            case 6 -> NOT_SUPPORTED;
            case 7 -> ofPolicy(detail, isPermanent);
            default -> OTHER;
        };
    }

    /// 552 is said for a full mailbox and for a large letter, 550 for nearly all.
    private static Trouble ofReply(int code) {
        return switch (code) {
            case 551 -> NO_MAILBOX;
            // RFC 7504.
            case 521, 556 -> NO_DOMAIN;
            default -> OTHER;
        };
    }

    private static Trouble ofAddress(int detail) {
        return switch (detail) {
            // 10 is "null MX" in the registry, and "recipient not found" when Exchange says it.
            case 1, 3, 4, 6, 10 -> NO_MAILBOX;
            case 2 -> NO_DOMAIN;
            // About the sender's address.
            case 7, 8 -> NOT_AUTHENTICATED;
            default -> OTHER;
        };
    }

    private static Trouble ofMailbox(int detail, boolean isPermanent) {
        return switch (detail) {
            // 4.2.1 is said of mailboxes that get too much at a time.
            case 1 -> isPermanent ? MAILBOX_CLOSED : OTHER;
            case 2 -> MAILBOX_FULL;
            case 3 -> TOO_LARGE;
            default -> OTHER;
        };
    }

    private static Trouble ofSystem(int detail, boolean isPermanent) {
        return switch (detail) {
            case 4 -> TOO_LARGE;
            case 3 -> NOT_SUPPORTED;
            default -> isPermanent ? OTHER : UNREACHABLE;
        };
    }

    private static Trouble ofNetwork(int detail, boolean isPermanent, OptionalInt replyCode) {
        return switch (detail) {
            case 6 -> LOOP;
            // 310 is Exchange's, for a domain without an entry.
            case 4, 310 -> isPermanent ? NO_DOMAIN : UNREACHABLE;
            // "No answer from host", as a host's answer: Exchange refuses unknown recipients so, and others.
            case 1 -> isPermanent && replyCode.isPresent() ? OTHER : UNREACHABLE;
            default -> UNREACHABLE;
        };
    }

    private static Trouble ofPolicy(int detail, boolean isPermanent) {
        return switch (detail) {
            // The address or the domain has another owner since (RFC 7293).
            case 17 -> isPermanent ? NO_MAILBOX : OTHER;
            case 18 -> isPermanent ? NO_DOMAIN : OTHER;
            // RFC 7372. Gmail says 27 of SPF and 30 of DKIM, more often than others say them of what the registry has there;
            // Exchange says 509 of DMARC.
            case 20, 21, 22, 23, 24, 25, 26, 27, 29, 30, 509 -> NOT_AUTHENTICATED;
            default -> REFUSED;
        };
    }
}
