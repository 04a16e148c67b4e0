package facteur.intake;

import facteur.message.Message;
import facteur.smtp.Envelope;
import java.net.InetAddress;

/// A letter as an app handed it over.
///
/// @param helo what the app called itself
/// @param protocol for the Received field: `ESMTP` and its kin
public record Submission(App app, Envelope envelope, Message message, String helo, InetAddress peer, String protocol) {}
