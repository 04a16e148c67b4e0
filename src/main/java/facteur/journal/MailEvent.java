package facteur.journal;

import facteur.platform.config.Word;
import java.time.Instant;
import java.util.List;

/// Everything the journal can say. A new kind of event is a new record here, and a row in the man page. A component that
/// holds an address, or words of others, says so: the log may show less of it.
public sealed interface MailEvent {
    /// Of the letter that it is about; empty when it is about none that was accepted.
    default String id() {
        return "";
    }

    /// A letter is on disk, and the app was told 250.
    ///
    /// @param messageId as it leaves, in angle brackets
    /// @param dkimSelectors of the keys that it is signed with, all for the domain of From; none: it isn't signed
    /// @param traceparent the trace that the app says it belongs to (W3C Trace Context); empty: none
    record Accepted(
            String id,
            String app,
            String office,
            String context,
            String relation,
            @PersonalAddress String sender,
            String fromRule,
            String replyToRule,
            @PersonalAddress String from,
            @PersonalAddress String replyTo,
            @PersonalAddress String reversePath,
            int recipients,
            long sizeBytes,
            String protocol,
            @ForeignText String messageId,
            List<String> dkimSelectors,
            String traceparent) implements MailEvent {}

    /// An app has handed a letter over again, and was told the same as before: nothing more is stored.
    ///
    /// @param id of the letter, as it was told at first
    /// @param by which of its names the letter was known: `x-letter-key` or `message-id`
    record Duplicate(String id, String app, String office, String by, String peer) implements MailEvent {
        public static final String LETTER_KEY = "x-letter-key";
        public static final String MESSAGE_ID = "message-id";
    }

    /// A letter was not accepted, at the end of its data.
    ///
    /// @param app empty at a listener for returns
    record Refused(String app, String peer, @PersonalAddress String reversePath, @ForeignText String reply) implements MailEvent {}

    /// A letter that came to a return address is on disk, to be relayed to people of the office.
    ///
    /// @param answered the letter that the return address is of; empty for mail to our postmaster
    /// @param rule that names those who answer
    /// @param reversePath that it came with
    /// @param messageId in angle brackets, as it came
    /// @param seal how its ARC chain stood, as the set says that was added: `none`, `pass` or `fail`; empty: none was added
    record ReplyAccepted(
            String id,
            String answered,
            String office,
            String context,
            String relation,
            String rule,
            @PersonalAddress String reversePath,
            @PersonalAddress List<String> recipients,
            long sizeBytes,
            String peer,
            String protocol,
            @ForeignText String messageId,
            String seal) implements MailEvent {}

    /// A letter leaves under the shared address, though its office wants its own.
    record FromFallback(String id, String office, @ForeignText String reason) implements MailEvent {}

    /// An office's claim on a domain has come into another state.
    ///
    /// @param before the state that was reported last
    /// @param reason what is wrong; empty when nothing is
    record DomainChanged(String domain, String office, String before, String state, @ForeignText String reason)
            implements MailEvent {
        /// Whether something is wrong with the domain.
        boolean isTrouble() {
            return !reason.isEmpty();
        }
    }

    /// A field of a letter can't be read for sure, and counts as if it named something unknown.
    ///
    /// @param id empty when the letter wasn't accepted
    /// @param field such as `X-Relation-Id`, or `From`
    /// @param reason what stands there
    record Unclear(String id, String office, String field, @ForeignText String reason) implements MailEvent {}

    /// Something an operator should look at; the letter goes on.
    record Warned(String id, String office, @ForeignText String warning) implements MailEvent {}

    /// The upstream has accepted the letter for one recipient.
    ///
    /// @param peer which host of the upstream; empty when it went nowhere
    /// @param tls always a verified one; empty: in clear
    record Relayed(
            String id,
            String office,
            @PersonalAddress String recipient,
            String upstream,
            String peer,
            String tls,
            @ForeignText String reply,
            long ageMillis) implements MailEvent {}

    /// Its 8-bit parts were encoded for an upstream without 8BITMIME, and it was signed again; in the queue it stays as it was.
    record Converted(String id, String upstream) implements MailEvent {}

    /// One recipient has to wait.
    record Deferred(
            String id,
            String office,
            @PersonalAddress String recipient,
            String upstream,
            String stage,
            @ForeignText String cause,
            int attempts,
            Instant dueAt) implements MailEvent {}

