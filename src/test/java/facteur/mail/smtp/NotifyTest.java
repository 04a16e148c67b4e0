package facteur.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NotifyTest {
    /// RFC 3461 §4.1: without NOTIFY, failure and delay may be reported, success is not.
    @ParameterizedTest
    @CsvSource({
        "'', false, true, true",
        "NEVER, false, false, false",
        "SUCCESS, true, false, false",
        "FAILURE, false, true, false",
        "DELAY, false, false, true",
        "'SUCCESS,FAILURE,DELAY', true, true, true"
    })
    void saysWhatIsWanted(String text, boolean success, boolean failure, boolean delay) {
        var path = new ForwardPath(
                Address.of("a@x.example"), text.isEmpty() ? Optional.empty() : Notify.parse(text), Optional.empty());
        assertThat(path.wants(Notify.Occasion.SUCCESS)).isEqualTo(success);
        assertThat(path.wants(Notify.Occasion.FAILURE)).isEqualTo(failure);
        assertThat(path.wants(Notify.Occasion.DELAY)).isEqualTo(delay);
    }

    @ParameterizedTest
    @CsvSource({"never, NEVER", "'delay,SUCCESS', 'SUCCESS,DELAY'", "'FAILURE,FAILURE', FAILURE"})
    void isWrittenInOneWay(String text, String written) {
        assertThat(Notify.of(text)).hasToString(written);
    }
}
