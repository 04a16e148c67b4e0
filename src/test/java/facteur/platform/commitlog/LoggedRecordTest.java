package facteur.platform.commitlog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LoggedRecordTest {
    /// The first place is found, wherever it is and with anything around it.
    @Property
    void findsWhatBeginsLikeARecord(@ForAll("octets") String octets, @ForAll @IntRange(max = 40) int from) {
        var start = Math.min(from, octets.length());
        var place = octets.indexOf("FCL1", start);
        assertThat(LoggedRecord.next(ByteBuffer.wrap(octets.getBytes(US_ASCII)), start)).isEqualTo(place < 0 ? octets.length() : place);
    }

    @Provide
    Arbitrary<String> octets() {
        return Arbitraries.of("FCL1", "FCL", "F", "G", "\0\0\0", "\0", "x").list().ofMaxSize(30).map(parts -> String.join("", parts));
    }
}
