package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryLetters;
import facteur.fixture.DkimVerifier.Published;
import facteur.fixture.Dkimpy;
import facteur.fixture.TestTime;
import facteur.mail.dkim.DkimKey;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.dkim.Signer;
import facteur.mail.dkim.StoredKey;
import facteur.mail.message.Collected;
import facteur.mail.message.LineEndings;
import facteur.mail.message.Mailbox;
import facteur.mail.message.Message;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.MessageLimits;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.Address;
import facteur.policy.Decision;
import facteur.policy.Rule;
import facteur.rewrite.ReceivedTrace;
import facteur.rewrite.Rewriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/// Random letters, rewritten and signed, as Debian's python3-dkim sees them.
@AddLifecycleHook(DkimpyIT.WithoutDkimpy.class)
final class DkimpyIT {
    private static final String DOMAIN = "dupont.example";
    private static final MessageLimits LIMITS = new MessageLimits(1 << 20, 128 << 10, 1_000, 64 << 10, 1 << 20);
    private static final Mailbox OFFICE = new Mailbox("Cabinet Dupont", Address.of("office@dupont.example"));
    private static final Decision.Rewrite DECISION =
            new Decision.Rewrite(OFFICE, Rule.FROM_OFFICE, List.of(OFFICE), Rule.GENERAL_COMPANY, Optional.empty());
    private static final ReceivedTrace TRACE = new ReceivedTrace(
            "app.example", InetAddress.ofLiteral("192.0.2.10"), "ESMTP", Optional.empty(), "relay.example.org", "0123456789abcdef", TestTime.START);
    private static final Path FOLDER = Path.of("target", "dkimpy");
    private static final List<DkimKey> KEYS = keys();
    private static final Optional<Dkimpy> DKIMPY = start();

    static final class WithoutDkimpy implements SkipExecutionHook {
        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            return DKIMPY.isPresent() ? SkipResult.doNotSkip() : SkipResult.skip("no python3-dkim");
        }
    }

    @AfterContainer
    static void stop() {
        DKIMPY.ifPresent(Dkimpy::close);
    }

    @Property(tries = 500)
    void believesBothSignatures(@ForAll("letters") Message message) throws IOException {
        var signed = octets(new Signer(_ -> KEYS, new TestTime()).sign(message, DOMAIN).message());
        assertThat(DKIMPY.orElseThrow().verify(signed)).containsExactly("pass", "pass");
    }

    /// As they are to leave. To dkimpy, VT and FF at the ends of a value are blanks; to RFC 5322 they aren't. A blank before a
    /// colon (RFC 5322 §4.5) is to dkimpy no field.
    @Provide
    Arbitrary<Message> letters() {
        return ArbitraryLetters.letters()
                .map(letter -> letter.replaceAll("[\u000B\f]", "?").replaceAll("(?im)^(message-id|date)[ \t]+:", "$1:"))
                .map(DkimpyIT::collected)
                .filter(Collected.Whole.class::isInstance)
                .map(whole -> Rewriter.rewrite(((Collected.Whole) whole).message(), DECISION, TRACE));
    }

    private static Collected collected(String letter) {
        var octets = letter.getBytes(StandardCharsets.ISO_8859_1);
        try (var collector = new MessageCollector(LIMITS, LineEndings.REPAIR, new ReceivingMemory(1 << 30), () -> {
            throw new IOException("no file wanted");
        })) {
            collector.write(octets, 0, octets.length);
            return collector.finish();
        }
    }

    private static String octets(Message message) throws IOException {
        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static List<DkimKey> keys() {
        try {
            return new KeyFolder(FOLDER).create(DOMAIN, TestTime.START).keys().stream().map(StoredKey::key).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Dkimpy> start() {
        try {
            return Dkimpy.start(FOLDER, Published.of(DOMAIN, KEYS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
