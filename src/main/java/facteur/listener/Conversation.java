package facteur.listener;

import facteur.intake.App;
import facteur.smtp.HeaderEncoding;
import java.net.InetAddress;
import java.util.Optional;

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
    private final Optional<App> app;
    private Greeting greeting = Greeting.NONE;
    private String helo = "";
    private Optional<Transaction> transaction = Optional.empty();
    private boolean busy;
    private boolean ending;

    Conversation(InetAddress peer, Optional<App> app) {
        this.peer = peer;
        this.app = app;
    }

    InetAddress peer() {
        return peer;
    }

    /// The app that is calling; empty for a stranger.
    Optional<App> app() {
        return app;
    }

    boolean isGreeted() {
        return greeting != Greeting.NONE;
    }

    String helo() {
        return helo;
    }

    /// EHLO and HELO start anew (RFC 5321 §4.1.4).
    void greet(Greeting newGreeting, String newHelo) {
        greeting = newGreeting;
        helo = newHelo;
        reset();
    }

    /// RFC 3848, RFC 6531 §4.3.
    String protocol(HeaderEncoding encoding) {
        return encoding == HeaderEncoding.UTF8 ? "UTF8SMTP" : greeting == Greeting.EHLO ? "ESMTP" : "SMTP";
    }

    Optional<Transaction> transaction() {
        return transaction;
    }

    void start(Transaction newTransaction) {
        transaction = Optional.of(newTransaction);
    }

    /// Ends the transaction, and gives back what is held of its letter.
    void reset() {
        transaction.ifPresent(Transaction::close);
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
        return !busy;
    }
}
