package facteur.mail.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A text with encoded words in it (RFC 2047). Neighbours of one charset are put together before their octets become
/// characters: many programs cut a character in two. Blanks between two words are part of the encoding (§6.2).
public final class EncodedText {
    private EncodedText() {}

    /// The text for people. A word that can't be decoded stays as it is; octets that are not of their charset are guessed
    /// at rather than lost. So never to be compared with anything.
    public static String readable(String text) {
        if (!text.contains("=?")) {
            return text;
        }
        var decoded = new StringBuilder(text.length());
        var position = 0;
        var isAfterWord = false;
        for (var row : readableRows(text)) {
            var gap = text.substring(position, row.getFirst().start());
            var characters = readable(row);
            decoded.append(isAfterWord && characters.isPresent() && gap.isBlank() ? "" : gap)
                    .append(characters.orElse(text.substring(row.getFirst().start(), row.getLast().end())));
            isAfterWord = characters.isPresent();
            position = row.getLast().end();
        }
        return decoded.append(text, position, text.length()).toString();
    }

    /// One broken word breaks no other.
    private static List<List<EncodedWord>> readableRows(String text) {
        return rows(text).stream()
                .flatMap(row -> readableOctets(row).isPresent() ? Stream.of(row) : row.stream().map(List::of))
                .toList();
    }

    private static Optional<String> readable(List<EncodedWord> row) {
        return exact(row) instanceof Decoded.Text(var characters) && MailCharset.isPrintable(characters)
                ? Optional.of(characters)
                : readableOctets(row).map(octets -> MailCharset.readable(octets, row.getFirst().charset()));
    }

    private static Optional<byte[]> readableOctets(List<EncodedWord> row) {
        return EncodedWord.octets(row).or(() -> {
            var all = new ByteArrayOutputStream();
            for (var word : row) {
                var octets = word.readableOctets();
                if (octets.isEmpty()) {
                    return Optional.empty();
                }
                all.writeBytes(octets.get());
            }
            return Optional.of(all.toByteArray());
        });
    }

    /// The exact text, or why it can't be told: never half of it, never a guess.
    static Decoded exact(String text) {
        if (!text.contains("=?")) {
            return new Decoded.Text(text.strip());
        }
        var decoded = new StringBuilder(text.length());
        var position = 0;
        for (var row : rows(text)) {
            var start = row.getFirst().start();
            if (EncodedWord.opensIn(text, position, start)) {
                return new Decoded.Undecodable("an encoded word without an end");
            }
            var gap = text.substring(position, start);
            decoded.append(position > 0 && gap.isBlank() ? "" : gap);
            switch (exact(row)) {
                case Decoded.Text(var characters) -> decoded.append(characters);
                case Decoded.Undecodable undecodable -> {
                    return undecodable;
                }
            }
            position = row.getLast().end();
        }
        return EncodedWord.opensIn(text, position, text.length())
                ? new Decoded.Undecodable("an encoded word without an end")
                : new Decoded.Text(decoded.append(text, position, text.length()).toString().strip());
    }

    /// Words of one charset with nothing but blanks between.
    private static List<List<EncodedWord>> rows(String text) {
        var rows = new ArrayList<List<EncodedWord>>();
        for (var word : EncodedWord.in(text)) {
            var before = rows.isEmpty() ? Optional.<EncodedWord>empty() : Optional.of(rows.getLast().getLast());
            if (before.filter(word::continues).filter(other -> text.substring(other.end(), word.start()).isBlank()).isEmpty()) {
                rows.add(new ArrayList<>());
            }
            rows.getLast().add(word);
        }
        return rows;
    }

    private static Decoded exact(List<EncodedWord> row) {
        var name = row.getFirst().charset();
        var charset = MailCharset.named(name);
        if (charset.isEmpty()) {
            return new Decoded.Undecodable("encoded words in an unknown charset, " + name);
        }
        var octets = EncodedWord.octets(row);
        if (octets.isEmpty()) {
            return new Decoded.Undecodable("broken encoded words");
        }
        var joined = MailCharset.decode(octets.get(), charset.get());
        var words = oneByOne(row, charset.get());
        if (joined.isPresent() && words.isPresent() && !joined.equals(words)) {
            // The first of two words leaves a state of the charset open, and the octets of the second have a meaning in it, and
            // one without: programs read either.
            return new Decoded.Undecodable("encoded words that can be read in two ways");
        }
        return joined.or(() -> words)
                .<Decoded>map(Decoded.Text::new)
                .orElseGet(() -> new Decoded.Undecodable("encoded words whose octets are no " + name));
    }

    /// As RFC 2047 §5 has it, each word a text of its own: matters where a charset has states, and a word leaves one open.
    private static Optional<String> oneByOne(List<EncodedWord> row, Charset charset) {
        var characters = new StringBuilder();
        for (var word : row) {
            var part = EncodedWord.octets(List.of(word)).flatMap(octets -> MailCharset.decode(octets, charset));
            if (part.isEmpty()) {
                return Optional.empty();
            }
            characters.append(part.get());
        }
        return Optional.of(characters.toString());
    }
}