    /// The final dot went out and no reply came back: the next attempt may make a second copy.
    record InDoubt(
            String id,
            String office,
            @PersonalAddress String recipient,
            String upstream,
            @ForeignText String cause,
            int attempts,
            Instant dueAt) implements MailEvent {}

    /// One recipient will never get the letter.
    record Failed(
            String id,
            String office,
            @PersonalAddress String recipient,
            String upstream,
            String stage,
            @ForeignText String reply) implements MailEvent {}

    /// A host beyond the upstream gave the letter back for one recipient: it was relayed, and didn't arrive.
    ///
    /// @param returnId of what came back
    /// @param status such as `5.1.1` (RFC 3463); empty when it isn't said
    /// @param diagnostic in the host's words
    record Returned(
            String id,
            String office,
            @PersonalAddress String recipient,
            String returnId,
            String status,
            @ForeignText String diagnostic,
            @ForeignText String host) implements MailEvent {}

    /// A host beyond the upstream says that it has delivered the letter to one recipient.
    ///
    /// @param returnId of what it said so by
    record Delivered(String id, String office, @PersonalAddress String recipient, String returnId, @ForeignText String host)
            implements MailEvent {}

    /// Something came back that changes nothing: it is in the letter's log.
    ///
    /// @param returnId its own
    /// @param kind `delayed`, `relayed` or `expanded` of a report; `read`, `complaint`, `automatic`; `unreadable`; `copy` of one that came
    ///     before; `unknown-recipient` of a report on one to whom the letter didn't go; `pending` of one on a recipient that is
    ///     tried again; `known` of one that says again what is known
    /// @param recipients that it is about; perhaps none
    record ReturnNoted(String id, String office, String returnId, String kind, @PersonalAddress List<String> recipients)
            implements MailEvent {}

    /// A letter is for an address that is known not to work.
    ///
    /// @param id empty when the letter wasn't accepted
    /// @param action `warned`: it leaves; `refused`: the letter wasn't accepted; `left-out`: it leaves for the others
    /// @param since when the first letter to that address came back
    /// @param status of the last one that did
    record KnownBad(String id, String office, @PersonalAddress String recipient, String action, Instant since, String status)
            implements MailEvent {}

    /// A report of failure is on its way to the app's reverse-path.
    record Bounced(String id, String bounceId, @PersonalAddress String reversePath) implements MailEvent {}

    /// A report that it takes long is on its way to the app's reverse-path; we go on trying.
    record DelayReported(String id, String reportId, @PersonalAddress String reversePath) implements MailEvent {}

    /// A report of success is on its way to the app's reverse-path: the app asked for it, and the upstream makes none, or a host beyond
    /// it reports to us.
    record Confirmed(String id, String reportId, @PersonalAddress String reversePath) implements MailEvent {}

    /// People of the office are told that a letter came back from beyond the upstream: a notice to one of them is on its way.
    ///
    /// @param id of the letter that came back
    record ReturnTold(String id, String noticeId, String office, @PersonalAddress String recipient) implements MailEvent {}

    /// A report of ours ends without having been relayed: the sender of the letter, who got a 250 for it, hears nothing of what
    /// became of it.
    ///
    /// @param id of the letter that it is on
    /// @param recipients of the report
    record ReportFailed(String id, String reportId, @PersonalAddress List<String> recipients, @ForeignText String reason)
            implements MailEvent {}

    /// A failure that is not reported: the letter itself came from the null reverse-path, or its app wants no report.
    record Dropped(String id, @PersonalAddress List<String> recipients) implements MailEvent {}

    /// Its recipients are reached on several routes: each has a letter of its own from here on.
    ///
    /// @param into their ids, its own first
    record Split(String id, List<String> into) implements MailEvent {}

    /// The letter can't go on without an operator.
    record Held(String id, @ForeignText String reason) implements MailEvent {}

    /// The upstream accepts no letter at all. Until the next attempt, by one letter, the others wait.
    record UpstreamFailed(String upstream, String stage, @ForeignText String cause, Instant retryAt) implements MailEvent {}

    /// It accepts letters again.
    record UpstreamRecovered(String upstream, long downMillis) implements MailEvent {}

    /// The upstream turns connections away while it serves others: there are fewer from now on. Reported at each
    /// new low since there were all.
    ///
    /// @param connections at the same time, for now
    record UpstreamThrottled(String upstream, int connections, @ForeignText String cause) implements MailEvent {}

    /// The upstream has reached a rate cap, and is paused for long.
    ///
    /// @param cap its key
    record UpstreamCapped(String upstream, String cap, int most, Instant until) implements MailEvent {}

