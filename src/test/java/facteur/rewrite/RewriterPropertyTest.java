package facteur.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryLetters;
import facteur.fixture.ArbitraryOffices;
import facteur.fixture.Corpus.Parts;
import facteur.fixture.TestTime;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.policy.Decision;
import facteur.policy.Rule;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// The rewriter with any header and decision. The whole way of a letter: `LetterPropertyTest`.
final class RewriterPropertyTest {
    private static final ReceivedTrace TRACE = new ReceivedTrace(
            "app.example", InetAddress.ofLiteral("192.0.2.10"), "ESMTP", Optional.empty(), "relay.example.org", "0123456789abcdef", TestTime.START);

    private static final ReceivedTrace SECRET = new ReceivedTrace(
            "host7.internal.example", InetAddress.ofLiteral("203.0.113.77"), "ESMTPSA", Optional.empty(), "relay.example.org", "0123456789abcdef",
            TestTime.START, ReceivedClient.NONE);

    record Case(String letter, Decision.Rewrite decision) {
        Message message() {
            var parts = Parts.of(letter);
            return new Message(Header.parse(octets(String.join("", parts.fields()))), new MemoryBody(octets(parts.body())));
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        var people = ArbitraryOffices.mailboxes().list().ofMinSize(2).ofMaxSize(6);
        return Combinators.combine(ArbitraryLetters.letters(), people).as((letter, named) -> {
            var decision =
                    new Decision.Rewrite(named.getFirst(), Rule.FROM_OFFICE, named.subList(1, named.size()), Rule.GENERAL_ROLE, Optional.empty());
            return new Case(letter, decision);
        });
    }

    @Property
    void noFieldNamesAnAppThatIsNotToBeShown(@ForAll("cases") Case given) {
        var header = Rewriter.rewrite(given.message(), given.decision(), SECRET).header();
        assertThat(header.toString()).isNotEmpty();
        assertThat(header.fields()).noneMatch(field -> field.toString().matches("(?s).*(host7|internal\\.example|203\\.0\\.113).*"));
    }

    @Property
    void whatIsWrittenReadsAsWhatWasDecided(@ForAll("cases") Case each) {
        var header = rewrite(each.message(), each).header();
        assertThat(mailboxes(header, "From")).isEqualTo(written(Stream.of(each.decision().from())));
        assertThat(mailboxes(header, "Reply-To")).isEqualTo(written(each.decision().replyTo().stream()));
    }

    /// The same decision once more, as when the same is known of who wrote it: only a Received field is new.
    @Property
    void whatIsRewrittenStaysAsItIs(@ForAll("cases") Case each) {
        var once = rewrite(each.message(), each);
        var twice = rewrite(once, each);
        var expected = new ArrayList<HeaderField>(List.of(TRACE.received()));
        expected.addAll(once.header().fields());
        assertThat(twice.header().fields()).isEqualTo(expected);
        assertThat(twice.body()).isSameAs(once.body());
    }

    private static Message rewrite(Message message, Case each) {
        return Rewriter.rewrite(message, each.decision(), TRACE);
    }

    /// UTF-8 only where there is no other form.
    @Property
    void whatIsWrittenIsAsciiIfItCanBe(@ForAll("cases") Case each) {
        var header = rewrite(each.message(), each).header();
        assertThat(new Header(List.of(header.first("From").orElseThrow())).isAscii()).isEqualTo(each.decision().from().address().isAsciiCapable());
        assertThat(new Header(List.of(header.first("Reply-To").orElseThrow())).isAscii())
                .isEqualTo(each.decision().replyTo().stream().allMatch(mailbox -> mailbox.address().isAsciiCapable()));
    }

    /// Domains are in A-labels where the local part lets them.
    private static List<Mailbox> written(Stream<Mailbox> mailboxes) {
        return mailboxes
                .map(mailbox -> mailbox.address().isAsciiCapable() ? new Mailbox(mailbox.name(), mailbox.address().toAscii()) : mailbox)
                .toList();
    }

    private static List<Mailbox> mailboxes(Header header, String name) {
        var fields = header.all(name);
        assertThat(fields).hasSize(1);
        return Mailbox.parseList(fields.getFirst().value()).orElseThrow();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
