package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;

/// Any first octets of a proxy, or of a peer that claims to be one: an address, none, or no header; and no more is read than
/// a header may be long.
final class ProxyHeaderFuzzer {
    private static final int LONGEST = 16 + 4096;

    @FuzzTest(maxDuration = "1m")
    void readsWhateverTheOctets(byte[] octets) throws IOException {
        var in = new ByteArrayInputStream(octets);
        try {
            ProxyHeader.read(in).ifPresent(address -> assertThat(address.getAddress().length).isIn(4, 16));
        } catch (ProtocolException | EOFException refused) {
            assertThat(refused).hasNoCause();
        }
        assertThat(octets.length - in.available()).isLessThanOrEqualTo(LONGEST);
    }
}
