package facteur.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Any input of an app, in any pieces.
final class CommandLinesPropertyTest {
    @Property(tries = 2000)
    void piecesMakeNoDifference(@ForAll("octets") String octets, @ForAll @IntRange(min = 1, max = 7) int piece, @ForAll @IntRange(max = 20) int chunk)
            throws IOException {
        assertThat(lines(octets, piece, chunk)).isEqualTo(lines(octets, octets.length() + 1, chunk));
    }

    /// A bare line feed ends a command of one who began with one; otherwise it is in no command that can be carried out.
    @Property(tries = 2000)
    void everyLineEndsOnce(@ForAll("octets") String octets) throws IOException {
        var first = octets.substring(0, Math.max(0, octets.indexOf('\n')));
        var isScript = !first.endsWith("\r") || first.endsWith("\r\r");
        for (var line : lines(octets, octets.length() + 1, 0)) {
            assertThat(line).endsWith("\r\n");
            var bare = line.substring(0, line.length() - 2).indexOf('\n');
            assertThat(bare).isIn(isScript ? List.of(-1) : List.of(-1, line.length() - 3));
        }
    }

    /// One rule after the other: most lines take a shorter way.
    @Property(tries = 2000)
    void eachLineIsAsTheRulesSay(@ForAll("octets") String octets, @ForAll @IntRange(min = 1, max = 7) int piece) throws IOException {
        var expected = new ArrayList<String>();
        var firstEnd = Optional.<String>empty();
        for (var line : octets.substring(0, octets.lastIndexOf('\n') + 1).split("(?<=\n)")) {
            if (line.isEmpty()) {
                continue;
            }
            var begin = line.replaceFirst("^[ \t]+", "");
            var text = begin.replaceFirst("\r*\n$", "");
            var end = begin.substring(text.length());
            firstEnd = firstEnd.or(() -> Optional.of(end));
            var isFault = end.equals("\n") && firstEnd.equals(Optional.of("\r\n"));
            var utf8 = new String(text.replaceFirst("[ \t]+$", "").getBytes(ISO_8859_1), UTF_8).getBytes(UTF_8);
            expected.add(new String(utf8, ISO_8859_1) + (isFault ? "\n" : "") + "\r\n");
        }
        assertThat(lines(octets, piece, 0)).isEqualTo(expected);
    }

    @Provide
    static Arbitrary<String> octets() {
        return Arbitraries.strings().withChars("\r\n aB\u00fc\u00c3\u00bc.").ofMaxLength(60);
    }

    /// @param chunk octets that pass without change behind the first line
    private static List<String> lines(String octets, int piece, int chunk) throws IOException {
        var lines = new CommandLines(new ByteArrayInputStream(octets.getBytes(ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] room, int offset, int length) {
                return super.read(room, offset, Math.min(piece, length));
            }
        });
        var all = new ArrayList<String>();
        var room = new byte[1000];
        for (var count = lines.read(room, 0, room.length); count > 0; count = lines.read(room, 0, room.length)) {
            all.add(new String(room, 0, count, ISO_8859_1));
            if (all.size() == 1 && chunk > 0) {
                lines.readOctets(chunk);
                all.add(new String(lines.readNBytes(chunk), ISO_8859_1));
            }
        }
        return all;
    }
}
