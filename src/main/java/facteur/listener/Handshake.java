package facteur.listener;

import facteur.app.Admission;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.smtp.TlsSession;
import facteur.platform.tls.TlsKeys;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.subethamail.smtp.server.Session;

/// Puts a connection over TLS, where the session starts from the beginning: what was said in clear no longer counts
/// (RFC 3207 §4.2). Immutable; safe to share between threads.
final class Handshake {
    private final Duration timeout;
    private final Takes takes;
    private final TlsKeys keys;
    private final Supplier<Admission> admission;
    private final Journal journal;

    /// @param timeout for the whole handshake
    Handshake(Duration timeout, Takes takes, TlsKeys keys, Supplier<Admission> admission, Journal journal) {
        this.timeout = timeout;
        this.takes = takes;
        this.keys = keys;
        this.admission = admission;
        this.journal = journal;
    }

    /// Whether there is a certificate to show.
    boolean isPossible() {
        return keys.current().isPresent();
    }

    /// On the session's thread.
    ///
    /// @return false when it failed: the connection is closed
    boolean shake(Session session, Conversation conversation) {
        var socket = AppSocket.of(session);
        try {
            var material = keys.current().orElseThrow(() -> new IOException("no certificate"));
            // A stranger's own certificate is of some public authority: asked for it, the handshake would fail.
            var tls = socket.secure(material, takes == Takes.APPS, timeout).getSession();
            socket.onTlsFailure(reason -> failed(conversation, reason));
            // New buffers: octets that came in clear behind STARTTLS are dropped with the old ones.
            session.setSocket(socket);
            conversation.secure(new TlsSession(tls.getProtocol(), tls.getCipherSuite()), certificate(tls), admission.get());
            return true;
        } catch (IOException failed) {
            failed(conversation, String.valueOf(failed.getMessage()));
            socket.cut();
            return false;
        }
    }

    private void failed(Conversation conversation, String reason) {
        journal.record(new MailEvent.TlsFailed(conversation.peer().getHostAddress(), reason));
    }

    private static Optional<X509Certificate> certificate(SSLSession tls) {
        try {
            return tls.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException noneShown) {
            return Optional.empty();
        }
    }
}