    /// A letter was relayed, but its copy can't be stored. Reported once until one can.
    record CopyFailed(String id, String upstream, @ForeignText String reason) implements MailEvent {}

    /// A stranger tried to submit a letter: no app calls from that address.
    record TurnedAway(String peer, String helo) implements MailEvent {}

    /// A host named a recipient that gets no mail at a listener for returns.
    ///
    /// @param recipient as it was named
    record RecipientRefused(String peer, String helo, @PersonalAddress String recipient, @ForeignText String reply) implements MailEvent {}

    /// A login that is not good.
    ///
    /// @param login if there is such a one, else `unknown`: people type passwords into the wrong field
    /// @param failures from that address, within the window in which they count
    record LoginFailed(String peer, String login, int failures) implements MailEvent {}

    /// An address has had as many failed logins as it may: further ones are refused unheard for a while. Reported once
    /// per lock.
    ///
    /// @param peer the address; of IPv6 the network, in CIDR form
    /// @param leftMillis until it is listened to again
    record LoginLocked(String peer, int failures, long leftMillis) implements MailEvent {}

    /// An operator has let a locked address log in again.
    ///
    /// @param peer as it was reported when it was locked
    record LoginUnlocked(String peer) implements MailEvent {}

    /// A token of the API was made, by a command or otherwise.
    ///
    /// @param token its id, which is no secret
    /// @param office that it is for; `*`: all
    /// @param operator who made it
    record TokenMade(String token, String name, String office, List<String> scopes, Instant until, String operator) implements MailEvent {}

    /// A token of the API was revoked: no node takes it any more.
    ///
    /// @param token its id
    /// @param operator who revoked it
    record TokenRevoked(String token, String name, String office, String operator) implements MailEvent {}

    /// Somebody signed in to the console.
    ///
    /// @param person the login; of a suite's user the name, then the suite in brackets; of a provider's user the name
    /// @param way `password`, `second-step`, `launch` or `oidc`
    record SignedIn(String peer, @ForeignText String person, String way) implements MailEvent {}

    /// Somebody wanted to sign in to the console, and was refused. Of an address that isn't listened to any more, nothing is recorded.
    ///
    /// @param person the login if there is such a one, else `unknown`: people type passwords into the wrong field
    /// @param reason such as `password`, `code`, `locked`, `link`, `launch` or `oidc`
    record SignInRefused(String peer, @ForeignText String person, String reason) implements MailEvent {
        public static final String UNKNOWN = "unknown";
    }

    /// A person of the console was made, by a command or otherwise.
    ///
    /// @param roles `operator`, `viewer`; with an office before it `dupont:admin`
    /// @param operator who made it
    record PersonMade(String person, List<String> roles, String operator) implements MailEvent {}

    /// A person of the console was shut out: all sessions have ended.
    ///
    /// @param operator who did it
    record PersonDisabled(String person, String operator) implements MailEvent {}

    /// A person of the console was let in again.
    record PersonEnabled(String person) implements MailEvent {}

    /// A person of the console has another password; the other sessions have ended.
    ///
    /// @param way `link` or `page`
    record PasswordChanged(String peer, String person, String way) implements MailEvent {}

    /// A person of the console has enrolled an authenticator, removed it, or made new recovery codes.
    ///
    /// @param change `enrolled`, `removed` or `codes`
    record SecondStepChanged(String peer, String person, String change) implements MailEvent {}

    /// A peer asked for more than a limit allows, and was refused.
    ///
    /// @param limit its key in the section `limits`, or what a listener for returns limits by itself; `early-talker` for a peer that speaks before the greeting
    /// @param app empty when it isn't known
    record Limited(String limit, String peer, String app) implements MailEvent {
        /// @param limit named like its key
        public static Limited of(Enum<?> limit, String peer, String app) {
            return new Limited(Word.of(limit), peer, app);
        }
    }

    /// A trusted proxy sent no valid PROXY header.
    record ProxyFailed(String peer, @ForeignText String reason) implements MailEvent {}

    /// A letter is on disk, but the connection was lost before the app got its 250: it will probably send it again.
    record ReplyLost(String id, String peer) implements MailEvent {}

    /// An app asked for TLS and got none: the handshake failed, and the connection is closed.
    record TlsFailed(String peer, @ForeignText String reason) implements MailEvent {}

    /// The certificate for apps ends soon, or has ended. Reported once per day.
    record CertificateExpires(String file, Instant expiresAt) implements MailEvent {}

