package facteur.listener;

import static java.nio.charset.StandardCharsets.UTF_8;

import facteur.app.Admission;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.login.Authenticator;
import facteur.login.Authenticator.Verdict;
import facteur.login.ClientNetwork;
import facteur.login.Credentials;
import facteur.login.Mechanism;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import org.subethamail.smtp.server.Session;

/// AUTH (RFC 4954 §4): asks for login and password, and waits before it refuses. Neither ever appears in a reply, an event or
/// a log.
final class Auth extends Verb {
    /// Failures of one connection; then it is closed.
    private static final int FAILURES = 3;

    /// What a session waits for in the middle of the command.
    @FunctionalInterface
    private interface Wait<T> {
        T await() throws IOException;
    }

    private final Supplier<Admission> admission;
    private final Authenticator authenticator;
    private final Journal journal;

    Auth(
            Supplier<Admission> admission,
            Authenticator authenticator,
            Journal journal,
            Conversations conversations) {
        super("AUTH", conversations);
        this.admission = admission;
        this.authenticator = authenticator;
        this.journal = journal;
    }

    /// Whether EHLO may announce it: at least one account exists, and the connection is private.
    static boolean isOffered(Authenticator authenticator, Conversation conversation) {
        return authenticator.knowsAnybody() && conversation.isPrivate() && !conversation.isTlsMissing();
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) throws IOException {
        var refusal = refusal(conversation);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var words = arguments.split("[ \\t]+");
        if (arguments.isEmpty() || words.length > 2) {
            return Replies.AUTH_SYNTAX;
        }
        var mechanism = Mechanism.parse(words[0]);
        if (mechanism.isEmpty()) {
            return Replies.UNKNOWN_MECHANISM;
        }
        var initialResponse = words.length == 2 ? Optional.of(words[1]) : Optional.<String>empty();
        return switch (mechanism.get().credentials(initialResponse, challenge -> ask(challenge, conversation, session))) {
            case Parsed.Bad<Credentials>(var reply) -> reply;
            case Parsed.Good<Credentials>(var credentials) -> judge(credentials, conversation);
        };
    }

    /// Why no login is possible now.
    Optional<Reply> refusal(Conversation conversation) {
        if (!authenticator.knowsAnybody()) {
            return Optional.of(Replies.NOT_IMPLEMENTED);
        }
        if (!conversation.isExtended()) {
            return Optional.of(Replies.EHLO_FIRST);
        }
        if (!conversation.isPrivate()) {
            return Optional.of(Replies.ENCRYPTION_REQUIRED);
        }
        if (conversation.isLoggedIn()) {
            return Optional.of(Replies.LOGGED_IN_ALREADY);
        }
        if (conversation.transaction().isPresent()) {
            return Optional.of(Replies.MAIL_IN_PROGRESS);
        }
        return conversation.failedLogins() >= FAILURES || authenticator.isBarred(conversation.peer())
                ? Optional.of(Replies.TOO_MANY_FAILED_LOGINS)
                : Optional.empty();
    }

    private static Parsed<String> ask(String challenge, Conversation conversation, Session session) throws IOException {
        session.sendResponse(Reply.plain(334, Base64.getEncoder().encodeToString(challenge.getBytes(UTF_8))).wire());
        return idle(conversation, () -> ResponseLine.read(session.getRawInput()));
    }

    private Reply judge(Credentials credentials, Conversation conversation) throws IOException {
        return switch (authenticator.judge(conversation.peer(), credentials, conversation.tried())) {
            case Verdict.Good(var account) -> {
                var app = admission.get().app(credentials.login());
                app.ifPresent(found -> conversation.logIn(found, account));
                // A reload may have removed the app in the meantime.
                yield app.isPresent() ? Replies.LOGGED_IN : Credentials.INVALID;
            }
            case Verdict.Wrong(var login, var failures, var delay, var lockedFor) -> {
                journal.record(new MailEvent.LoginFailed(
                        conversation.peer().getHostAddress(), login.orElse("unknown"), failures));
                if (lockedFor.isPositive()) {
                    journal.record(new MailEvent.LoginLocked(
                            ClientNetwork.of(conversation.peer()).toString(), failures, lockedFor.toMillis()));
                }
                yield refuse(conversation, delay);
            }
            case Verdict.WrongAgain(var delay) -> refuse(conversation, delay);
            case Verdict.Barred() -> Replies.TOO_MANY_FAILED_LOGINS;
            case Verdict.Busy() -> Replies.LOGINS_BUSY;
        };
    }

    private static Reply refuse(Conversation conversation, Duration delay) throws IOException {
        conversation.failLogin();
        return idle(conversation, () -> {
            conversation.pause(delay);
            return Credentials.INVALID;
        });
    }

    /// A stop doesn't wait for this, and closes the connection in the meantime.
    private static <T> T idle(Conversation conversation, Wait<T> wait) throws IOException {
        if (conversation.end()) {
            throw new EOFException("stopped inside a login");
        }
        var result = wait.await();
        if (!conversation.begin()) {
            throw new EOFException("stopped inside a login");
        }
        return result;
    }
}
