package facteur.intake;

import facteur.app.App;
import facteur.mail.message.Message;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.TlsSession;
import java.net.InetAddress;
import java.util.Optional;

/// A letter as an app handed it over.
///
/// @param envelope its body as the content is, its encoding as the app said it
/// @param helo what the app called itself
/// @param protocol for the Received field: `ESMTP` and its kin
/// @param tls how the connection was encrypted
/// @param bodyDigest of a body in a file, by [facteur.mail.message.BodyDigester] as it arrived
public record Submission(
        App app,
        Envelope envelope,
        Message message,
        String helo,
        InetAddress peer,
        String protocol,
        Optional<TlsSession> tls,
        Optional<String> bodyDigest) {}
