package facteur.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MailArgumentsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "FROM:<>                                | <>",
        "FROM:<jan@dupont.example>              | <jan@dupont.example>",
        "from:<jan@dupont.example>              | <jan@dupont.example>",
        "From: <jan@dupont.example>             | <jan@dupont.example>",
        "FROM:   <>                             | <>",
        "FROM:<\"a b>c\"@dupont.example>        | <\"a b>c\"@dupont.example>",
        "FROM:<\"a\\\"b>c\"@dupont.example>     | <\"a\\\"b>c\"@dupont.example>",
        "FROM:<\"SIZE=1 \"@dupont.example>      | <\"SIZE=1 \"@dupont.example>",
        "FROM:<\"a@b\"@dupont.example> SIZE=1   | <\"a@b\"@dupont.example>",
        "FROM:<jan@[192.0.2.10]>                | <jan@[192.0.2.10]>",
        "FROM:<jan@dupont.example> BODY=7BIT    | <jan@dupont.example>"
    })
    void readsTheReversePath(String text, String path) {
        assertThat(good(text).reversePath()).hasToString(path);
    }

    /// One address can be meant, and no other.
    @ParameterizedTest
    @ValueSource(strings = {
        "FROM:jan@dupont.example",
        "FROM: jan@dupont.example",
        "FROM:\tjan@dupont.example SIZE=1",
        "FROM: jan@dupont.example\tSIZE=1 BODY=8BITMIME",
        "FROM:< jan@dupont.example >",
        "FROM:<\tjan@dupont.example> SIZE=1",
        "FROM:<jan@dupont.example>\tSIZE=1",
        "FROM:<jan@dupont.example> \t",
        "FROM:<<jan@dupont.example>>",
        "FROM:<Jan <jan@dupont.example>>",
        "FROM:<\"Janssens, Jan <x>\" <jan@dupont.example>> SIZE=1",
        "FROM:<@hub.example:jan@dupont.example>",
        "FROM:<@hub.example,@other.example:jan@dupont.example> SIZE=1",
        "FROM:@hub.example:jan@dupont.example"
    })
    void readsWhatScriptsAndDevicesWrite(String text) {
        assertThat(good(text).reversePath()).hasToString("<jan@dupont.example>");
    }

    @Test
    void aQuotedLocalPartNeedsNoBracketsEither() {
        assertThat(good("FROM:\"jan > jan\"@dupont.example SIZE=1")).isEqualTo(good("FROM:<\"jan > jan\"@dupont.example> SIZE=1"));
        assertThat(good("FROM:< >").reversePath()).isEqualTo(ReversePath.NULL);
    }

    @Test
    void readsEveryParameter() {
        var mail = good("FROM:<jan@dupont.example> size=1234  body=8BitMime   SmtpUtf8 Ret=Full envid=QQ+20314159 Auth=jan+2Bx@dupont.example");
        assertThat(mail).isEqualTo(new MailArguments(
                ReversePath.of("<jan@dupont.example>"),
                Optional.empty(),
                OptionalLong.of(1234),
                BodyType.EIGHT_BIT,
                HeaderEncoding.UTF8,
                new DsnRequest(Optional.of(ReturnContent.FULL), Optional.of(new Xtext("QQ+20314159"))),
                Optional.of(new Xtext("jan+2Bx@dupont.example"))));
    }

    @Test
    void assumesTheLeastWithoutParameters() {
        assertThat(good("FROM:<>")).isEqualTo(new MailArguments(
                ReversePath.NULL, Optional.empty(), OptionalLong.empty(), BodyType.SEVEN_BIT, HeaderEncoding.ASCII, DsnRequest.NONE,
                Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "999999999999999999, 999999999999999999",
        "9223372036854775808, 9223372036854775807",
        "99999999999999999999, 9223372036854775807"
    })
    void readsASizeOfTwentyDigits(String digits, long size) {
        assertThat(good("FROM:<> SIZE=" + digits).sizeBytes()).hasValue(size);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "FROM",
        "FROM:",
        "FROM: ",
        "TO:<jan@dupont.example>",
        "FROM :<jan@dupont.example>",
        "FROM:<jan@dupont.example",
        "FROM:jan@dupont.example>",
        "FROM:<\"jan\\",
        "FROM:<>SIZE=1",
        "FROM:<jan@dupont.example>>",
        "FROM:<jan@dupont.example>,<an@dupont.example>",
        "FROM:<jan@dupont.example> <an@dupont.example>",
        "FROM:<> junk!",
        "FROM:<Jan <jan@dupont.example>",
        "FROM:Jan <jan@dupont.example>",
        "FROM:<Jan <jan@dupont.example>> <an@dupont.example>",
        "FROM:<<<jan@dupont.example>>>",
        "FROM:<an@dupont.example <jan@dupont.example>>",
        "FROM:<jan@dupont.example <an@dupont.example>, <jan@dupont.example>>",
        "FROM:<jan@dupont.example> (a comment)",
        "FROM:<jan@dupont.example\r\nRCPT TO:<x@y.example>",
        "FROM:<x\r\nRCPT TO:<x@y.example>>",
        "FROM:<> =1",
        "FROM:<> SIZE=",
        "FROM:<> SIZE",
        "FROM:<> SIZE=-1",
        "FROM:<> SIZE=1e3",
        "FROM:<> SIZE=0x10",
        "FROM:<> SIZE=1=2",
        "FROM:<> SIZE=٣",
        "FROM:<> SIZE=123456789012345678901234567890",
        "FROM:<> SIZE=1 SIZE=1",
        "FROM:<> SIZE=1 size=2",
        "FROM:<> BODY",
        "FROM:<> BODY=BINARYMIME",
        "FROM:<> BODY=7BIT BODY=8BITMIME",
        "FROM:<> SMTPUTF8=1",
        "FROM:<> SMTPUTF8=",
        "FROM:<> SMTPUTF8 SMTPUTF8",
        "FROM:<> RET",
        "FROM:<> RET=",
        "FROM:<> RET=BODY",
        "FROM:<> RET=FULL,HDRS",
        "FROM:<> RET=FULL RET=FULL",
        "FROM:<> ENVID",
        "FROM:<> ENVID=",
        "FROM:<> ENVID=a ENVID=b",
        "FROM:<> ENVID=a=b",
        "FROM:<> ENVID=a+0D+0ARCPT",
        "FROM:<> ENVID=é SMTPUTF8",
        "FROM:<> AUTH",
        "FROM:<> AUTH=",
        "FROM:<> AUTH=a+2b",
        "FROM:<> AUTH=a+",
        "FROM:<> AUTH=a=b",
        "FROM:<> AUTH=jän@dupont.example",
        "FROM:<> AUTH=<> AUTH=<>",
        "FROM:<> SIZE=1\rRCPT",
        "FROM:<> SIZE=1\nRCPT",
        "FROM:<> SIZE=1\0"
    })
    void refusesBadSyntax(String text) {
        assertThat(bad(text)).startsWith("501 5.5.4");
    }

    @Test
    void takesAnEnvelopeIdOfAHundredCharacters() {
        assertThat(good("FROM:<> ENVID=" + "x".repeat(100)).dsn().envelopeId()).hasValue(new Xtext("x".repeat(100)));
        assertThat(bad("FROM:<> ENVID=" + "x".repeat(101))).startsWith("501 5.5.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOTIFY=NEVER", "ORCPT=rfc822;a", "MT-PRIORITY=3", "X-Evil=1", "REQUIRETLS", "SIZES=1"})
    void refusesAParameterItDoesNotKnow(String parameter) {
        assertThat(bad("FROM:<jan@dupont.example> " + parameter)).startsWith("555 5.5.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "FROM:<jan>",
        "FROM:<ja\rn@dupont.example>",
        "FROM:<ja\0n@dupont.example>",
        "FROM:jan",
        "FROM:<\"jan@dupont.example>",
        "FROM:\"jan@dupont.example SIZE=1",
        "FROM:<jan@dupont.example;>",
        "FROM:<mailto:jan@dupont.example>",
        "FROM:<@hub.example:jan>",
        "FROM:<@hub.example:@other.example:jan@dupont.example>",
        "FROM:<@:jan@dupont.example>",
        "FROM:<jan@dupont.example,an@dupont.example>"
    })
    void refusesABadAddress(String text) {
        assertThat(bad(text)).startsWith("553 5.1.7").doesNotContainPattern("\\p{Cc}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jürgen@dupont.example", "jan@bücher.example"})
    void takesAWideAddressWhetherSmtpUtf8IsSaidOrNot(String address) {
        assertThat(good("FROM:<" + address + ">").reversePath()).hasToString("<" + address + ">");
        assertThat(good("FROM:<" + address + "> SMTPUTF8").reversePath()).hasToString("<" + address + ">");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<MAILER-DAEMON>", "<Mailer-Daemon>"})
    void whereBouncesComeAMailerDaemonWithoutADomainIsNull(String path) {
        assertThat(MailArguments.parseOfBounce("FROM:" + path + " SIZE=7 BODY=8BITMIME")).isEqualTo(new Parsed.Good<>(new MailArguments(
                ReversePath.NULL, Optional.of(path), OptionalLong.of(7), BodyType.EIGHT_BIT, HeaderEncoding.ASCII, DsnRequest.NONE,
                Optional.empty())));
        assertThat(bad("FROM:" + path)).isEqualTo("553 5.1.7 " + path + " is no address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<>", "<MAILER-DAEMON@mx.example>", "<postmaster>", "<jan>", "<mailerdaemon>", "<MAILER-DAEMON", "<MAILER-DAEMON> SIZE=x"})
    void whereBouncesComeAllElseIsReadAsUsual(String path) {
        assertThat(MailArguments.parseOfBounce("FROM:" + path).getClass()).isEqualTo(MailArguments.parse("FROM:" + path).getClass());
    }

    @Test
    void endsQuicklyWhateverTheLength() {
        assertThat(bad("FROM:<\"" + "\\\"".repeat(100_000))).startsWith("501");
        assertThat(bad("FROM:<> " + "A".repeat(200_000))).startsWith("555").hasSizeLessThan(512);
        assertThat(bad("FROM:<> " + "SIZE=1 ".repeat(50_000))).startsWith("501");
        assertThat(good("FROM:<> AUTH=" + "+2B".repeat(100)).submitter()).isPresent();
        assertThat(bad("FROM:<> AUTH=" + "+2B".repeat(100_000))).startsWith("501 5.5.4");
        assertThat(bad("FROM:<" + "a".repeat(200_000) + "@b>")).startsWith("553").hasSizeLessThan(512);
    }

    private static MailArguments good(String text) {
        return switch (MailArguments.parse(text)) {
            case Parsed.Good<MailArguments>(var mail) -> mail;
            case Parsed.Bad<MailArguments>(var reply) -> throw new AssertionError(reply);
        };
    }

    private static String bad(String text) {
        return switch (MailArguments.parse(text)) {
            case Parsed.Good<MailArguments>(var mail) -> throw new AssertionError(mail);
            case Parsed.Bad<MailArguments>(var reply) -> reply.toString();
        };
    }
}
