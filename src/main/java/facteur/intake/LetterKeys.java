package facteur.intake;

import facteur.mail.message.BodyDigester;
import facteur.mail.message.HeaderField;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.MessageId;
import facteur.mail.smtp.ForwardPath;
import facteur.office.OfficeId;
import facteur.spool.LetterKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// By what a letter is known when its app hands it over again.
///
/// What libraries write each time they make or send a letter makes no difference: boundaries, Content-IDs. Python's smtplib changes boundaries
/// even of a letter that is sent twice as it is. An `X-Letter-Key` was made by the app to name a letter, so a Date and a Message-ID of
/// another try make no difference either. A Message-ID is used by some programs for each of several letters (dma: one per recipient), and by
/// others again: there Date and recipients count, and all else.
///
/// Digests are cut to 160 bits: enough against chance, and an app can only deceive itself.
final class LetterKeys {
    /// What each hop or each try writes, and what we remove.
    private static final List<String> TRACE = List.of("Received", "Return-Path", "DKIM-Signature", "traceparent", "tracestate");
    private static final List<String> NEW_EACH_TIME = List.of("Date", "Message-ID");
    private static final int DIGEST_BYTES = 20;

    private LetterKeys() {}

    /// @param office that the app sends for
    /// @param window for how long it is known
    /// @return empty for a letter without a name
    /// @throws IOException when the body can't be read
    static Optional<LetterKey> of(Submission submission, ControlFields control, OfficeId office, Duration window) throws IOException {
        var app = submission.app().name();
        var sha256 = sha256();
        if (control.key().isPresent()) {
            var content = content(sha256, submission, field -> isOfLetter(field) && !field.isAny(NEW_EACH_TIME));
            return Optional.of(key(digest(sha256, "x-letter-key", app, office.text(), control.key().get()), content, window));
        }
        var messageId = submission.message().header().first("Message-ID").map(HeaderField::value).filter(MessageId::names);
        if (messageId.isEmpty()) {
            return Optional.empty();
        }
        var content = content(sha256, submission, LetterKeys::isOfLetter);
        return Optional.of(key(digest(sha256, "message-id", app, office.text(), messageId.get(), content), "", window));
    }

    private static LetterKey key(String digest, String content, Duration window) {
        return new LetterKey(
                HexFormat.fromHexDigitsToLong(digest, 0, 2 * Long.BYTES), digest.substring(2 * Long.BYTES), content, window);
    }

    private static String body(Submission submission) throws IOException {
        if (submission.bodyDigest().isPresent()) {
            return submission.bodyDigest().get();
        }
        if (submission.message().body() instanceof MemoryBody memory) {
            return BodyDigester.digest(memory);
        }
        var digester = new BodyDigester();
        submission.message().body().writeTo(new OutputStream() {
            @Override
            public void write(int octet) {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int offset, int length) {
                digester.update(octets, offset, offset + length);
            }
        });
        return digester.finish();
    }

    private static String content(MessageDigest sha256, Submission submission, Predicate<HeaderField> counts) throws IOException {
        var header = new BodyDigester();
        for (var field : submission.message().header().fields()) {
            if (counts.test(field)) {
                header.update(field.octets(), 0, field.sizeBytes());
            }
        }
        return digest(sha256, recipients(submission.envelope().recipients()), header.finish(), body(submission));
    }

    /// In any order, each once.
    private static String recipients(List<ForwardPath> paths) {
        return paths.size() == 1
                ? paths.getFirst().address().mailboxKey()
                : String.join("\n", paths.stream().map(path -> path.address().mailboxKey()).sorted().distinct().toList());
    }

    private static boolean isOfLetter(HeaderField field) {
        return !field.isAny(TRACE) && !isMultipart(field);
    }

    private static boolean isMultipart(HeaderField field) {
        return field.is("Content-Type") && field.value().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    /// @param sha256 with nothing in it, before and after
    private static String digest(MessageDigest sha256, String... texts) {
        var length = ByteBuffer.allocate(Integer.BYTES);
        for (var text : texts) {
            var octets = text.getBytes(StandardCharsets.UTF_8);
            // With their lengths, so that no two lists are one text.
            sha256.update(length.putInt(0, octets.length).array());
            sha256.update(octets);
        }
        return HexFormat.of().formatHex(sha256.digest(), 0, DIGEST_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new LinkageError("every Java platform has SHA-256", impossible);
        }
    }
}
