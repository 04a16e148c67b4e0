package facteur.notice;

import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.ReversePath;
import facteur.spool.ReturnedLetter;
import facteur.spool.SentLetter;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// Letters that came back.
final class ReturnSamples {
    static final Instant SENT = Instant.parse("2026-11-24T09:05:00Z");
    static final String SUBJECT = "Facture n° 2026-118 – Étude Dupont";
    static final List<ForwardPath> RECIPIENTS =
            Stream.of("jan@client.example", "an@client.example", "info@autre.example").map(address -> ForwardPath.of(Address.of(address))).toList();

    private static final QueueId ID = new QueueId("01m8468qb1dasymv");
    private static final QueueId RETURN = new QueueId("01m8468qb1dasymw");

    // Made once: it looks for providers in every jar.
    private static final Session SESSION = Session.getInstance(new Properties());

    private ReturnSamples() {}

    static ReturnedLetter letter(ReturnedLetter.Return... returns) {
        return letter("", SUBJECT, RECIPIENTS, returns);
    }

    /// @param kind of its provenance
    static ReturnedLetter letter(String kind, String subject, List<ForwardPath> recipients, ReturnedLetter.Return... returns) {
        return new ReturnedLetter(
                new SentLetter(
                        ID,
                        Provenance.parse(
                                "suite", "dupont", "invoice", "K-0815", "an@dupont.example", "from.shared", "general.company", "7", "", "", kind),
                        "An Peeters <an@dupont.example>",
                        SentLetter.Binding.EARLY,
                        Optional.empty()),
                SENT,
                subject,
                "<118@suite.example>",
                "Étude Dupont <inbox@shared.example>",
                ReversePath.of("<bounces@suite.example>"),
                DsnRequest.NONE,
                recipients,
                List.of(returns));
    }

    static ReturnedLetter.Return report(ReturnedLetter.OfRecipient... recipients) {
        return new ReturnedLetter.Return(RETURN, SENT.plusSeconds(60), true, "", List.of(recipients));
    }

    /// One that says in words alone why.
    static ReturnedLetter.Return report(String text, ReturnedLetter.OfRecipient... recipients) {
        return new ReturnedLetter.Return(RETURN, SENT.plusSeconds(60), true, text, List.of(recipients));
    }

    static ReturnedLetter.Return unreadable(String text, ReturnedLetter.OfRecipient... recipients) {
        return new ReturnedLetter.Return(RETURN, SENT.plusSeconds(60), false, text, List.of(recipients));
    }

    static ReturnedLetter.OfRecipient failed(int position, String status, String diagnostic) {
        return said(position, "failed", status, diagnostic);
    }

    static ReturnedLetter.OfRecipient said(int position, String action, String status, String diagnostic) {
        var address = position < 0 ? "forwarded@elsewhere.example" : RECIPIENTS.get(position).address().toString();
        return new ReturnedLetter.OfRecipient(position, address, action, status, diagnostic, "mx.client.example");
    }

    static String octets(Message message) {
        var out = new ByteArrayOutputStream();
        try {
            message.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /// As another's reader reads it.
    static MimeMessage read(Message message) throws Exception {
        return new MimeMessage(SESSION, new ByteArrayInputStream(octets(message).getBytes(StandardCharsets.ISO_8859_1)));
    }

    static String text(Message message) throws Exception {
        return (String) read(message).getContent();
    }
}
