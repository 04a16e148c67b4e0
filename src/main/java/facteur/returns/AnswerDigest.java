package facteur.returns;

import facteur.mail.message.HeaderField;
import facteur.mail.message.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.List;

/// What makes a person's letter the same letter, however often a host brings it: who wrote what, not how it came.
final class AnswerDigest {
    private static final List<String> NAMES = List.of("Message-ID", "From", "Date", "Subject", "Content-Type");

    private AnswerDigest() {}

    /// @throws IOException when the body can't be read from its file
    static String of(Message message) throws IOException {
        var digest = ReadReturn.sha256();
        for (var name : NAMES) {
            for (HeaderField field : message.header().all(name)) {
                digest.update((name + ":" + field.value() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            message.body().writeTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
