package facteur.upstream;

import facteur.config.Json;
import facteur.smtp.Envelope;
import facteur.smtp.HeaderEncoding;
import facteur.smtp.ReversePath;
import facteur.spool.QueueId;
import java.util.LinkedHashMap;

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
        var members = new LinkedHashMap<String, Object>();
        members.put("id", id);
        members.put("reversePath", reversePath);
        members.put("recipients", envelope.recipients());
        members.put("body", envelope.body().word());
        members.put("smtputf8", envelope.encoding() == HeaderEncoding.UTF8);
        return Json.of(members) + "\n";
    }
}
