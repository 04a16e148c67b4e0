package facteur.listener;

import facteur.intake.App;
import facteur.smtp.HeaderEncoding;
import facteur.smtp.TlsMode;
import facteur.smtp.TlsSession;
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
    private final Optional<App> appByNetwork;
    private final TlsMode tlsMode;
    private Optional<App> app;
    private Optional<TlsSession> tls = Optional.empty();
    private Greeting greeting = Greeting.NONE;
    private String helo = "";
    private Optional<Transaction> transaction = Optional.empty();
    private boolean busy;
    private boolean ending;

    Conversation(InetAddress peer, Optional<App> appByNetwork, TlsMode tlsMode) {
        this.peer = peer;
        this.appByNetwork = appByNetwork;
        this.tlsMode = tlsMode;
        this.app = appByNetwork;
    }

    InetAddress peer() {
        return peer;
    }

    /// The app that is calling; empty for a stranger.
    Optional<App> app() {
        return app;
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

    /// Over TLS all starts anew (RFC 3207 §4.2).
    ///
    /// @param appByCertificate goes before the one by network: it has shown who it is
    void secure(TlsSession session, Optional<App> appByCertificate) {
        tls = Optional.of(session);
        app = appByCertificate.or(() -> appByNetwork);
        greet(Greeting.NONE, "");
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
        transaction = Optional.empty();
    }

    /// RFC 3848, RFC 6531 §4.3.
    String protocol(HeaderEncoding encoding) {
        var protocol = encoding == HeaderEncoding.UTF8 ? "UTF8SMTP" : greeting == Greeting.EHLO ? "ESMTP" : "SMTP";
        // There is no word for HELO over TLS.
        return tls.isEmpty() || protocol.equals("SMTP") ? protocol : protocol + "S";
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
        return !busy;
    }
}
