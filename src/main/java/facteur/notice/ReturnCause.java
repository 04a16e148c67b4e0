package facteur.notice;

import facteur.platform.config.Word;
import java.util.regex.Pattern;

/// Why a host gave a letter back, as far as an office can do something about it.
enum ReturnCause {
    NO_MAILBOX,
    CLOSED_MAILBOX,
    FULL_MAILBOX,
    NO_DOMAIN,
    TOO_LARGE,
    REFUSED,
    /// SPF, DKIM or DMARC: the office can do nothing.
    UNVERIFIED,
    GAVE_UP,
    OTHER;

    /// A reply of SMTP that begins a diagnostic, with `smtp;` before it or without.
    private static final Pattern REPLY = Pattern.compile("(?i)^\\s*(?:smtp\\s*;)?\\s*5[0-9]{2}\\b.*", Pattern.DOTALL);
    private static final Pattern TOO_MUCH = Pattern.compile("(?i)^\\s*(?:smtp\\s*;)?\\s*552\\b.*", Pattern.DOTALL);

    /// By the code of RFC 3463; by the words of no language.
    ///
    /// @param status `5.1.1`; may be empty, or anything
    /// @param diagnostic the host's own words
    static ReturnCause of(String status, String diagnostic) {
        var parts = status.strip().split("\\.");
        if (parts.length != 3) {
            return bySmtp(diagnostic);
        }
        var detail = parts[1] + "." + parts[2];
        return switch (detail) {
            case "1.1", "1.0", "1.3", "1.4" -> NO_MAILBOX;
            case "1.6", "2.1" -> CLOSED_MAILBOX;
            case "2.2" -> FULL_MAILBOX;
            case "1.2", "1.10", "4.4", "4.310" -> NO_DOMAIN;
            case "2.3", "3.4" -> TOO_LARGE;
            case "1.7", "1.8", "7.20", "7.21", "7.22", "7.23", "7.24", "7.25", "7.26", "7.27", "7.29", "7.509", "7.515" -> UNVERIFIED;
            // RFC 3463 §3.5 has this for a host that doesn't answer. One that says so in a reply knows no such mailbox.
            case "4.1" -> REPLY.matcher(diagnostic).matches() ? NO_MAILBOX : GAVE_UP;
            case "4.7" -> GAVE_UP;
            case "0.0" -> bySmtp(diagnostic);
            default -> byClass(parts);
        };
    }

    private static ReturnCause byClass(String[] parts) {
        if (parts[0].equals("4")) {
            return GAVE_UP;
        }
        return parts[1].equals("7") ? REFUSED : OTHER;
    }

    /// RFC 5321 §4.2.3: storage allocation exceeded. The other codes say less than is needed.
    private static ReturnCause bySmtp(String diagnostic) {
        return TOO_MUCH.matcher(diagnostic).matches() ? FULL_MAILBOX : OTHER;
    }

    /// Of its sentences.
    String word() {
        return Word.of(this);
    }
}
