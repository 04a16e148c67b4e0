package facteur.spool;

import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.letter.RouteId;
import facteur.mail.message.Body;
import facteur.mail.message.FileBody;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Letters for the spool's tests.
final class Letters {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final Provenance PROVENANCE =
            Provenance.parse("local", "dupont", "invoice", "R-1042", "jan@dupont.example", "F2", "R5", "7", "", "");

    static final RouteId ROUTE = new RouteId("capture");

    private final QueueIds ids = new QueueIds(() -> NOON, new Random(1));

    Letter letter() {
        return letter("Bonjour\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    Letter letter(byte[] body) {
        return letter(new MemoryBody(body), "an@client.example");
    }

    Letter letter(Body body, String... recipients) {
        var envelope = new Envelope(
                ReversePath.of(Address.of("inbox@relay.example")),
                Stream.of(recipients).map(Address::of).toList(),
                BodyType.EIGHT_BIT,
                HeaderEncoding.ASCII);
        return letter(envelope, ReversePath.of(Address.of("jan@dupont.example")), PROVENANCE, new Message(header(), body));
    }

    Letter letter(Envelope envelope, ReversePath original, Provenance provenance, Message message) {
        return new Letter(ids.next(), NOON, provenance, envelope, original, message);
    }

    /// Keeps a letter that is to be tried when it is due.
    static void defer(Spool spool, Letter letter, Instant dueAt) throws SpoolException {
        var spooled = spool.acceptActive(ROUTE, letter);
        spool.putOff(spooled, spooled.recipients(), List.of(), dueAt);
    }

    /// A large body as it arrives: in a file that the spool gave.
    static FileBody inFile(Spool spool, byte[] octets) throws IOException {
        var file = spool.bodyFiles().create();
        Files.write(file, octets);
        return new FileBody(file, octets.length);
    }

    static Header header() {
        return Header.parse("Subject: d\u00e9j\u00e0\r\n vu\r\nX-Odd : \u00ff\u0001\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte[] octets(Letter letter) throws IOException {
        var out = new ByteArrayOutputStream();
        letter.message().writeTo(out);
        return out.toByteArray();
    }

    static byte[] random(int size) {
        var octets = new byte[size];
        new Random(2).nextBytes(octets);
        return octets;
    }

    static List<QueueId> ids(ClaimedWork due) {
        return ((ClaimedWork.Now) due).letters().stream().map(LeasedLetter::id).toList();
    }
}
