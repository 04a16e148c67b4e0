package facteur.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.MailArguments;
import facteur.mail.smtp.Notify;
import facteur.mail.smtp.OriginalRecipient;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.RcptArguments;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.ReversePath;

/// Any arguments of MAIL and RCPT: values that go back on a wire without harm, or a reply of one line.
final class ArgumentsFuzzer {
    @FuzzTest(maxDuration = "1m")
    void readsWhateverTheArguments(byte[] bytes) {
        var text = new String(bytes, UTF_8);
        for (var mail : new String[] {text, "FROM:<" + text, "FROM:<> " + text, "FROM:<> ENVID=" + text}) {
            switch (MailArguments.parse(mail)) {
                case Parsed.Good<MailArguments>(var good) -> assertSound(good);
                case Parsed.Bad<MailArguments>(var reply) -> assertRefuses(reply);
            }
            switch (MailArguments.parseOfBounce(mail)) {
                case Parsed.Good<MailArguments>(var good) -> assertSound(good);
                case Parsed.Bad<MailArguments>(var reply) -> assertRefuses(reply);
            }
        }
        for (var encoding : HeaderEncoding.values()) {
            for (var rcpt : new String[] {
                text, "TO:<" + text, "TO:<" + text + ">", "TO:<a@b> NOTIFY=" + text, "TO:<a@b> ORCPT=" + text, "TO:<a@b> ORCPT=utf-8;" + text
            }) {
                switch (RcptArguments.parse(rcpt, encoding)) {
                    case Parsed.Good<RcptArguments>(var good) -> assertSound(good, encoding);
                    case Parsed.Bad<RcptArguments>(var reply) -> assertRefuses(reply);
                }
            }
        }
    }

    private static void assertSound(MailArguments mail) {
        mail.dsn().envelopeId().ifPresent(id -> {
            assertThat(id.encoded()).hasSizeLessThanOrEqualTo(100).matches("[!-<>-~]+");
            assertThat(id.decoded()).matches("[ -~]+");
        });
        mail.sizeBytes().ifPresent(size -> assertThat(size).isNotNegative());
        assertThat(ReversePath.of(mail.reversePath().toString())).isEqualTo(mail.reversePath());
        if (mail.reversePath() instanceof ReversePath.Path(var address)) {
            assertSound(address, mail.encoding());
        }
    }

    private static void assertSound(RcptArguments rcpt, HeaderEncoding encoding) {
        assertSound(rcpt.forwardPath().address(), encoding);
        rcpt.forwardPath().reports().ifPresent(reports -> assertThat(Notify.of(reports.toString())).isEqualTo(reports));
        rcpt.forwardPath().original().ifPresent(original -> {
            assertThat(original.toString()).doesNotContainPattern("[\\p{Cc}\\p{Cf} =\\u2028\\u2029]");
            assertThat(original.toAscii().toString()).hasSizeLessThanOrEqualTo(500).matches("[!-<>-~]+");
            assertThat(original.fieldValue()).matches("[ -~]+");
            assertThat(OriginalRecipient.parse(original.toString(), encoding)).hasValue(original);
        });
    }

    private static void assertSound(Address address, HeaderEncoding encoding) {
        assertThat(address.toString()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
        assertThat(address.asciiDomain()).matches("[a-z0-9._-]+|\\[[a-z0-9.:]+]");
        if (address.isAsciiCapable()) {
            assertThat(address.wire().chars()).allMatch(c -> c < 128);
        }
        // What reads the command on the other side must see the same path.
        assertThat(RcptArguments.parse("TO:<" + address + ">", encoding))
                .isEqualTo(new Parsed.Good<>(new RcptArguments(ForwardPath.of(address))));
    }

    private static void assertRefuses(Reply reply) {
        assertThat(reply.isPermanent()).isTrue();
        assertThat(reply.wire()).hasSizeLessThan(511).doesNotContainPattern("[^ -~]");
    }
}
