package facteur.listener;

import facteur.app.Admission;
import facteur.app.App;
import facteur.login.Account;
import facteur.login.FailedGuesses;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.TlsMode;
import facteur.mail.smtp.TlsSession;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What is known of one connection. Its session's thread changes it; only [#begin], [#end], [#endSoon], [#leave],
/// [#uncount] and what they and [Hooks#isExpendable] read may be called by other threads too.
final class Conversation {
    /// How the app introduced itself.
    enum Greeting {
        NONE,
        HELO,
        EHLO
    }

    private final InetAddress peer;
    private final InetAddress otherEnd;
    private final TlsMode tlsMode;
    private Optional<App> byNetwork;
    private Optional<X509Certificate> certificate = Optional.empty();
    private Optional<App> byCertificate = Optional.empty();
    private Optional<Account> account = Optional.empty();
    private Optional<App> byLogin = Optional.empty();

    /// By which it is known who is calling; none yet when it has not been asked since the connection came.
    private @Nullable Admission asked;

    private Optional<TlsSession> tls = Optional.empty();
    private final FailedGuesses tried = new FailedGuesses();
    private int failedLogins;
    private Greeting greeting = Greeting.NONE;
    private String helo = "";
    private Optional<Transaction> transaction = Optional.empty();
    private int letters;
    private int refusedRecipients;
    private final Object farewell = new Object();
    private boolean hasLeft;
    private boolean busy;
    private boolean ending;
    private boolean isCounted = true;
    private volatile Instant begunAt = Instant.MAX;
    private volatile boolean isVouchedFor;

    /// @param peer where the connection comes from
    /// @param otherEnd of the connection itself: the proxy, when one speaks for the peer
    /// @param byNetwork the app that calls from there
    Conversation(InetAddress peer, InetAddress otherEnd, Optional<App> byNetwork, TlsMode tlsMode) {
        this.peer = peer;
        this.otherEnd = otherEnd;
        this.byNetwork = byNetwork;
        this.tlsMode = tlsMode;
    }

    InetAddress peer() {
        return peer;
    }

    /// The app that is connected: by its login, else by its certificate, else by its network; empty for a stranger.
    Optional<App> app() {
        return byLogin.or(() -> byCertificate).or(() -> byNetwork);
    }

    /// Identifies the app again when a reload has replaced the admission: its offices may have changed.
    ///
    /// @return false when it is another app than before, or none, or its login has another password
    boolean isStillAdmitted(Admission admission) {
        if (asked != admission) {
            var before = app();
            byNetwork = admission.app(peer);
            byCertificate = certificate.flatMap(admission::app);
            byLogin = account.flatMap(admission::app);
            asked = admission;
            return isLoggedIn() == account.isPresent()
                    && (before.isEmpty() || app().map(App::name).equals(before.map(App::name)));
        }
        return true;
    }

    /// When it began; far in the future before it has.
    Instant begunAt() {
        return begunAt;
    }

    void begunAt(Instant time) {
        begunAt = time;
    }

    /// Notes that the peer has named a recipient that a stranger can't know. Holds for the rest of the connection.
    void vouch() {
        isVouchedFor = true;
    }

    boolean isVouchedFor() {
        return isVouchedFor;
    }

    /// How the connection is encrypted; empty while it isn't.
    Optional<TlsSession> tls() {
        return tls;
    }

    boolean isTlsOffered() {
        return tls.isEmpty() && (tlsMode == TlsMode.STARTTLS || tlsMode == TlsMode.STARTTLS_REQUIRED);
    }

    boolean isTlsMissing() {
        return tls.isEmpty() && tlsMode == TlsMode.STARTTLS_REQUIRED;
    }

    /// Over TLS everything starts from the beginning, the login too (RFC 3207 §4.2, RFC 4954 §4).
    ///
    /// @param shown a certificate that was verified
    void secure(TlsSession session, Optional<X509Certificate> shown, Admission admission) {
        tls = Optional.of(session);
        certificate = shown;
        byCertificate = shown.flatMap(admission::app);
        account = Optional.empty();
        byLogin = Optional.empty();
        greet(Greeting.NONE, "");
    }

    boolean isGreeted() {
        return greeting != Greeting.NONE;
    }

    boolean isExtended() {
        return greeting == Greeting.EHLO;
    }

    /// Whether passwords may be sent: the connection is encrypted, or stays on this machine.
    boolean isPrivate() {
        return tls.isPresent() || peer.isLoopbackAddress() && otherEnd.isLoopbackAddress();
    }

    boolean isLoggedIn() {
        return byLogin.isPresent();
    }

    /// Holds for the rest of the connection, EHLO and RSET included (RFC 4954 §4).
    void logIn(App app, Account by) {
        account = Optional.of(by);
        byLogin = Optional.of(app);
    }

    FailedGuesses tried() {
        return tried;
    }

    int failedLogins() {
        return failedLogins;
    }

    void failLogin() {
        failedLogins++;
    }

    String helo() {
        return helo;
    }

    /// EHLO and HELO start from the beginning (RFC 5321 §4.1.4).
    void greet(Greeting newGreeting, String newHelo) {
        greeting = newGreeting;
        helo = newHelo;
        reset();
    }

    /// RFC 3848, RFC 6531 §4.3.
    String protocol(HeaderEncoding encoding) {
        if (greeting == Greeting.HELO && encoding == HeaderEncoding.ASCII) {
            // There is no word for HELO over TLS.
            return "SMTP";
        }
        var extended = encoding == HeaderEncoding.UTF8 ? "UTF8SMTP" : "ESMTP";
        return extended + (tls.isPresent() ? "S" : "") + (isLoggedIn() ? "A" : "");
    }

    Optional<Transaction> transaction() {
        return transaction;
    }

    void start(Transaction newTransaction) {
        transaction = Optional.of(newTransaction);
        letters++;
    }

    /// How many transactions were begun on this connection.
    int letters() {
        return letters;
    }

    void refuseRecipient() {
        refusedRecipients++;
    }

    /// How many recipients were refused for good on this connection.
    int refusedRecipients() {
        return refusedRecipients;
    }

    /// Ends the transaction, and releases the memory of its letter.
    void reset() {
        transaction.ifPresent(Transaction::close);
        transaction = Optional.empty();
    }

    /// Marks the start of a command. False when the connection is being closed: the command must not be carried out.
    synchronized boolean begin() {
        busy = !ending;
        return busy;
    }

    /// Marks that a command was answered. True when the connection has to be closed now.
    synchronized boolean end() {
        busy = false;
        return ending;
    }

    /// Requests the end. True when no command is in progress, so that the caller closes the connection; otherwise the
    /// session does once the command is answered.
    synchronized boolean endSoon() {
        ending = true;
        notifyAll();
        return !busy;
    }

    /// Takes it off the count of connections. False when it was before.
    synchronized boolean uncount() {
        var before = isCounted;
        isCounted = false;
        return before;
    }

    /// Runs the first goodbye that it gets. A second caller waits until the first has returned.
    void leave(Runnable goodbye) {
        synchronized (farewell) {
            if (!hasLeft) {
                hasLeft = true;
                goodbye.run();
            }
        }
    }

    /// Makes the app wait, but no longer than until the connection has to be closed.
    synchronized void pause(Duration duration) {
        if (duration.isZero()) {
            return;
        }
        var deadline = System.nanoTime() + duration.toNanos();
        try {
            while (!ending && deadline - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
