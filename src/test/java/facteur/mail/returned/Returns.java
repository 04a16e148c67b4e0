package facteur.mail.returned;

import facteur.fixture.Corpus;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.ReversePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads letters that tests write as text.
final class Returns {
    private Returns() {}

    /// From nowhere, as bounces are; line feeds are made CRLF.
    static ReturnedMail read(String letter) {
        return read("<>", letter);
    }

    static ReturnedMail read(String reversePath, String letter) {
        return readOctets(reversePath, letter.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Line ends stay as they are in the body.
    static ReturnedMail readOctets(String reversePath, byte[] letter) {
        try {
            return ReturnedMailReader.read(ReversePath.of(reversePath), message(letter));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Message message(byte[] letter) {
        var parts = Corpus.Parts.of(new String(letter, StandardCharsets.ISO_8859_1));
        // No listener takes these characters alone in a header.
        var header = String.join("", parts.fields()).replaceAll("\r(?!\n)|(?<!\r)\n", " ");
        return new Message(Header.parse(octets(header)), new MemoryBody(octets(parts.body())));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static DeliveryReport report(String letter) {
        return switch (read(letter)) {
            case ReturnedMail.Report(var report) -> report;
            case ReturnedMail other -> throw new AssertionError("no report: " + other);
        };
    }

    static List<ReportedRecipient> recipients(String letter) {
        return report(letter).recipients();
    }
}
