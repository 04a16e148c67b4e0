package facteur.mail.returned;

import facteur.mail.message.MailCharset;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// The text that a bounce shows to people: of its first part that has any. One thread.
final class ShownText implements LineSink {
    /// Of the text, in characters.
    static final int CHARACTERS = 16 * 1024;

    /// Of the part, in octets: HTML says little in much.
    private static final int OCTETS = 4 * CHARACTERS;

    /// How a text is written.
    enum Form {
        PLAIN,
        HTML
    }

    private final Form form;
    private final String charset;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private boolean isBlank = true;

    /// @param charset as the part names it; empty when it doesn't
    ShownText(Form form, String charset) {
        this.form = form;
        this.charset = charset;
    }

    Form form() {
        return form;
    }

    /// Whether there is nothing but blanks.
    boolean isBlank() {
        return isBlank;
    }

    @Override
    public void start(byte[] line, int length) {
        more(line, length);
    }

    @Override
    public void more(byte[] line, int length) {
        octets.write(line, 0, Math.min(length, OCTETS - octets.size()));
        for (var i = 0; isBlank && i < length; i++) {
            isBlank = line[i] <= ' ' && line[i] >= 0;
        }
    }

    @Override
    public void endLine() {
        if (octets.size() < OCTETS) {
            octets.write('\n');
        }
    }

    @Override
    public void finish() {}

    /// For people, without control characters; empty when there is none.
    String text() {
        var read = read(octets.toByteArray(), charset);
        var plain = switch (form) {
            case PLAIN -> read;
            case HTML -> HtmlText.of(read);
        };
        return cut(clean(plain, Optional.of('\n')).strip(), CHARACTERS);
    }

    /// @param charset as it is named; empty when it isn't
    static String read(byte[] octets, String charset) {
        if (isJapanese(octets)) {
            // Hosts in Japan write it under any label, and under none.
            return MailCharset.readable(octets, "iso-2022-jp");
        }
        return charset.isEmpty() ? MailCharset.guess(octets) : MailCharset.readable(octets, charset);
    }

    /// Whether a sign of ISO-2022-JP for two-octet characters is there (RFC 1468).
    private static boolean isJapanese(byte[] octets) {
        for (var i = 0; i + 2 < octets.length; i++) {
            if (octets[i] == 0x1B && octets[i + 1] == '$' && (octets[i + 2] == 'B' || octets[i + 2] == '@')) {
                return true;
            }
        }
        return false;
    }

    /// A text in one line.
    static String line(String text) {
        return clean(text, Optional.empty()).strip();
    }

    /// Cuts no character in two.
    static String cut(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters);
    }

    private static String clean(String text, Optional<Character> kept) {
        var clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (kept.isPresent() && c == kept.get() || isShown(c)) {
                clean.appendCodePoint(c);
            } else if (Character.getType(c) == Character.CONTROL) {
                clean.append(' ');
            }
        });
        return clean.toString();
    }

    /// Neither a control character nor one that can't be seen or turns the direction of reading.
    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
