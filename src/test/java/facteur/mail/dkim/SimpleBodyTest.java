package facteur.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

final class SimpleBodyTest {
    /// RFC 6376 §3.4.3, whatever the pieces.
    @Property(tries = 500)
    void onlyLinesAtTheEndChange(
            @ForAll @Size(max = 8) List<@StringLength(max = 3) @CharRange(from = ' ', to = '!') String> lines,
            @ForAll @IntRange(min = 1, max = 9) int piece)
            throws IOException {
        var body = lines.isEmpty() ? "" : String.join("\r\n", lines) + "\r\n";
        var out = new ByteArrayOutputStream();
        var simple = new SimpleBody(out);
        var octets = body.getBytes(StandardCharsets.ISO_8859_1);
        for (var start = 0; start < octets.length; start += piece) {
            simple.write(octets, start, Math.min(piece, octets.length - start));
        }
        simple.finish();
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(body.replaceFirst("(\r\n)*$", "") + "\r\n");
    }
}
