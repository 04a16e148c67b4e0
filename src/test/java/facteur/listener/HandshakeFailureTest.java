package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.tls.TlsAlert;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.api.Test;

/// What Java says of handshakes that failed; the programs that make it say so are in `TlsFailedIT`.
final class HandshakeFailureTest {
    private static final String DISTRUST = "unknown_ca (the app doesn't trust the certificate)";

    @Test
    void findsTheAlertWhereverItIs() {
        assertThat(reason(new SSLHandshakeException("(unknown_ca) Received fatal alert: unknown_ca"))).isEqualTo(DISTRUST);
        assertThat(reason(new SSLHandshakeException("Received fatal alert: unknown_ca"))).isEqualTo(DISTRUST);
        assertThat(reason(new SSLProtocolException(
                "Unexpected exception",
                new GeneralSecurityException("Unexpected plaintext alert received: Level: fatal; Alert: unknown_ca"))))
                .isEqualTo(DISTRUST);
        assertThat(HandshakeFailure.reason(new SocketException("Broken pipe"), Optional.of(TlsAlert.UNKNOWN_CA))).isEqualTo(DISTRUST);
        assertThat(reason(new SSLHandshakeException("Received fatal alert: of_tomorrow"))).isEqualTo("of_tomorrow");
    }

    @Test
    void saysWhenThereWasNone() {
        assertThat(reason(new SocketException("Broken pipe"))).isEqualTo("closed by the app without an alert (Broken pipe)");
        var cut = new SSLHandshakeException("Remote host terminated the handshake");
        cut.initCause(new EOFException("SSL peer shut down incorrectly"));
        assertThat(reason(cut)).startsWith("closed by the app without an alert");
        assertThat(reason(new SSLException("Unsupported or unrecognized SSL message"))).startsWith("no TLS: the app speaks in clear");
        assertThat(reason(new SocketTimeoutException("not over within 30000 ms"))).isEqualTo("not over within 30000 ms");
        assertThat(reason(new SSLHandshakeException("(handshake_failure) no cipher suites in common")))
                .isEqualTo("handshake_failure, sent by us: no cipher suites in common");
        assertThat(reason(new SSLException("another word"))).isEqualTo("another word");
    }

    @Test
    void readsAnAlertInClearBehindOtherRecords() {
        assertThat(TlsAlert.in(octets("15 0303 0002 0230"))).contains(TlsAlert.UNKNOWN_CA);
        assertThat(TlsAlert.in(octets("14 0303 0001 01 15 0303 0002 022e"))).contains(TlsAlert.CERTIFICATE_UNKNOWN);
        assertThat(TlsAlert.in(octets("15 0303 001a" + "00".repeat(26)))).as("encrypted").isEmpty();
        assertThat(TlsAlert.in(octets("15 0303 0002 02"))).isEmpty();
        assertThat(TlsAlert.in(octets("15 0303 0002 02ff"))).as("no such alert").isEmpty();
        assertThat(TlsAlert.in(octets("17 0303 ffff 00"))).isEmpty();
        assertThat(TlsAlert.in(new byte[0])).isEmpty();
    }

    private static String reason(IOException failure) {
        return HandshakeFailure.reason(failure, Optional.empty());
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
