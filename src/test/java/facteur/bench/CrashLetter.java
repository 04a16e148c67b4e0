package facteur.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/// One numbered letter, known to both ends: every fortieth has a body of 320 KB, every fifth three recipients, every seventh
/// is sent in chunks (BDAT).
record CrashLetter(int number) {
    static final String NUMBER_FIELD = "X-Number: ";
    private static final String LINE = "0123456789 abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789\r\n";
    private static final String LARGE = LINE.repeat(320 * 1024 / LINE.length());

    List<String> recipients() {
        return IntStream.range(0, number % 5 == 0 ? 3 : 1).mapToObj(i -> "client" + i + "@example.com").toList();
    }

    boolean isInChunks() {
        return number % 7 == 0;
    }

    byte[] octets() {
        var header = "From: jan@dupont.example\r\nSubject: letter " + number + "\r\n" + NUMBER_FIELD + number + "\r\n\r\n";
        return (header + body()).getBytes(StandardCharsets.US_ASCII);
    }

    String body() {
        return "Letter " + number + "\r\n" + (number % 40 == 0 ? LARGE : "") + "End of " + number + "\r\n";
    }
}
