package facteur.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.message.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// In the tables `_` is a space, `>` a tab, `/` a CRLF and `^` nothing.
final class RelaxedTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # RFC 6376 §3.4.5
            A:_X/                    | a:X/
            B_:_Y>/>Z__/             | b:Y_Z/
            # and what it doesn't show
            Subject:/                | subject:/
            Subject:__/_>/           | subject:/
            Subject>:/_a/            | subject:a/
            SUBJECT:a_>_b>>c/        | subject:a_b_c/
            Subject:a/_/_b/          | subject:a_b/
            Subject:_a:b:_c/         | subject:a:b:_c/
            Subject:é\f\240_/  | subject:é\f\240/
            !#$%;_:_x/               | !#$%;:x/
            """)
    void relaxesAField(String field, String relaxed) {
        var parsed = Header.parse(octets(field)).fields().getFirst();

        assertThat(text(RelaxedHeader.of(parsed))).isEqualTo(relaxed);
    }

    private static final String BODIES = """
            # RFC 6376 §3.4.5
            _C_/D_>_E///         | _C/D_E/
            # and what it doesn't show
            ^                    | ^
            /                    | ^
            ////                 | ^
            _>/__//              | ^
            a                    | a/
            a/                   | a/
            a/__                 | a/
            a/>b                 | a/_b/
            a__                  | a/
            _a                   | _a/
            a//_//b              | a////b/
            a_____>>>>b/_        | a_b/
            .//..                | .//../
            \0é\f_\240/    | \0é\f_\240/
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = BODIES)
    void relaxesABody(String body, String relaxed) throws IOException {
        assertThat(text(relaxed(octets(body), Integer.MAX_VALUE))).isEqualTo(relaxed.equals("^") ? "" : relaxed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = BODIES)
    void neednTHaveItWhole(String body, String relaxed) throws IOException {
        for (var piece = 1; piece < 4; piece++) {
            assertThat(text(relaxed(octets(body), piece))).isEqualTo(relaxed.equals("^") ? "" : relaxed);
        }
    }

    @Test
    void countsLineEndsInsteadOfHoldingThem() throws IOException {
        var body = "a" + "\r\n".repeat(100_000) + "b" + "\r\n".repeat(100_000);

        assertThat(relaxed(body.getBytes(StandardCharsets.US_ASCII), 1000)).hasSize(1 + 200_000 + 3);
    }

    private static byte[] relaxed(byte[] body, int pieceBytes) throws IOException {
        var out = new ByteArrayOutputStream();
        var relaxed = new RelaxedBody(out);
        for (var i = 0; i < body.length; i += Math.min(pieceBytes, body.length - i)) {
            relaxed.write(body, i, Math.min(pieceBytes, body.length - i));
        }
        relaxed.finish();
        return out.toByteArray();
    }

    private static byte[] octets(String written) {
        return written.replace("^", "")
                .replace('_', ' ')
                .replace('>', '\t')
                .replace("/", "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1).replace("\r\n", "/").replace('\t', '>').replace(' ', '_');
    }
}
