package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "PROXY TCP4 192.0.2.7 198.51.100.1 56324 25, 192.0.2.7",
        "PROXY TCP6 2001:db8::7 2001:db8::1 56324 25, 2001:db8::7",
        "PROXY UNKNOWN, -",
        "PROXY UNKNOWN ffff::1 ffff::2 65535 65535, -"
    })
    void readsALineAndNothingBehindIt(String line, String address) throws IOException {
        var in = new ByteArrayInputStream((line + "\r\nEHLO").getBytes(StandardCharsets.US_ASCII));
        assertThat(ProxyHeader.read(in)).isEqualTo(Optional.ofNullable(address).map(InetAddress::ofLiteral));
        assertThat(in.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("EHLO");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "21 11 000c c0000207c6336401dc040019, 192.0.2.7",
        "21 11 000f c0000207c6336401dc040019040000, 192.0.2.7",
        "21 21 0024 20010db800000000000000000000000720010db8000000000000000000000001dc040019, 2001:db8::7",
        "20 00 0000 , -",
        "20 11 000c c0000207c6336401dc040019, -",
        "21 00 0000 , -",
        "21 31 0002 0102, -"
    })
    void readsABlockAndNothingBehindIt(String block, String address) throws IOException {
        var in = new ByteArrayInputStream(octets(SIGNATURE + block + "16 03 01"));
        assertThat(ProxyHeader.read(in)).isEqualTo(Optional.ofNullable(address).map(InetAddress::ofLiteral));
        assertThat(in.readAllBytes()).containsExactly(0x16, 3, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "EHLO app.example\r\n",
        "PROXY\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 56324\r\n",
        "PROXY TCP4 192.0.2.777 198.51.100.1 56324 25\r\n",
        "PROXY TCP4 2001:db8::7 2001:db8::1 56324 25\r\n",
        "PROXY TCP6 ::g ::1 56324 25\r\n",
        "PROXY TCP4  192.0.2.7 198.51.100.1 56324 25\r\n",
        "PROXY TCP4 192.0.2.7 198.51.100.1 56324 25\nEHLO\r\n",
        "PROXY UNKNOWN aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n",
        "\r\nPROXY TCP4 192.0.2.7 198.51.100.1 56324 25\r\n"
    })
    void believesNothingElse(String text) {
        assertThatThrownBy(() -> ProxyHeader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        SIGNATURE + "11 11 000c c0000207c6336401dc040019",
        SIGNATURE + "22 11 000c c0000207c6336401dc040019",
        SIGNATURE + "21 11 000b c0000207c6336401dc0400",
        SIGNATURE + "21 21 000c c0000207c6336401dc040019",
        SIGNATURE + "21 11 ffff c0000207c6336401dc040019",
        "0d0a0d0a000d0a515549540b 21 11 000c c0000207c6336401dc040019"
    })
    void believesNoOtherBlock(String block) {
        assertThatThrownBy(() -> ProxyHeader.read(new ByteArrayInputStream(octets(block)))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void noticesTheEnd() {
        for (var text : new String[] {"", "PROXY TCP4 192.0.2.7 198.51.100.1 56324 25\r", "P"}) {
            assertThatThrownBy(() -> ProxyHeader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII))))
                    .isInstanceOf(EOFException.class);
        }
        assertThatThrownBy(() -> ProxyHeader.read(new ByteArrayInputStream(octets(SIGNATURE + "21 11 000c c0000207"))))
                .isInstanceOf(EOFException.class);
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
