package facteur.intake;

import facteur.message.Message;
import facteur.smtp.Envelope;
import facteur.smtp.TlsSession;
import java.net.InetAddress;
import java.util.Optional;

/// A letter as an app handed it over.
///
/// @param envelope its body as the content is, its encoding as the app said it
/// @param helo what the app called itself
/// @param protocol for the Received field: `ESMTP` and its kin
/// @param tls how the connection was encrypted
public record Submission(
        App app,
        Envelope envelope,
        Message message,
        String helo,
        InetAddress peer,
        String protocol,
        Optional<TlsSession> tls) {}
