package facteur.upstream;

import facteur.mail.letter.QueueId;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.mail.smtp.Xtext;
import facteur.platform.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// An envelope as JSON (RFC 8259), in US-ASCII.
final class EnvelopeJson {
    private EnvelopeJson() {}

    /// `{"id", "reversePath", "recipients", "body", "smtputf8", "ret", "envid", "notify", "orcpt"}`, and a line end. An empty
    /// text is "none"; `notify` and `orcpt` are lists in the order of the recipients.
    static String of(QueueId id, Envelope envelope) {
        var reversePath =
                switch (envelope.reversePath()) {
                    case ReversePath.Null _ -> "";
                    case ReversePath.Path(var address) -> address.toString();
                };
        var members = new LinkedHashMap<String, Object>();
        members.put("id", id);
        members.put("reversePath", reversePath);
        members.put("recipients", each(envelope, recipient -> recipient.address().toString()));
        members.put("body", envelope.body().word());
        members.put("smtputf8", envelope.encoding() == HeaderEncoding.UTF8);
        members.put("ret", text(envelope.dsn().returnContent()));
        members.put("envid", text(envelope.dsn().envelopeId().map(Xtext::encoded)));
        members.put("notify", each(envelope, recipient -> text(recipient.reports())));
        members.put("orcpt", each(envelope, recipient -> text(recipient.original())));
        return Json.of(members) + "\n";
    }

    private static List<String> each(Envelope envelope, Function<ForwardPath, String> what) {
        return envelope.recipients().stream().map(what).toList();
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }
}
