package facteur.upstream;

import facteur.mail.smtp.Reply;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// What providers say when we have sent as much as we may: nothing is wrong with the letter, though most of them say it by a
/// 5yz. Only what is documented, or was seen in public reports, is here; everything else counts by its code.
enum Quota {
    /// Google, of a mailbox (support.google.com/a/answer/3221692: 550 5.4.5 Daily user sending limit exceeded). RFC 3463
    /// §3.5 has X.4.5 for congestion, which is never the letter's.
    CONGESTION(Rest.LONG, "^5.. 5\\.4\\.5\\b"),

    /// Amazon SES (its page on errors of sending quotas: 454 Throttling failure: Daily message quota exceeded).
    SES_DAY(Rest.LONG, "throttling failure: daily message quota exceeded"),

    /// Amazon SES, of a second (454 Throttling failure: Maximum sending rate exceeded).
    SES_SECOND(Rest.SHORT, "throttling failure: maximum sending rate exceeded"),

    /// Google's relay for a whole domain (support.google.com/a/answer/6140680: 550 5.7.1 Daily SMTP relay limit exceeded for
    /// customer).
    DAILY_LIMIT(Rest.LONG, "daily (?:\\S+ ){0,4}(?:limit|quota)(?: \\S+)? exceeded"),

    /// Microsoft 365 (its list of non-delivery reports): the mailbox's, the trial tenant's and the tenant's limit of
    /// recipients a day; a tenant that has sent too much in all; a tenant that is too new for its network.
    TENANT_LIMIT(Rest.LONG, "^5.. 5\\.(?:1\\.90|7\\.232|7\\.233|7\\.705|7\\.708)\\b"),

    /// Plesk (zotonic/zotonic#3508: 554 5.7.0 … Try again later).
    PLESK(Rest.LONG, "limit on the number of allowed outgoing messages was exceeded"),

    /// Zoho (help.zoho.com, community: 550 5.4.6 Unusual sending activity detected); its account is stopped for days.
    ZOHO(Rest.LONG, "unusual sending activity detected"),

    /// GoDaddy (WWBN/AVideo#7527: 552 … Message would take you over your relay quota of 500).
    RELAY_QUOTA(Rest.LONG, "over your relay quota|relay quota (?:\\S+ ){0,3}exceeded"),

    /// Policy services of smaller hosts (deltachat/deltachat-core#647: 554 5.7.1 limit of 400 rcpts per 24 hours for client …
    /// reached; root-io/vmail#67: only 10 messages per day).
    PER_PERIOD(
            Rest.LONG,
            "limit of \\d+ (?:rcpts?|recipients|messages|e?-?mails) per (?:\\d+ )?(?:minutes?|hours?|days?)"
                    + "|only \\d+ (?:rcpts?|recipients|messages|e?-?mails) per (?:\\d+ )?(?:minutes?|hours?|days?)"),

    /// By the name of the limit, of any host: sending, outgoing, hourly.
    SENDING_LIMIT(
            Rest.LONG,
            "(?:sending|outgoing|outbound|hourly|monthly) (?:\\S+ ){0,3}(?:limit|quota)(?: \\S+){0,2} (?:exceeded|reached)"
                    + "|(?:exceeded|reached|over) (?:your |the |its )(?:\\S+ ){0,2}(?:sending|outgoing|outbound|hourly|daily|monthly)"
                    + " (?:\\S+ ){0,2}(?:limit|quota)"),

    /// A 5yz that contradicts itself, as the big hosts' do when they have enough of us for now. Not about a recipient (X.1.x).
    TRY_LATER(Rest.SHORT, "^5.. (?!5\\.1\\.).*try again later"),

    /// cPanel: of one sender's domain, so the others go on (Domain … has exceeded the max emails per hour (…) allowed).
    SENDER_DOMAIN(
            Rest.NONE, "has exceeded the max (?:emails|defers and failures) per hour");

    /// How long the upstream is left alone.
    enum Rest {
        /// The letter waits by its own schedule, and no other.
        NONE,
        /// As after any failure of the upstream.
        SHORT,
        /// For minutes: such a limit is one of hours.
        LONG
    }

    private final Rest rest;
    private final Pattern pattern;

    /// @param regex in any case, somewhere in the reply as it is logged: `550 5.4.5 text of all lines`
    Quota(Rest rest, String regex) {
        this.rest = rest;
        this.pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    Rest rest() {
        return rest;
    }

    /// Whether a reply names one, and doesn't only mean "later".
    static boolean isNamedBy(Reply reply) {
        return of(reply).filter(quota -> quota != TRY_LATER).isPresent();
    }

    /// Whether a reply names one that lasts.
    static boolean isLasting(Reply reply) {
        return of(reply).filter(quota -> quota.rest == Rest.LONG).isPresent();
    }

    /// Which one a reply speaks of; empty for nearly all.
    static Optional<Quota> of(Reply reply) {
        // RFC 3463 §3.3: X.2.x is about the recipient's mailbox, whose quota isn't ours.
        if (reply.code() < 400 || reply.enhanced().filter(status -> status.subject() == 2).isPresent()) {
            return Optional.empty();
        }
        var text = reply.toString();
        return Arrays.stream(values()).filter(quota -> quota.pattern.matcher(text).find()).findFirst();
    }
}
