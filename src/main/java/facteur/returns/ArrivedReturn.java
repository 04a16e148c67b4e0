package facteur.returns;

import facteur.mail.message.Message;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.TlsSession;
import java.net.InetAddress;
import java.util.Optional;

/// A letter as a host handed it over at a listener for returns.
///
/// @param envelope each recipient of it was asked about before
/// @param daemon how the host wrote the null reverse-path, if not so: `<MAILER-DAEMON>`
/// @param helo what the host called itself
/// @param protocol for the Received field: `ESMTP` and its kin
/// @param tls how the connection was encrypted
public record ArrivedReturn(
        Envelope envelope,
        Optional<String> daemon,
        Message message,
        String helo,
        InetAddress peer,
        String protocol,
        Optional<TlsSession> tls) {
    /// The same letter, its content stored elsewhere.
    ArrivedReturn with(Message other) {
        return new ArrivedReturn(envelope, daemon, other, helo, peer, protocol, tls);
    }
}
