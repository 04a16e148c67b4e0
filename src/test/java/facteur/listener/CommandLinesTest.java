package facteur.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLinesTest {
    @Test
    void givesOneLineAtATime() throws IOException {
        var lines = lines("EHLO a\r\nMAIL FROM:<>\r\nDATA\r\nhello\r\n");
        assertThat(next(lines)).isEqualTo("EHLO a\r\n");
        assertThat(next(lines)).isEqualTo("MAIL FROM:<>\r\n");
        assertThat(next(lines)).isEqualTo("DATA\r\n");
        assertThat(lines.available()).isEqualTo("hello\r\n".length());
    }

    @Test
    void whatFollowsACommandMayBeALetterAndIsTakenAsItIs() throws IOException {
        var lines = lines("DATA\n\n  a\rb\n\r\r\n\u00fc.\nRSET\n");
        assertThat(next(lines)).isEqualTo("DATA\r\n");
        lines.readOctets(Long.MAX_VALUE);
        assertThat(next(lines)).isEqualTo("\n  a\rb\n\r\r\n\u00fc.\nRSET\n");
        lines.unread("RSET\n".getBytes(ISO_8859_1));
        lines.readLines();
        assertThat(next(lines)).isEqualTo("RSET\r\n");
        assertThat(next(lines)).isEmpty();
    }

    @Test
    void givesNoOctetBehindAChunk() throws IOException {
        var lines = lines("BDAT 4\nab\n\nBDAT 3 LAST\nc\n\nNOOP\n");
        assertThat(next(lines)).isEqualTo("BDAT 4\r\n");
        lines.readOctets(4);
        assertThat(next(lines)).isEqualTo("ab\n\n");
        assertThat(next(lines)).isEqualTo("BDAT 3 LAST\r\n");
        lines.readOctets(3);
        assertThat(next(lines)).isEqualTo("c\n\n");
        assertThat(next(lines)).isEqualTo("NOOP\r\n");
    }

    @Test
    void theFirstLineTellsHowLinesEnd() throws IOException {
        var script = lines("EHLO a\nNOOP\r\nRSET\n");
        assertThat(all(script)).containsExactly("EHLO a\r\n", "NOOP\r\n", "RSET\r\n");
        assertThat(script.lineEnd()).isEqualTo(CommandLines.LineEnd.OTHER);

        var library = lines("EHLO a\r\nRCPT TO:<a@x\nRCPT TO:<eve@x>\r\n");
        assertThat(all(library)).containsExactly("EHLO a\r\n", "RCPT TO:<a@x\n\r\n", "RCPT TO:<eve@x>\r\n");
        assertThat(library.lineEnd()).isEqualTo(CommandLines.LineEnd.CRLF);
    }

    @Test
    void aTextModeProgramMayMixThem() throws IOException {
        var windows = lines("EHLO a\r\r\nNOOP\r\r\nRSET\n");
        assertThat(all(windows)).containsExactly("EHLO a\r\n", "NOOP\r\n", "RSET\r\n");
        assertThat(windows.lineEnd()).isEqualTo(CommandLines.LineEnd.OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOOP\r\n", "NOOP\r\r\n", "NOOP\r\r\r\n", "NOOP\n", " \tNOOP\r\n", "NOOP \t\r\n", "NOOP \n", " NOOP \r\r\n"})
    void knowsALineByManyEnds(String sent) throws IOException {
        assertThat(all(lines(sent))).containsExactly("NOOP\r\n");
    }

    @Test
    void leavesACarriageReturnWithinALineToTheReader() throws IOException {
        assertThat(all(lines("NOOP\rRSET\r\n"))).containsExactly("NOOP\rRSET\r\n");
    }

    @Test
    void replacesWhatIsNotUtf8() throws IOException {
        assertThat(text(lines("EHLO b\u00fcro\r\n"))).isEqualTo("EHLO b\uFFFDro\r\n");
        assertThat(text(lines("EHLO b\u00c3\u00bcro\r\n"))).isEqualTo("EHLO b\u00fcro\r\n");
    }

    @Test
    void givesALineWithoutEndInParts() throws IOException {
        var lines = lines("x".repeat(100_000));
        assertThat(next(lines)).hasSize(ResponseLine.LIMIT_BYTES + 2);
        assertThat(lines("EHLO").read()).isEqualTo(-1);
    }

    private static CommandLines lines(String octets) {
        return new CommandLines(new ByteArrayInputStream(octets.getBytes(ISO_8859_1)));
    }

    /// As much as one reading gives.
    private static String next(CommandLines lines) throws IOException {
        var room = new byte[50_000];
        var count = lines.read(room, 0, room.length);
        return count < 0 ? "" : new String(room, 0, count, ISO_8859_1);
    }

    private static List<String> all(CommandLines lines) throws IOException {
        var all = new ArrayList<String>();
        for (var line = next(lines); !line.isEmpty(); line = next(lines)) {
            all.add(line);
        }
        return all;
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), UTF_8);
    }
}
