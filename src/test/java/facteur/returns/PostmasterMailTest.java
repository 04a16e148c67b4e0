package facteur.returns;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MemorySettings;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PostmasterMailTest {
    private static final String LETTER = "X-Context: a\r\nFrom: eve@example.com\r\nSubject: abuse\r\n\r\nHello.\r\n";

    private final TwoWays ways = new TwoWays(new MemorySettings(), new OfficeId("dupont"));
    private final PostmasterMail mail = new PostmasterMail(ways.relay, () -> Address.of("admin@relay.example"), ways.time);
    private final ArrivedReturn arrived = TwoWays.arrived("<eve@example.com>", Address.of("Postmaster@return.example.org"), LETTER);

    @Test
    void isRelayedAsItCameWithAReturnAddress() {
        var letter = ways.letter(mail.relay(arrived));

        assertThat(TwoWays.octets(letter.message())).startsWith("Received: from mx.bakker.example ").endsWith("\r\n" + LETTER);
        assertThat(letter.envelope().recipients()).extracting(path -> path.address().toString()).containsExactly("admin@relay.example");
        assertThat(letter.envelope().reversePath().toString()).matches("<b-[0-9a-z]{34}@return\\.example\\.org>");
        assertThat(letter.provenance().office().text()).isEmpty();
        assertThat(letter.provenance().kind().text()).isEqualTo("reply");
    }

    @Test
    void tooManyWithinAnHourHaveToWait() {
        for (var i = 0; i < PostmasterMail.MOST_PER_HOUR; i++) {
            ways.time.advance(Duration.ofSeconds(30));
            assertThat(mail.relay(arrived).reply().code()).isEqualTo(250);
        }
        assertThat(mail.relay(arrived).reply().toString()).isEqualTo("450 4.7.0 Too many letters to this address, try again later");
        ways.time.advance(Duration.ofMinutes(10));
        assertThat(mail.relay(arrived).reply().code()).isEqualTo(450);
        ways.time.advance(Duration.ofSeconds(30));
        assertThat(mail.relay(arrived).reply().code()).isEqualTo(250);
    }
}
