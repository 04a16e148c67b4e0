package facteur.mail.message;

import java.util.Random;

/// Names as no parents would give them, yet the same for the same seed.
final class RandomNames {
    private static final String[] PIECES = {
        " ", "  ", ".", ",", ";", ":", "<", ">", "(", ")", "[", "]", "\"", "\\", "@", "'", "=", "?", "=?", "?=", "=?utf-8?Q?x?=",
        "?= =?", "_", "-", "\r\n", "\n ", "\t", "\0", "\u001b", "\u007f", "\u0085", "\u00A0", "\u200B", "\u2028", "\u202E", "e\u0301",
        "\u0301", "é", "ß", "İ", "漢字", "한", "\u3164", "\uD83D\uDE00", "\uD83D", "\uDE00", "\uFF20", "\uFFFD", "\uE000", "Jan",
        "Janssens", "Bcc: x@y.example", "a\\\"b", "x".repeat(60), "é".repeat(40), "and", "SRL"
    };

    private RandomNames() {}

    static String next(Random random) {
        var name = new StringBuilder();
        for (var i = random.nextInt(12); i >= 0; i--) {
            if (random.nextInt(20) == 0) {
                name.appendCodePoint(random.nextInt(0x11_0000));
            } else {
                name.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextBoolean() ? " " : "");
            }
        }
        return name.toString();
    }
}
