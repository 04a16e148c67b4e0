package facteur.listener;

import facteur.intake.App;
import facteur.smtp.HeaderEncoding;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What we know of one connection. Its session's thread changes it; only [#begin], [#end] and [#endSoon] may be called
/// by others too.
final class Conversation {
    /// How the app introduced itself.
    enum Greeting {
        NONE,
        HELO,
        EHLO
    }

    private final InetAddress peer;
    private final Optional<App> byNetwork;
    private Optional<App> byLogin = Optional.empty();
    private int failedLogins;
    private Greeting greeting = Greeting.NONE;
    private String helo = "";
    private Optional<Transaction> transaction = Optional.empty();
    private boolean busy;
    private boolean ending;

    /// @param byNetwork the app that calls from there
    Conversation(InetAddress peer, Optional<App> byNetwork) {
        this.peer = peer;
        this.byNetwork = byNetwork;
    }

    InetAddress peer() {
        return peer;
    }

    /// The app that is calling: the one that logged in, else that of its network; empty for a stranger.
    Optional<App> app() {
        return byLogin.or(() -> byNetwork);
    }

    boolean isGreeted() {
        return greeting != Greeting.NONE;
    }

    boolean isExtended() {
        return greeting == Greeting.EHLO;
    }

    /// Whether nobody else can read what is said here, so that passwords may be.
    boolean isPrivate() {
        return peer.isLoopbackAddress();
    }

    boolean isLoggedIn() {
        return byLogin.isPresent();
    }

    /// Holds for the rest of the connection, EHLO and RSET included (RFC 4954 §4).
    void logIn(App app) {
        byLogin = Optional.of(app);
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

    /// EHLO and HELO start anew (RFC 5321 §4.1.4).
    void greet(Greeting newGreeting, String newHelo) {
        greeting = newGreeting;
        helo = newHelo;
        transaction = Optional.empty();
    }

    /// RFC 3848, RFC 6531 §4.3.
    String protocol(HeaderEncoding encoding) {
        var extended = encoding == HeaderEncoding.UTF8 ? "UTF8SMTP" : "ESMTP";
        return greeting == Greeting.HELO && encoding == HeaderEncoding.ASCII ? "SMTP" : extended + (isLoggedIn() ? "A" : "");
    }

    Optional<Transaction> transaction() {
        return transaction;
    }

    void start(Transaction newTransaction) {
        transaction = Optional.of(newTransaction);
    }

    void reset() {
        transaction = Optional.empty();
    }

    /// Marks the start of a command. False when the connection is being closed: the command must not be carried out.
    synchronized boolean begin() {
        busy = !ending;
        return busy;
    }

    /// Marks that a command was answered. True when the connection is to be closed now.
    synchronized boolean end() {
        busy = false;
        return ending;
    }

    /// Asks for an end. True when no command is under way, so that the caller closes the connection; otherwise the
    /// session does when the command is answered.
    synchronized boolean endSoon() {
        ending = true;
        notifyAll();
        return !busy;
    }

    /// Lets the app wait, but no longer than until the connection is to be closed.
    synchronized void pause(Duration duration) {
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
