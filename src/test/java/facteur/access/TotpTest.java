package facteur.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TotpTest {
    private static final TotpSecret SECRET = TotpSecret.of("12345678901234567890".getBytes(US_ASCII));

    /// RFC 6238 appendix B, the rows of SHA-1.
    @ParameterizedTest
    @CsvSource({
        "59,94287082", "1111111109,07081804", "1111111111,14050471", "1234567890,89005924", "2000000000,69279037", "20000000000,65353130"
    })
    void makesTheCodesOfTheRfc(long second, String code) {
        assertThat(Totp.code(SECRET, second / 30, 8)).isEqualTo(code);
        assertThat(Totp.code(SECRET, Instant.ofEpochSecond(second))).isEqualTo(code.substring(2));
    }

    /// RFC 4226 appendix D.
    @ParameterizedTest
    @CsvSource({"0,755224", "1,287082", "2,359152", "3,969429", "4,338314", "5,254676", "6,287922", "7,162583", "8,399871", "9,520489"})
    void makesTheCodesOfHotp(long count, String code) {
        assertThat(Totp.code(SECRET, count, 6)).isEqualTo(code);
    }

    @Property(tries = 200)
    void aCodeIsFoundInItsStepAndBesideIt(@ForAll @LongRange(min = 100, max = 4_000_000_000L) long second,
            @ForAll @LongRange(min = -1, max = 1) long off) {
        var at = Instant.ofEpochSecond(second);
        var code = Totp.code(SECRET, at);
        var found = Totp.stepOf(SECRET, code, at.plusSeconds(off * 30));
        assertThat(found).isPresent();
        assertThat(Totp.code(SECRET, found.getAsLong(), 6)).isEqualTo(code);
        assertThat(Totp.endOf(second / 30)).isAfter(at.plusSeconds(30)).isBeforeOrEqualTo(at.plusSeconds(60));
    }

    /// Until its end, and not a moment longer.
    @Test
    void aStepEndsWhenItsCodeIsNoLongerTaken() {
        var at = Instant.ofEpochSecond(1_000_000_020);
        var code = Totp.code(SECRET, at);
        var step = Totp.stepOf(SECRET, code, at).orElseThrow();
        assertThat(Totp.stepOf(SECRET, code, Totp.endOf(step).minusMillis(1))).isEqualTo(OptionalLong.of(step));
        assertThat(Totp.stepOf(SECRET, code, Totp.endOf(step))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "28708", "2870820", "x87082", "２８７０８２", "\0"})
    void anotherTextIsNoCode(String code) {
        assertThat(Totp.stepOf(SECRET, code, Instant.ofEpochSecond(59))).isEmpty();
    }

    @Test
    void authenticatorsReadTheAddress() {
        assertThat(Totp.uri(SECRET, "mail.example.org", "jan+x@dupont.example"))
                .isEqualTo("otpauth://totp/mail.example.org:jan%2Bx%40dupont.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        + "&issuer=mail.example.org&algorithm=SHA1&digits=6&period=30");
    }

    @Test
    void aSecretDoesNotPrint() {
        assertThat(SECRET).hasToString("***");
    }

    /// RFC 4648 §10, without padding.
    @ParameterizedTest
    @CsvSource({"'',''", "f,MY", "fo,MZXQ", "foo,MZXW6", "foob,MZXW6YQ", "fooba,MZXW6YTB", "foobar,MZXW6YTBOI"})
    void writesBase32AsTheRfc(String text, String base32) {
        assertThat(Base32.encode(text.getBytes(US_ASCII))).isEqualTo(base32);
        assertThat(Base32.decode(base32)).isEqualTo(text.getBytes(US_ASCII));
    }

    @Property
    void base32IsReadAsItWasWritten(@ForAll byte[] octets) {
        assertThat(Base32.encode(octets)).matches("[A-Z2-7]*");
        assertThat(Base32.decode(Base32.encode(octets))).isEqualTo(octets);
    }

    @Test
    void anotherTextIsNoBase32() {
        assertThatThrownBy(() -> Base32.decode("MZXW6===")).isInstanceOf(IllegalArgumentException.class);
    }
}
