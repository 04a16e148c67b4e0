package facteur.returns;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryLetters;
import facteur.fixture.MemorySettings;
import facteur.intake.ControlFields;
import facteur.intake.SubmissionResult;
import facteur.journal.MailEvent;
import facteur.mail.dkim.TestKeys;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Header;
import facteur.mail.message.Mailbox;
import facteur.mail.message.Message;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.ReversePath;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class ReplyRelayTest {
    private static final QueueId ANSWERED = new QueueId("01jd0c6v9zk4r7tq");
    private static final Mailbox AN = Mailbox.parse("An Peeters <an@dupont.example>").orElseThrow();
    private static final Mailbox BEN = Mailbox.parse("ben@dupont.example").orElseThrow();
    private static final Address OFFICE = Address.of("office@dupont.example");
    private static final String LETTER =
            "Received: from pc by mx.bakker.example with ESMTP id 1\r\nDKIM-Signature: v=1; a=x\r\nfrom : Bob <bob@bakker.example>\r\n"
                    + "In-Reply-To: <1@dupont.example>\r\nX-odd:\tA\r\n\tB\r\n\r\nYes.\r\n";

    private final TwoWays ways = new TwoWays(new MemorySettings(), new OfficeId("dupont"));
    private final Address to = ways.addresses.of(ReturnKind.REPLY, ANSWERED).orElseThrow();

    private ReplyRelay.Order order(String reversePath, String octets, String context, String relation, Mailbox... recipients) {
        return new ReplyRelay.Order(
                TwoWays.arrived(reversePath, to, octets),
                Optional.of(ANSWERED),
                Provenance.parse("", "dupont", context, relation, "", "", "general.role", "v7", "", ""),
                List.of(recipients),
                Optional.of(OFFICE));
    }

    private Letter relayed(ReplyRelay.Order order) {
        return ways.letter(ways.relay.relay(order));
    }

    @Test
    void eachOctetStaysBelowOurOwnFields() {
        var letter = relayed(order("<bob@bakker.example>", LETTER, "invoice", "R-1", AN, BEN));
        var octets = TwoWays.octets(letter.message());
        assertThat(octets).startsWith("Received: from mx.bakker.example ([192.0.2.10])\r\n\tby relay.example.org with ESMTP id " + letter.id() + ";")
                .endsWith("\r\nX-Relation-Id: R-1\r\nX-Context: invoice\r\n" + LETTER);
        assertThat(letter.envelope().recipients()).extracting(path -> path.address().toString())
                .containsExactly("an@dupont.example", "ben@dupont.example");
        assertThat(letter.envelope().reversePath())
                .isEqualTo(ReversePath.of(ways.addresses.of(ReturnKind.BOUNCE, letter.id()).orElseThrow()));
        assertThat(letter.originalReversePath()).isEqualTo(ReversePath.of(OFFICE));
        assertThat(ways.journal.events(MailEvent.ReplyAccepted.class)).singleElement().satisfies(event -> {
            assertThat(event.answered()).isEqualTo(ANSWERED.text());
            assertThat(event.recipients()).containsExactly("an@dupont.example", "ben@dupont.example");
            assertThat(event.rule()).isEqualTo("general.role");
        });
    }

    @Test
    void whatTheSenderSaysOfClientAndContextGoes() {
        var letter = relayed(order("<bob@bakker.example>", "X-RELATION-ID: other\r\nx-context : a\r\n b\r\n" + LETTER, "", "R-1", AN));
        assertThat(TwoWays.octets(letter.message())).endsWith("\r\nX-Relation-Id: R-1\r\n" + LETTER);
    }

    /// What came in is judged, with the fields that go; what leaves is sealed.
    @Test
    void aReplyIsSealedOnTop() {
        ways.sealDomain = Optional.of("reply.example.org");
        var letter = relayed(order("<bob@bakker.example>", "X-Context: other\r\n" + LETTER, "invoice", "R-1", AN));
        assertThat(TwoWays.octets(letter.message())).startsWith("ARC-Seal: i=1; a=rsa-sha256; cv=none; d=reply.example.org;")
                .contains(
                        "\r\n\tdkim=neutral reason=\"the signature can't be read\";\r\n\tarc=none smtp.remote-ip=192.0.2.10\r\nReceived: from mx.bakker.example ")
                .endsWith("\r\nX-Relation-Id: R-1\r\nX-Context: invoice\r\n" + LETTER);
        assertThat(ways.journal.events(MailEvent.ReplyAccepted.class)).extracting(MailEvent.ReplyAccepted::seal).containsExactly("none");
        assertThat(ways.journal.events(MailEvent.Warned.class)).isEmpty();
    }

    @Test
    void aReplyThatCantBeSealedLeavesWithout() {
        ways.sealDomain = Optional.of("reply.example.org");
        ways.sealKeys = List.of();
        var letter = relayed(order("<bob@bakker.example>", LETTER, "", "", AN));
        assertThat(TwoWays.octets(letter.message())).startsWith("Received: ").doesNotContain("ARC-");
        assertThat(ways.journal.events(MailEvent.ReplyAccepted.class)).extracting(MailEvent.ReplyAccepted::seal).containsExactly("");
        assertThat(ways.journal.events(MailEvent.Warned.class)).extracting(MailEvent.Warned::warning)
                .containsExactly("not sealed: no RSA key of reply.example.org signs. Ask: facteur domain check reply.example.org");
    }

    @Test
    void aReplyOfSeveralSendersIsNotSealed() {
        ways.sealDomain = Optional.of("reply.example.org");
        var letter = relayed(order("<bob@bakker.example>", "From: eve@evil.example\r\n" + LETTER, "", "", AN));
        assertThat(TwoWays.octets(letter.message())).startsWith("Received: ").doesNotContain("ARC-");
        assertThat(ways.journal.events(MailEvent.Warned.class)).extracting(MailEvent.Warned::warning)
                .containsExactly("not sealed: several From fields");
    }

    /// Loops are counted by our own Received, wherever it stands.
    @Test
    void sealedPassesAreCounted() {
        ways.sealDomain = Optional.of("reply.example.org");
        TestKeys.BOTH.forEach(key -> ways.dns.put(key.recordName("reply.example.org"), key.recordText()));
        var octets = LETTER;
        for (var pass = 1; pass <= ReplyRelay.MOST_PASSES; pass++) {
            octets = TwoWays.octets(relayed(order("<bob@bakker.example>", octets, "", "", AN)).message());
            assertThat(octets).startsWith("ARC-Seal: i=" + pass + "; a=rsa-sha256; cv=" + (pass == 1 ? "none" : "pass") + ";");
        }
        assertThat(ways.relay.relay(order("<bob@bakker.example>", octets, "", "", AN))).isInstanceOf(SubmissionResult.Refused.class);
    }

    @Test
    void mailToOurPostmasterStaysAsItCame() {
        var came = "X-Context: a\r\n" + LETTER;
        var order = new ReplyRelay.Order(
                TwoWays.arrived("<bob@bakker.example>", to, came), Optional.empty(), Provenance.UNKNOWN, List.of(AN), Optional.empty());
        var letter = relayed(order);
        assertThat(TwoWays.octets(letter.message())).endsWith("\r\n" + came);
        assertThat(letter.originalReversePath()).isEqualTo(letter.envelope().reversePath());
    }

    @Test
    void anAutomaticAnswerLeavesAsItCame() {
        var letter = relayed(order("<>", LETTER, "", "", AN));
        assertThat(letter.envelope().reversePath()).isEqualTo(ReversePath.NULL);
        assertThat(letter.originalReversePath()).isEqualTo(ReversePath.NULL);
    }

    @Test
    void smtputf8IsSaidWhereItIsNeeded() {
        assertThat(relayed(order("<bob@bakker.example>", LETTER, "", "", AN)).envelope().encoding()).isEqualTo(HeaderEncoding.ASCII);
        assertThat(relayed(order("<bob@bakker.example>", "Subject: \u00c3\u00a9\r\n" + LETTER, "", "", AN)).envelope().encoding())
                .isEqualTo(HeaderEncoding.UTF8);
        var wide = Mailbox.parse("j\u00fcrgen@dupont.example").orElseThrow();
        assertThat(relayed(order("<bob@bakker.example>", LETTER, "", "", wide)).envelope().encoding()).isEqualTo(HeaderEncoding.UTF8);
    }

    @Test
    void theSixthPassIsRefused() {
        var octets = LETTER;
        for (var pass = 1; pass <= ReplyRelay.MOST_PASSES; pass++) {
            octets = TwoWays.octets(relayed(order("<bob@bakker.example>", octets, "", "", AN)).message());
        }
        assertThat(ways.relay.relay(order("<bob@bakker.example>", octets, "", "", AN)))
                .isInstanceOfSatisfying(SubmissionResult.Refused.class, refused -> assertThat(refused.reply().toString()).startsWith("554 5.4.6 "));
        assertThat(ways.journal.events(MailEvent.ReplyAccepted.class)).hasSize(ReplyRelay.MOST_PASSES);
    }

    @Test
    void fieldsOfOtherHostsAreNoPasses() {
        var others = "Received: from a by relay.example.org.evil.example with ESMTP id 01jd0c6v9zk4r7tq; x\r\n".repeat(10)
                + "Received: from a by relay.example.org with ESMTP id <1>; x\r\n".repeat(10);
        assertThat(ways.relay.relay(order("<bob@bakker.example>", others + LETTER, "", "", AN))).isInstanceOf(SubmissionResult.Queued.class);
    }

    /// Fields without an end, odd names, octets of no charset.
    @Property(tries = 300)
    void noOctetOfAnyLetterIsChanged(@ForAll("letters") Message came) {
        var kept = came.header().fields().stream().filter(field -> !field.is("X-Relation-Id") && !field.is("X-Context")).toList();
        var arrived = TwoWays.arrived("<bob@bakker.example>", to, LETTER).with(came);
        var order = order("<bob@bakker.example>", LETTER, "invoice", "R-1", AN);
        var letter = relayed(new ReplyRelay.Order(arrived, order.answered(), order.provenance(), order.recipients(), order.failures()));
        assertThat(TwoWays.octets(letter.message()))
                .endsWith("\r\nX-Relation-Id: R-1\r\nX-Context: invoice\r\n" + TwoWays.octets(came.withHeader(new Header(kept))));
    }

    @Provide
    Arbitrary<Message> letters() {
        return ArbitraryLetters.letters().map(TwoWays::collected).filter(Optional::isPresent).map(Optional::orElseThrow);
    }

    /// The office's own program reads them as the app wrote them.
    @Property(tries = 200)
    void clientAndContextAreReadAsTheyWereWritten(@ForAll @StringLength(min = 1, max = 128) @CharRange(from = '!', to = '\u017f') String relation) {
        if (RelationId.parse(relation).isEmpty()) {
            return;
        }
        var letter = relayed(order("<bob@bakker.example>", LETTER, "", relation, AN));
        var control = ControlFields.read(letter.message().header());
        assertThat(control).isInstanceOf(Parsed.Good.class);
        assertThat(((Parsed.Good<ControlFields>) control).value().relation()).contains(new RelationId(relation));
        assertThat(letter.envelope().encoding()).isEqualTo(HeaderEncoding.ASCII);
    }
}