    /// An operator has changed something by a command.
    ///
    /// @param at when the command began
    /// @param operator user, sudo and the login of the system; or token and peer of the admin port
    /// @param command as it was given, or the request
    /// @param letters how many it moved
    /// @param ids of the first of them
    record Acted(Instant at, String operator, @ForeignText String command, long letters, List<String> ids) implements MailEvent {}

    /// A program asked something at `console.address`.
    ///
    /// @param peer its address; behind a proxy that is trusted, as that says
    /// @param caller name of its token; empty when it has none that is good
    /// @param path without the query, which may name persons
    record Requested(String peer, String caller, String method, @ForeignText String path, int status, long millis)
            implements MailEvent {}

    /// The wall clock was set, or the machine slept. Nothing ends by its age for a while.
    ///
    /// @param direction `forward` or `back`
    /// @param settlesAt until when: letters don't expire, and no history is forgotten
    record ClockJumped(String direction, long byMillis, Instant settlesAt) implements MailEvent {
        public static final String FORWARD = "forward";
        public static final String BACK = "back";
    }

    /// The configuration was reloaded, and is in force.
    ///
    /// @param changed keys that differ from before; the first ones, and how many more
    /// @param atNextStart keys that differ from what the daemon was started with, and have to wait
    record Reloaded(List<String> changed, List<String> atNextStart) implements MailEvent {}

    /// A reload was refused, since the new configuration has problems; the old one stays in force.
    ///
    /// @param problems the first ones, and how many more
    record ReloadRefused(@ForeignText List<String> problems) implements MailEvent {}

    /// The source of settings failed, or a file of settings can't be used: an old answer goes on, or letters of an office
    /// have to wait. Of files it is reported once per change, whether or not a letter comes.
    ///
    /// @param office empty when it is about none alone
    record SettingsTrouble(String office, @ForeignText String what) implements MailEvent {}

    /// A file of settings can be used again, or was removed.
    ///
    /// @param office empty when it is about none alone
    record SettingsRecovered(String office, @ForeignText String what) implements MailEvent {}

    /// A version of an office was written into the store by this process: letters use it from now on.
    ///
    /// @param kind `settings`, `cards` or `removed`
    /// @param cards how many it changed so far
    /// @param via `console`, `api` or `command`
    /// @param actor a login, the name of a token, or a user of the system
    /// @param behalf the user of a suite that it was done for; empty when none
    /// @param peer empty when it came by no network
    record SettingsSaved(
            String office,
            long version,
            String kind,
            long cards,
            String via,
            @ForeignText String actor,
            @ForeignText String behalf,
            String peer) implements MailEvent {}

    /// The source of settings says that an office is not there any more: its letters are refused.
    record OfficeGone(String office) implements MailEvent {}

    /// The source of settings says that a client's card is not there any more: its letters are treated as those of a
    /// client without one.
    record CardGone(String office, String relation) implements MailEvent {}

    /// Another node stopped, or its row hasn't changed while this one watched it for a lease; what it had leased is due again, for any node.
    ///
    /// @param node as in the file `node` of its state folder
    /// @param letters that it had leased; 0 when it had none
    record NodeTakenOver(String node, int letters) implements MailEvent {}

    /// What became of a letter on this node can't be written: another has leased it since. It may send a second copy.
    ///
    /// @param relayed how many recipients it was relayed to here
    record LeaseLost(String id, int relayed) implements MailEvent {}

    /// The database is unreachable, locked, or read-only. Apps are asked to try again; what becomes of letters meanwhile is
    /// stored until it is back. Reported once.
    record DatabaseFailed(@ForeignText String cause) implements MailEvent {}

    /// It can be written again.
    ///
    /// @param kept letters of which it wasn't written yet what had become of them
    record DatabaseRecovered(long downMillis, int kept) implements MailEvent {}

    /// A key to sign with can't be read: letters of its domain go on with the key as it was read before, or without that
    /// signature.
    record KeyTrouble(@ForeignText String what) implements MailEvent {}

    /// The spool could not be written or read.
    record SpoolTrouble(@ForeignText String what) implements MailEvent {}

    /// A start found a large body that belongs to no letter, and set it aside: the process before it ended between the body
    /// and the commit of its letter, and no app got a 250 for it; or the database is another one.
    ///
    /// @param id of the letter that it was for
    /// @param file where it is now
    record Orphaned(String id, String file) implements MailEvent {}
}
