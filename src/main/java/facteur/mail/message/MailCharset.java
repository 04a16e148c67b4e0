package facteur.mail.message;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The charsets that mail programs name, and how octets become characters: exactly, or for people.
public final class MailCharset {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /// Names that Java doesn't know, or knows for something else than mail programs mean.
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("us_ascii", "us-ascii"),
            Map.entry("latin-1", "iso-8859-1"),
            Map.entry("x-ansi", "windows-1252"),
            Map.entry("macintosh", "x-macroman"),
            Map.entry("mac", "x-macroman"),
            Map.entry("x-mac-roman", "x-macroman"),
            Map.entry("x-mac-cyrillic", "x-maccyrillic"),
            Map.entry("koi8-ru", "koi8-u"),
            Map.entry("x-gbk", "gbk"),
            Map.entry("cp932", "windows-31j"),
            Map.entry("cp949", "x-windows-949"),
            Map.entry("iso-2022-jp-ms", "x-windows-iso2022jp"));

    private static final Pattern UTF_8 = Pattern.compile("(?:cs)?utf[-_]?8(?:-mac|mb4)?");
    private static final Pattern WINDOWS = Pattern.compile("(?:x-)?(?:cp|win|windows)-?(125[0-8])");
    /// The letter behind says in which direction the octets are written, for Hebrew and Arabic (RFC 1556).
    private static final Pattern ISO = Pattern.compile("iso[-_]?8859[-_]?(\\d{1,2})(?:-[ie])?");

    /// What programs write under the name of a smaller charset.
    private static final Map<String, String> WIDER = Map.of(
            "ISO-8859-1", "windows-1252",
            "ISO-8859-9", "windows-1254",
            "TIS-620", "x-windows-874",
            "GB2312", "GB18030",
            "Big5", "Big5-HKSCS",
            "EUC-KR", "x-windows-949",
            "Shift_JIS", "windows-31j");

    /// All names in lower case, made once: a name that isn't there costs Java a search through all its libraries.
    private static final class Names {
        private static final Map<String, Charset> ALL = all();

        private static Map<String, Charset> all() {
            var all = new HashMap<String, Charset>();
            for (var charset : Charset.availableCharsets().values()) {
                charset.aliases().forEach(alias -> all.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset));
            }
            for (var charset : Charset.availableCharsets().values()) {
                all.put(charset.name().toLowerCase(Locale.ROOT), charset);
            }
            return Map.copyOf(all);
        }
    }

    private MailCharset() {}

    /// @param name in any case
    /// @return empty when there is none of that name
    static Optional<Charset> named(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (UTF_8.matcher(lower).matches()) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        lower = WINDOWS.matcher(lower).replaceFirst("windows-$1");
        lower = ISO.matcher(lower).replaceFirst("iso-8859-$1");
        return Optional.ofNullable(Names.ALL.get(ALIASES.getOrDefault(lower, lower)));
    }

    /// Exactly the characters that the octets stand for.
    ///
    /// @return empty when the octets are not of that charset
    static Optional<String> decode(byte[] octets, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8) && Octets.isAscii(octets, 0, octets.length)) {
            return Optional.of(new String(octets, StandardCharsets.US_ASCII));
        }
        return decode(octets, charset, CodingErrorAction.REPORT);
    }

    private static Optional<String> decode(byte[] octets, Charset charset, CodingErrorAction onError) {
        try {
            var decoder = charset.newDecoder().onMalformedInput(onError).onUnmappableCharacter(onError);
            return Optional.of(decoder.decode(ByteBuffer.wrap(octets)).toString()).filter(text -> charset.name().startsWith("UTF") || isWhole(text));
        } catch (CharacterCodingException notOfThisCharset) {
            return Optional.empty();
        }
    }

    /// Some charsets have a character for what can't be told.
    private static boolean isWhole(String text) {
        return text.chars().noneMatch(c -> c >= 0xFFFD);
    }

    /// Something that a person can read, for any octets; without replacement characters.
    ///
    /// @param name what the octets are said to be
    public static String readable(byte[] octets, String name) {
        var charset = named(name);
        var wider = charset.map(Charset::name).map(WIDER::get).flatMap(MailCharset::named);
        return charset.flatMap(said -> decode(octets, said))
                .filter(MailCharset::isPrintable)
                .or(() -> wider.flatMap(more -> decode(octets, more)))
                .or(() -> charset.flatMap(said -> whatFits(octets, said)))
                .orElseGet(() -> guess(octets));
    }

    /// What a text cut off at its end, or with a few octets wrong, still says. Of UTF-8 only the first: octets wrong in its
    /// midst are another charset's.
    private static Optional<String> whatFits(byte[] octets, Charset charset) {
        if (charset.equals(StandardCharsets.US_ASCII)) {
            return Optional.empty();
        }
        if (!charset.equals(StandardCharsets.UTF_8)) {
            return decode(octets, charset, CodingErrorAction.IGNORE).filter(text -> !text.isBlank());
        }
        var characters = CharBuffer.allocate(octets.length);
        // Asks for more when the last character isn't whole.
        return charset.newDecoder().decode(ByteBuffer.wrap(octets), characters, false).isUnderflow()
                ? Optional.of(characters.flip().toString())
                : Optional.empty();
    }

    /// Without a name: UTF-8 when it is, otherwise what Western programs write.
    public static String guess(byte[] octets) {
        return decode(octets, StandardCharsets.UTF_8)
                .or(() -> decode(octets, WINDOWS_1252))
                .orElseGet(() -> new String(octets, StandardCharsets.ISO_8859_1));
    }

    /// No control characters, as octets read by too small a charset have.
    static boolean isPrintable(String text) {
        return text.chars().noneMatch(c -> c >= 0x80 && c < 0xA0);
    }
}
