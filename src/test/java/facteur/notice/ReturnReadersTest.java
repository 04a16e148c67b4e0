package facteur.notice;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.mail.automatic.Language;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.ReversePath;
import facteur.office.BounceReaders;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeReturns;
import facteur.office.OfficeSettings;
import facteur.office.Replies;
import facteur.office.ReplyTo;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.platform.log.Erasure;
import facteur.spool.ReturnedLetter;
import facteur.spool.SentLetter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Who is told.
final class ReturnReadersTest {
    private static final Mailbox COMPANY = new Mailbox("Dupont", Address.of("office@dupont.example"));
    private static final Mailbox TODAY = new Mailbox("Eva", Address.of("eva@dupont.example"));
    private static final String AN = "An Peeters <an@dupont.example>";
    private static final Mailbox THEN = new Mailbox("Dupont", Address.of("then@dupont.example"));

    private Lookup<OfficeSettings> office = new Lookup.Found<>(office(OfficeReturns.STANDARD), TestTime.START);
    private Lookup<List<Mailbox>> late = new Lookup.Found<>(List.of(TODAY), TestTime.START);
    private BounceReaders tell = BounceReaders.REPLY_TO;

    static OfficeSettings office(OfficeReturns returns) {
        return new OfficeSettings(
                new OfficeId("dupont"), "7", COMPANY, Optional.empty(), new ReplyTo.ToCompany(), Map.of(), List.of(), Sandbox.OFF,
                WhenUnverified.FALLBACK, Replies.DIRECT, returns);
    }

    @Test
    void areThoseWhomReplyToNamed() {
        assertThat(people(letter("", AN + ", \"Janssens, Jan\" <jan@dupont.example>"))).containsExactly("an@dupont.example", "jan@dupont.example");
    }

    @Test
    void areTheCompanyWhereItWantsThatOrTheOperatorDoes() {
        tell = BounceReaders.COMPANY;
        assertThat(people(letter("", AN))).containsExactly("office@dupont.example");
        tell = BounceReaders.NONE;
        assertThat(people(letter("", AN))).isEmpty();
        officeSays(BounceReaders.COMPANY);
        assertThat(people(letter("", AN))).containsExactly("office@dupont.example");
        officeSays(BounceReaders.NONE);
        tell = BounceReaders.REPLY_TO;
        assertThat(people(letter("", AN))).isEmpty();
    }

    private void officeSays(BounceReaders wanted) {
        var returns = new OfficeReturns(Optional.of(wanted), Optional.empty(), Optional.empty(), Optional.of(Language.NL));
        office = new Lookup.Found<>(office(returns), TestTime.START);
    }

    @Test
    void areThoseOfTodayWhereRepliesAreBoundLate() {
        assertThat(people(lateBound())).containsExactly("eva@dupont.example");
        late = new Lookup.Missing<>();
        assertThat(people(lateBound())).containsExactly("office@dupont.example");
        office = new Lookup.Missing<>();
        assertThat(people(lateBound())).containsExactly("then@dupont.example");
        late = new Lookup.Unavailable<>("later");
        assertThat(readers().of(lateBound(), telling())).isEmpty();
    }

    private static ReturnedLetter lateBound() {
        return letter(sent("dupont", "", AN, SentLetter.Binding.LATE, Optional.of(THEN)), "<>");
    }

    /// The Reply-To of a reply is the client's, who is never told.
    @Test
    void areTheCompanyWhereAReplyDidNotArrive() {
        assertThat(people(letter("reply", "Client <jan@client.example>"))).containsExactly("office@dupont.example");
        office = new Lookup.Missing<>();
        assertThat(people(letter("reply", "Client <jan@client.example>"))).isEmpty();
    }

    @Test
    void areThoseWhomReplyToNamedWhenTheOfficeIsGone() {
        office = new Lookup.Missing<>();
        assertThat(people(letter("", AN))).containsExactly("an@dupont.example");
        tell = BounceReaders.COMPANY;
        assertThat(people(letter("", AN))).containsExactly("an@dupont.example");
    }

