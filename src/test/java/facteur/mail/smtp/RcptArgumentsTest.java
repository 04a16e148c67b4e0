package facteur.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RcptArgumentsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "TO:<info@bakker.example>              | info@bakker.example",
        "to: <info@bakker.example>             | info@bakker.example",
        "To:<\"a b>c\"@bakker.example>         | \"a b>c\"@bakker.example",
        "TO:<a%b@bakker.example>               | a%b@bakker.example",
        "TO:<b!a@bakker.example>               | b!a@bakker.example"
    })
    void readsTheForwardPath(String text, String address) {
        assertThat(RcptArguments.parse(text, HeaderEncoding.ASCII))
                .isEqualTo(new Parsed.Good<>(new RcptArguments(ForwardPath.of(Address.of(address)))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "TO:                                                | 501 5.5.4",
        "FROM:<info@bakker.example>                         | 501 5.5.4",
        "TO:<info@bakker.example                            | 501 5.5.4",
        "TO:<info@bakker.example>x                          | 501 5.5.4",
        "TO:<info@bakker.example> <boek@bakker.example>     | 501 5.5.4",
        "TO:<info@bakker.example> SIZE=1                    | 555 5.5.4",
        "TO:<info@bakker.example> RET=FULL                  | 555 5.5.4",
        "TO:<info@bakker.example> NOTIFY                    | 501 5.5.4",
        "TO:<info@bakker.example> NOTIFY=                   | 501 5.5.4",
        "TO:<info@bakker.example> NOTIFY=ALWAYS             | 501 5.5.4",
        "TO:<info@bakker.example> NOTIFY=NEVER,FAILURE      | 501 5.5.4",
        "TO:<info@bakker.example> NOTIFY=DELAY,NEVER        | 501 5.5.4",
        "TO:<info@bakker.example> NOTIFY=SUCCESS,           | 501 5.5.4",
        "TO:<info@bakker.example> NOTIFY=,SUCCESS           | 501 5.5.4",
        "TO:<info@bakker.example> NOTIFY=NEVER NOTIFY=NEVER | 501 5.5.4",
        "TO:<info@bakker.example> ORCPT                     | 501 5.5.4",
        "TO:<info@bakker.example> ORCPT=info@bakker.example | 501 5.5.4",
        "TO:<info@bakker.example> ORCPT=;info               | 501 5.5.4",
        "TO:<info@bakker.example> ORCPT=rfc822;             | 501 5.5.4",
        "TO:<info@bakker.example> ORCPT=rfc822;a+0D+0Ab     | 501 5.5.4",
        "TO:<info@bakker.example> ORCPT=rfc822;a orcpt=x;b  | 501 5.5.4",
        "TO:<info@bakker.example> ORCPT=utf-8;jörg@x        | 501 5.5.4",
        "TO:<>                                              | 553 5.1.3",
        "TO:<info>                                          | 553 5.1.3",
        "TO:<@a:b>                                          | 553 5.1.3",
        "TO:<info@bakker.example..>                         | 553 5.1.3",
        "TO:<info@@bakker.example>                          | 553 5.1.3",
        "TO:<info bakker@bakker.example>                    | 553 5.1.3"
    })
    void refusesTheRest(String text, String reply) {
        assertThat(RcptArguments.parse(text, HeaderEncoding.ASCII))
                .isInstanceOfSatisfying(Parsed.Bad.class, bad -> assertThat(bad.reply().toString()).startsWith(reply));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TO:info@bakker.example", "TO: info@bakker.example NOTIFY=NEVER", "TO:< info@bakker.example >",
        "TO:<Bakker <info@bakker.example>>", "TO:<@a.example,@b.example:info@bakker.example>"})
    void readsWhatScriptsAndDevicesWrite(String text) {
        assertThat(RcptArguments.parse(text, HeaderEncoding.ASCII))
                .isInstanceOfSatisfying(Parsed.Good.class, good -> assertThat(good.value().toString()).contains("address=info@bakker.example,"));
    }

    /// symfony/mailer, msmtp and others write them as they were typed, and say nothing of it.
    @ParameterizedTest
    @ValueSource(strings = {"用户@bakker.example", "info@faß.example"})
    void takesAWideAddressThoughSmtpUtf8IsNotSaid(String address) {
        assertThat(RcptArguments.parse("TO:<" + address + ">", HeaderEncoding.ASCII))
                .isInstanceOfSatisfying(Parsed.Good.class, good -> assertThat(good.value().toString()).contains("address=" + address + ","));
    }

    @Test
    void readsWhatIsToBeReported() {
        assertThat(RcptArguments.parse(
                "TO:<info@bakker.example> notify=failure,Success orcpt=RFC822;info+2Bold@bakker.example", HeaderEncoding.ASCII))
                .isEqualTo(new Parsed.Good<>(new RcptArguments(new ForwardPath(
                        Address.of("info@bakker.example"),
                        Optional.of(Notify.of("SUCCESS,FAILURE")),
                        Optional.of(OriginalRecipient.of("RFC822;info+2Bold@bakker.example"))))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\0", "\u001b", "\u0085", "\u2028"})
    void noControlCharacterGetsThroughOrIntoTheReply(String control) {
        for (var text : new String[] {"TO:<in" + control + "fo@bakker.example>", "TO:<\"in" + control + "fo\"@bakker.example>"}) {
            assertThat(RcptArguments.parse(text, HeaderEncoding.UTF8)).isInstanceOfSatisfying(
                    Parsed.Bad.class, bad -> assertThat(bad.reply().wire().chars()).allMatch(c -> c >= ' ' && c < 127));
        }
    }

    @Test
    void takesAWideAddressWithSmtpUtf8() {
        assertThat(RcptArguments.parse("TO:<用户@例え.テスト>", HeaderEncoding.UTF8))
                .isEqualTo(new Parsed.Good<>(new RcptArguments(ForwardPath.of(Address.of("用户@例え.テスト")))));
    }
}
