package facteur.listener;

import facteur.mail.smtp.EnhancedStatus;
import facteur.mail.smtp.Reply;
import java.util.List;
import java.util.Optional;

/// The replies of the listener, each under the section that asks for it.
final class Replies {
    /// RFC 5321 §4.1.1.1.
    static final Reply HELO_FIRST = Reply.of(503, 5, 1, "EHLO or HELO first");

    /// RFC 5321 §4.1.4.
    static final Reply MAIL_FIRST = Reply.of(503, 5, 1, "MAIL first");
    static final Reply MAIL_GIVEN = Reply.of(503, 5, 1, "MAIL already given");
    static final Reply NO_RECIPIENTS = Reply.of(554, 5, 1, "No valid recipients");

    /// RFC 3030 §2.
    static final Reply CHUNKS_BEGUN = Reply.of(503, 5, 1, "BDAT has begun this letter");

    /// RFC 5321 §4.2.4.
    static final Reply NO_ARGUMENTS = Reply.of(501, 5, 4, "No argument allowed");
    static final Reply UNKNOWN_VERB = Reply.of(500, 5, 2, "Command not recognized");
    static final Reply NOT_IMPLEMENTED = Reply.of(502, 5, 1, "Command not implemented");
    static final Reply LINE_TOO_LONG = Reply.of(500, 5, 2, "Line too long");
    static final Reply BAD_LINE = Reply.of(501, 5, 2, "Lines end with CRLF and are US-ASCII or UTF-8");

    /// RFC 4954 §4, §6.
    static final Reply NOT_ADMITTED = Reply.of(530, 7, 0, "Authentication required");
    static final Reply EHLO_FIRST = Reply.of(503, 5, 1, "EHLO first");
    static final Reply LOGGED_IN_ALREADY = Reply.of(503, 5, 1, "Already authenticated");
    static final Reply MAIL_IN_PROGRESS = Reply.of(503, 5, 1, "Not during a mail transaction");
    static final Reply UNKNOWN_MECHANISM = Reply.of(504, 5, 4, "Unrecognized authentication mechanism");
    static final Reply AUTH_SYNTAX = Reply.of(501, 5, 4, "Syntax: AUTH mechanism [initial-response]");
    static final Reply ENCRYPTION_REQUIRED = Reply.of(538, 7, 11, "Encryption required for requested authentication mechanism");
    static final Reply RESPONSE_TOO_LONG = Reply.of(500, 5, 6, "Authentication exchange line is too long");
    static final Reply LOGINS_BUSY = Reply.of(454, 7, 0, "Temporary authentication failure");
    static final Reply LOGGED_IN = Reply.of(235, 7, 0, "Authentication succeeded");
    static final Reply TOO_MANY_FAILED_LOGINS = Reply.of(421, 7, 0, "Too many failed logins, closing");

    /// RFC 3207 §4.
    static final Reply START_TLS = Reply.of(220, 0, 0, "Ready to start TLS");
    static final Reply TLS_FIRST = Reply.of(530, 7, 0, "Must issue a STARTTLS command first");
    static final Reply TLS_STARTED = Reply.of(503, 5, 1, "TLS is on already");
    static final Reply NO_TLS = Reply.of(454, 7, 0, "TLS not available, try again later");
    static final Reply PIPELINED_STARTTLS = Reply.of(503, 5, 1, "Nothing may follow STARTTLS before its reply, closing");

    /// RFC 5321 §4.1.1.11.
    static final Reply NO_DSN = Reply.of(555, 5, 4, "DSN parameters are not offered here");

    /// RFC 5321 §4.5.3.1.10.
    static final Reply TOO_MANY_RECIPIENTS = Reply.of(452, 5, 3, "Too many recipients");
    /// RFC 5321 §4.2.3.
    static final Reply NO_ROOM = Reply.of(452, 3, 1, "Too many recipients at once, try again later");
    /// No section names a code for it; after 450 every client tries again.
    static final Reply TOO_FAST = Reply.of(450, 7, 1, "Too much within a minute, try again later");

    /// RFC 5321 §3.1.
    static final Reply TOO_EARLY = Reply.of(554, 5, 1, "Wait for the greeting");

    /// RFC 5321 §4.1.1.4.
    static final Reply START_MAIL = Reply.plain(354, "End data with <CR><LF>.<CR><LF>");

    static final Reply BARE_DOT = Reply.of(550, 6, 11, "End data with <CR><LF>.<CR><LF>, not with bare line feeds; closing");

    /// RFC 5321 §3.8.
    static final Reply SHUTTING_DOWN = Reply.of(421, 3, 2, "Shutting down, try again later");
    static final Reply TOO_MANY_CONNECTIONS = Reply.of(421, 3, 2, "Too many connections, try again later");
    static final Reply TOO_MANY_ERRORS = Reply.of(421, 7, 0, "Too many errors, closing");
    static final Reply TOO_MANY_LETTERS = Reply.of(421, 7, 0, "Too many letters on this connection, closing");
    /// To be tried again on another connection, which gets the current configuration.
    static final Reply APP_CHANGED = Reply.of(421, 7, 0, "This app is no longer admitted as it was, closing");
    static final Reply ENDLESS = Reply.of(421, 3, 4, "Message without end, closing");
    static final Reply NOT_A_PROXY = Reply.of(421, 7, 0, "PROXY header expected, closing");
    static final Reply NOT_HTTP = Reply.of(421, 7, 0, "This is SMTP, closing");
    static final Reply IDLE = Reply.of(421, 4, 2, "Timeout, closing");
    static final Reply INTERNAL_ERROR = Reply.of(421, 3, 0, "Internal error, closing");
    static final Reply BYE = Reply.of(221, 0, 0, "Bye");

    static final Reply OK = Reply.of(250, 0, 0, "Ok");
    static final Reply SENDER_OK = Reply.of(250, 1, 0, "Sender ok");
    static final Reply RECIPIENT_OK = Reply.of(250, 1, 5, "Recipient ok");

    /// RFC 5321 §3.5.3: an address is neither confirmed nor denied.
    static final Reply NOT_VERIFIED = Reply.of(252, 5, 0, "Send some mail, it will be tried");

    /// RFC 5321 §4.1.1.8.
    static final Reply HELP = new Reply(
            214,
            Optional.of(new EnhancedStatus(0, 0)),
            List.of("EHLO HELO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT", "See RFC 5321"));

    private Replies() {}

    /// Without the code, which SubEthaSMTP writes itself.
    static String withoutCode(Reply reply) {
        return reply.status() + " " + reply.text();
    }
}