    @Test
    void areNotKnownWhileSettingsAreNot() {
        office = new Lookup.Unavailable<>("no connection");
        assertThat(readers().of(letter("", AN), telling())).isEmpty();
        office = new Lookup.Unusable<>("a wrong key");
        assertThat(readers().of(letter("", AN), telling())).isEmpty();
    }

    @Test
    void areThoseOfTodayWhenReplyToIsNotKnown() {
        assertThat(people(letter("", ""))).containsExactly("eva@dupont.example");
        late = new Lookup.Missing<>();
        assertThat(people(letter("", ""))).containsExactly("office@dupont.example");
        assertThat(people(letter("", "not an address"))).containsExactly("office@dupont.example");
    }

    @Test
    void areTheFirstOfAFieldThatWasCut() {
        assertThat(people(letter("", AN + ", Jan <jan@dupont.exa…"))).containsExactly("an@dupont.example");
        var many = IntStream.range(0, 50).mapToObj(i -> "a" + i + "@dupont.example").collect(Collectors.joining(", "));
        assertThat(people(letter("", many))).hasSize(5).startsWith("a0@dupont.example");
    }

    @Test
    void areNeverAPersonWhoWasErasedOrOurselves() {
        assertThat(people(letter("", Erasure.FORGOTTEN + ", " + AN + ", Anne <an@dupont.example>")))
                .containsExactly("an@dupont.example");
        late = new Lookup.Found<>(List.of(new Mailbox("", Address.of("r-x@reply.example")), TODAY), TestTime.START);
        assertThat(people(lateBound())).containsExactly("eva@dupont.example");
    }

    @Test
    void ofALetterOfTheRelaysOwnAreNone() {
        assertThat(people(letter(sent("", "", AN, SentLetter.Binding.EARLY, Optional.empty()), "<>"))).isEmpty();
    }

    @Test
    void hearItInTheOfficesLanguage() {
        officeSays(BounceReaders.COMPANY);
        assertThat(readers().of(letter("", AN), telling()).orElseThrow().language()).contains(Language.NL);
    }

    @Test
    void theAppHearsItAtItsOwnReversePath() {
        assertThat(app("<bounces@suite.example>", "")).contains(Address.of("bounces@suite.example"));
        assertThat(app("<>", "")).isEmpty();
        assertThat(app("<b-x@return.example>", "reply")).isEmpty();
        assertThat(app("<b-x@return.example>", "")).isEmpty();
        assertThat(app("<" + Erasure.FORGOTTEN + ">", "")).isEmpty();
        var off = new ReturnReaders.Telling(tell, false, _ -> false);
        assertThat(readers().app(letter("", AN), off)).isEmpty();
    }

    private Optional<Address> app(String path, String kind) {
        return readers().app(letter(sent("dupont", kind, AN, SentLetter.Binding.EARLY, Optional.empty()), path), telling());
    }

    private List<String> people(ReturnedLetter letter) {
        return readers().of(letter, telling()).orElseThrow().people().stream().map(mailbox -> mailbox.address().toString()).toList();
    }

    private ReturnReaders readers() {
        return new ReturnReaders(_ -> office, _ -> late);
    }

    private ReturnReaders.Telling telling() {
        return new ReturnReaders.Telling(tell, true, address -> List.of("return.example", "reply.example").contains(address.domain()));
    }

    private static ReturnedLetter letter(String kind, String replyTo) {
        return letter(sent("dupont", kind, replyTo, SentLetter.Binding.EARLY, Optional.empty()), "<>");
    }

    private static ReturnedLetter letter(SentLetter sent, String path) {
        return new ReturnedLetter(sent, TestTime.START, "", "", "", ReversePath.of(path), DsnRequest.NONE, List.of(), List.of());
    }

    private static SentLetter sent(String office, String kind, String replyTo, SentLetter.Binding binding, Optional<Mailbox> company) {
        return new SentLetter(
                new QueueId("01m8468qb1dasymv"),
                Provenance.parse("suite", office, "", "", "", "", "", "", "", "", kind),
                replyTo,
                binding,
                company);
    }
}
