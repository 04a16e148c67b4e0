package facteur.upstream;

import facteur.smtp.Envelope;
import facteur.smtp.HeaderEncoding;
import facteur.smtp.ReversePath;
import facteur.spool.QueueId;
import java.util.stream.Collectors;

/// An envelope as JSON (RFC 8259), in US-ASCII.
final class EnvelopeJson {
    private EnvelopeJson() {}

    /// `{"id", "reversePath" ("" for none), "recipients", "body", "smtputf8"}`, and a line end.
    static String of(QueueId id, Envelope envelope) {
        var reversePath =
                switch (envelope.reversePath()) {
                    case ReversePath.Null _ -> "";
                    case ReversePath.Path(var address) -> address.toString();
                };
        var recipients = envelope.recipients().stream()
                .map(recipient -> "\n    " + quoted(recipient.toString()))
                .collect(Collectors.joining(","));
        return """
                {
                  "id": %s,
                  "reversePath": %s,
                  "recipients": [%s
                  ],
                  "body": %s,
                  "smtputf8": %s
                }
                """.formatted(
                        quoted(id.text()),
                        quoted(reversePath),
                        recipients,
                        quoted(envelope.body().word()),
                        envelope.encoding() == HeaderEncoding.UTF8);
    }

    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
