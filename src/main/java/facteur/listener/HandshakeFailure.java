package facteur.listener;

import facteur.platform.tls.TlsAlert;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Why a handshake failed, in words that an operator can act on.
///
/// An app that doesn't trust the certificate sends an alert. Java's exceptions have it as the message (TLS 1.2, and where it is
/// encrypted), in the cause of `Unexpected exception` (TLS 1.3, from OpenSSL in clear), or nowhere: when our write failed first
/// ([TlsCarrier]), or when there was none.
final class HandshakeFailure {
    private static final Pattern RECEIVED = Pattern.compile("(?:Received (?:fatal )?alert|Alert): ([a-z_]+)");

    /// Of an alert that we sent ourselves: its name, and why.
    private static final Pattern SENT = Pattern.compile("\\(([a-z_]+)\\) (.+)", Pattern.DOTALL);

    private HandshakeFailure() {}

    /// @param lastWords of the app, when our write failed
    static String reason(IOException failure, Optional<TlsAlert> lastWords) {
        return received(failure)
                .or(() -> lastWords.map(TlsAlert::toString))
                .orElseGet(() -> own(failure));
    }

    /// The alert that the app sent.
    static Optional<String> received(IOException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            var matcher = RECEIVED.matcher(String.valueOf(each.getMessage()));
            if (matcher.find()) {
                var name = matcher.group(1);
                return Optional.of(TlsAlert.of(name).map(TlsAlert::toString).orElse(name));
            }
        }
        return Optional.empty();
    }

    private static String own(IOException failure) {
        var message = String.valueOf(failure.getMessage());
        if (failure instanceof SocketTimeoutException) {
            return message;
        }
        if (failure instanceof EOFException || failure.getCause() instanceof EOFException || failure instanceof SocketException) {
            return "closed by the app without an alert (" + message + ")";
        }
        if (message.startsWith("Unsupported or unrecognized SSL message")) {
            return "no TLS: the app speaks in clear where a handshake should be";
        }
        var sent = SENT.matcher(message);
        return sent.matches() ? sent.group(1) + ", sent by us: " + sent.group(2) : message;
    }
}
