package facteur.journal;

import java.time.Instant;
import java.util.List;

/// Everything the journal can say. A new kind of event is a new record here, and a row in the man page.
public sealed interface MailEvent {
    /// Of the letter that it is about; empty when it is about none that was taken.
    default String id() {
        return "";
    }

    /// A letter is on disk, and the app was told 250.
    record Accepted(
            String id,
            String app,
            String office,
            String context,
            String relation,
            String sender,
            String fromRule,
            String replyToRule,
            String from,
            String replyTo,
            String reversePath,
            int recipients,
            long sizeBytes,
            String protocol) implements MailEvent {}

    /// A letter was not taken, at the end of its data.
    record Refused(String app, String peer, String reversePath, String reply) implements MailEvent {}

    /// Something a person should look at; the letter goes on.
    record Warned(String id, String office, String warning) implements MailEvent {}

    /// The upstream has taken the letter for one recipient.
    record Relayed(String id, String recipient, String upstream, String reply, long ageMillis) implements MailEvent {}

    /// One recipient has to wait.
    record Deferred(String id, String recipient, String upstream, String stage, String cause, int attempts, Instant dueAt)
            implements MailEvent {}

    /// The final dot went out and no reply came back: the next attempt may make a second copy.
    record InDoubt(String id, String recipient, String upstream, String cause, int attempts, Instant dueAt)
            implements MailEvent {}

    /// One recipient will never get the letter.
    record Failed(String id, String recipient, String upstream, String stage, String reply) implements MailEvent {}

    /// A report of failure is on its way to the app's reverse-path.
    record Bounced(String id, String bounceId, String reversePath) implements MailEvent {}

    /// A failure nobody is told of: the letter itself came from the null reverse-path.
    record Dropped(String id, List<String> recipients) implements MailEvent {}

    /// The letter can't go on without an operator.
    record Held(String id, String reason) implements MailEvent {}

    /// A stranger wanted to submit a letter: no app calls from that address.
    record TurnedAway(String peer, String helo) implements MailEvent {}

    /// An app wanted TLS and got none: the handshake failed, and the connection is closed.
    record TlsFailed(String peer, String reason) implements MailEvent {}

    /// The certificate for apps ends soon, or has ended. Said once a day.
    record CertificateExpires(String file, Instant expiresAt) implements MailEvent {}

    /// The source of settings failed: an old answer goes on, or letters of an office have to wait.
    record SettingsTrouble(String what) implements MailEvent {}

    /// The spool could not be written or read.
    record SpoolTrouble(String what) implements MailEvent {}
}
