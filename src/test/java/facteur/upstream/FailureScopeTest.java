package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.smtp.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class FailureScopeTest {
    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "GREETING", "EHLO", "TLS", "AUTH"})
    void whatFailsBeforeMailIsAboutTheUpstream(Stage stage) {
        assertThat(FailureScope.of(stage, new FailureCause.Trouble("refused"))).isEqualTo(FailureScope.UPSTREAM);
        assertThat(FailureScope.of(stage, answer(554))).isEqualTo(FailureScope.UPSTREAM);
    }

    @ParameterizedTest
    @EnumSource
    void aGoodbyeIsAboutTheUpstreamWheneverItComes(Stage stage) {
        assertThat(FailureScope.of(stage, answer(421))).isEqualTo(FailureScope.UPSTREAM);
        assertThat(FailureScope.of(stage, answer(530))).isEqualTo(FailureScope.UPSTREAM);
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 451, LETTER", "RCPT, 450, RECIPIENT", "RCPT, 552, RECIPIENT", "DATA, 451, LETTER", "END_OF_DATA, 452, LETTER"
    })
    void anotherReplyIsAboutWhatWasSaid(Stage stage, int code, FailureScope scope) {
        assertThat(FailureScope.of(stage, answer(code))).isEqualTo(scope);
    }

    @ParameterizedTest
    @CsvSource({"MAIL, UPSTREAM", "RCPT, UPSTREAM", "DATA, LETTER", "END_OF_DATA, LETTER"})
    void aConnectionThatBreaksUnderTheMessageMayBeTheLettersFault(Stage stage, FailureScope scope) {
        assertThat(FailureScope.of(stage, new FailureCause.Trouble("no reply"))).isEqualTo(scope);
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 504 5.5.2 <relay>: Helo command rejected: need fully-qualified hostname, UPSTREAM",
        "RCPT, 504 5.5.2 <relay>: Helo command rejected: need fully-qualified hostname, UPSTREAM",
        "RCPT, 450 4.7.1 <relay>: Helo command rejected: Host not found, UPSTREAM",
        "MAIL, 504 need fully-qualified hostname, UPSTREAM",
        "MAIL, 550 HELO should be a FQDN or address literal (See RFC 2821 4.1.1.1), UPSTREAM",
        "MAIL, 504 5.5.2 <jan>: Sender address rejected: need fully-qualified address, LETTER",
        "RCPT, 504 5.5.2 <bob>: Recipient address rejected: need fully-qualified address, RECIPIENT",
        "RCPT, 450 4.1.1 <helo@x.example>: try again, RECIPIENT",
    })
    void aReplyAboutOurNameIsAboutTheUpstream(Stage stage, String reply, FailureScope scope) {
        assertThat(FailureScope.of(stage, new FailureCause.Answer(Reply.parse(reply).orElseThrow()))).isEqualTo(scope);
    }

    private static FailureCause answer(int code) {
        return new FailureCause.Answer(Reply.plain(code, "text"));
    }
}
