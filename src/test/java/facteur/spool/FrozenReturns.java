package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.letter.LateBound;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.Header;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.returned.Action;
import facteur.mail.returnpath.ReturnAddress;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.platform.database.Database;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/// Letters that left with return addresses, what came back of them, who was told and who is still to be, addresses that don't work, and
/// a letter with a name: what is frozen beside [FrozenPersons] since version 17 of the schema, and must go on with every later one.
final class FrozenReturns {
    private static final ReturnAddresses.Domains DOMAINS =
            new ReturnAddresses.Domains("return.example.org", Optional.of("reply.example.org"));
    private static final Duration KEEP = Duration.ofDays(365);

    /// When the first key was made.
    private static final Instant SUMMER = NOON.minus(Duration.ofDays(120));

    // Addresses that are out in the world, by the random numbers below.
    private static final String OF_SUMMER = "b-01kyf4qqg0xp2j4d00r50r4shvbn8gpbtq@return.example.org";
    private static final String OF_INVOICE = "b-01m844dzg0xq5sam01eesjbw73dr665q2a@return.example.org";
    private static final String OF_LATE = "r-01m844dzg08a6bks01bvmrf715zf5a63m3@reply.example.org";

    private static final String AN = "an@client.example";
    private static final String BO = "Bo@client.example";
    private static final String CY = "cy@client.example";
    private static final Mailbox COMPANY = Mailbox.parse("Cabinet Dupont <office@dupont.example>").orElseThrow();
    private static final Mailbox JAN = Mailbox.parse("Jan Janssens <jan@dupont.example>").orElseThrow();
    private static final Optional<LetterKey> KEY = Optional.of(new LetterKey(-22, "digest", "content", Duration.ofHours(24)));

    private static final NewReturn.Status AN_FAILED =
            new NewReturn.Status(0, AN, Action.FAILED, "5.1.1", "550 5.1.1 no such user", "mx.client.example", true);
    private static final NewReturn.Status BO_DELIVERED = new NewReturn.Status(1, BO, Action.DELIVERED, "2.0.0", "", "", false);
    private static final NewReturn.Status CY_FAILED =
            new NewReturn.Status(2, CY, Action.FAILED, "5.2.2", "552 5.2.2 mailbox full", "mx.client.example", false);

    /// How many letters have ended when [#check] is over; all of them.
    static final int LETTERS = 12;

    private final OpenSpool open;
    private final QueueIds ids;
    private final ReturnStore store;
    private final UntoldReturns untold;
    private final QueueId ofSummer;
    private final QueueId invoice;
    private final QueueId late;
    private final List<QueueId> returns;
    private final QueueId told;
    private final QueueId telling;

    /// The same ids each time.
    private FrozenReturns(OpenSpool open) {
        this.open = open;
        ids = new QueueIds(() -> NOON, new Random(22));
        store = new ReturnStore(open.spool(), open.database(), new BadAddresses(open.database()));
        untold = new UntoldReturns(open.database());
        ofSummer = new QueueIds(() -> SUMMER, new Random(21)).next();
        invoice = ids.next();
        late = ids.next();
        returns = Stream.generate(ids::next).limit(8).toList();
        told = ids.next();
        telling = ids.next();
    }

    /// To be called behind the others.
    static void write(OpenSpool open) throws Exception {
        new FrozenReturns(open).write();
    }

    /// Nothing of it is lost, and it goes on where it stopped.
    static void check(OpenSpool open) throws Exception {
        new FrozenReturns(open).check();
    }

    private static ReturnAddresses addresses(ReturnKeyRing ring) {
        return new ReturnAddresses(DOMAINS, ring::keys);
    }

    private void write() throws Exception {
        var ofThen = addresses(ReturnKeyRing.open(open.database(), () -> KEEP, () -> SUMMER, new Random(23)));
        var _ = ReturnKeyRing.open(open.database(), () -> KEEP, () -> NOON.minus(ReturnKeyRing.SPREAD), new Random(24));
        var addresses = addresses(ReturnKeyRing.open(open.database(), () -> KEEP, () -> NOON, new Random()));
        assertThat(List.of(
                ofThen.of(ReturnKind.BOUNCE, ofSummer).orElseThrow(), addresses.of(ReturnKind.BOUNCE, invoice).orElseThrow(),
                addresses.of(ReturnKind.REPLY, late).orElseThrow()))
                .extracting(Address::toString).containsExactly(OF_SUMMER, OF_INVOICE, OF_LATE);

        relay(letter(ofSummer, Letters.PROVENANCE, OF_SUMMER, Optional.empty(), AN), Optional.empty());
        relay(letter(invoice, Letters.PROVENANCE, OF_INVOICE, Optional.empty(), AN, BO, CY), KEY);
        var bound = Optional.of(new LateBound(List.of(JAN), COMPANY));
        relay(letter(late, Letters.PROVENANCE, bounces(addresses, late), bound, CY), Optional.empty());
        comeBack(addresses);
        tell();
    }

    private static String bounces(ReturnAddresses addresses, QueueId letter) {
        return addresses.of(ReturnKind.BOUNCE, letter).orElseThrow().toString();
    }

    private void comeBack(ReturnAddresses addresses) throws SpoolException {
        var nobody = Set.<UntoldReturns.Reader>of();
        take(returns.get(0), ofSummer, NewReturn.Kind.REPORT, "", nobody, AN_FAILED);
        take(returns.get(1), invoice, NewReturn.Kind.REPORT, "", Set.of(UntoldReturns.Reader.OFFICE, UntoldReturns.Reader.APP), AN_FAILED,
                BO_DELIVERED);
        take(returns.get(2), late, NewReturn.Kind.UNREADABLE, "Désolé", Set.of(UntoldReturns.Reader.OFFICE));
        take(returns.get(3), late, NewReturn.Kind.AUTOMATIC, "", nobody);
        take(returns.get(4), late, NewReturn.Kind.READ, "", nobody);
        take(returns.get(5), late, NewReturn.Kind.COMPLAINT, "", nobody);
        var reply = letter(
                returns.get(6),
                Provenance.parse("", "dupont", "", "", "", "", "reply-to.responsible", "v7", "v3", "", "reply"),
                bounces(addresses, returns.get(6)),
                Optional.empty(),
                "jan@dupont.example");
        relay(reply, Optional.empty());
        store.note(new ReturnStore.Relayed(reply.id(), late, NewReturn.Kind.REPLY, "dupont", "reply", NOON), "<" + CY + ">");
    }

    /// The office was told of the first return of the invoice, and not yet of the second; the app's report on both was being stored
    /// when the node was killed.
    private void tell() throws Exception {
        var office = due(invoice, UntoldReturns.Reader.OFFICE, NOON).orElseThrow();
        assertThat(untold.begin(office, List.of(told), NOON.plusSeconds(300))).contains(List.of(returns.get(1)));
        untold.end(office, List.of(told), NOON);
        take(returns.get(7), invoice, NewReturn.Kind.REPORT, "", Set.of(UntoldReturns.Reader.OFFICE), CY_FAILED);
        var app = due(invoice, UntoldReturns.Reader.APP, NOON).orElseThrow();
        assertThat(untold.begin(app, List.of(telling), NOON.plusSeconds(300))).isPresent();
    }

    private Optional<UntoldReturns.Due> due(QueueId letter, UntoldReturns.Reader reader, Instant at) throws Exception {
        return untold.untold(at).stream().filter(due -> due.letter().equals(letter) && due.reader() == reader).findFirst();
    }

    private void relay(Letter letter, Optional<LetterKey> key) throws SpoolException {
        var leased = open.spool().acceptActive(Letters.ROUTE, letter, key);
        var recipients = leased.recipients().stream().map(recipient -> recipient.with(Recipient.Status.RELAYED, "250 2.0.0 queued")).toList();
        open.spool().settle(leased, recipients, List.of(), new QueueState.Ended(NOON));
    }

    private ReturnStore.Taken take(
            QueueId id, QueueId answers, NewReturn.Kind kind, String text, Set<UntoldReturns.Reader> readers, NewReturn.Status... statuses)
            throws SpoolException {
        var letter = letter(
                id, Provenance.parse("", "dupont", "", "", "", "", "", "", "", "", "return"), "mailer-daemon@mx.example", Optional.empty(),
                OF_INVOICE);
        return store.take(new NewReturn(
                letter, answers, kind, "<mailer-daemon@mx.example>", id.text(), text, List.of(statuses), readers, true));
    }

    private static Letter letter(QueueId id, Provenance provenance, String reversePath, Optional<LateBound> late, String... recipients) {
        var header =
                """
                From: Cabinet Dupont <inbox@relay.example>\r
                Reply-To: Jan Janssens <jan@dupont.example>\r
                Message-ID: <1042@app.example>\r
                Subject: Facture 1042\r
                """;
        return new Letter(
                id,
                NOON,
                provenance,
                new Envelope(
                        ReversePath.of(Address.of(reversePath)),
                        Stream.of(recipients).map(Address::of).toList(),
                        BodyType.SEVEN_BIT,
                        HeaderEncoding.ASCII),
                ReversePath.of(Address.of("app@dupont.example")),
                new Message(Header.parse(header.getBytes(StandardCharsets.US_ASCII)), new MemoryBody(new byte[0])),
                late);
    }

    private void check() throws Exception {
        checkAddresses();
        checkLetters();
        checkNotices();
        checkBadAddresses(open.database());
        var again = letter(ids.next(), Letters.PROVENANCE, OF_INVOICE, Optional.empty(), AN, BO, CY);
        assertThat(LetterKeyContract.found(() -> open.spool().acceptActive(Letters.ROUTE, again, KEY)))
                .isEqualTo(new KnownLetter(invoice, NOON, KnownLetter.Match.SAME));
    }

    private void checkAddresses() throws Exception {
        var ring = ReturnKeyRing.open(open.database(), () -> KEEP, () -> NOON.plus(Duration.ofDays(1)), new Random());
        var addresses = addresses(ring);
        assertThat(addresses.read(Address.of(OF_SUMMER))).contains(new ReturnAddress(ReturnKind.BOUNCE, ofSummer));
        assertThat(addresses.read(Address.of(OF_INVOICE))).contains(new ReturnAddress(ReturnKind.BOUNCE, invoice));
        assertThat(addresses.read(Address.of(OF_LATE))).contains(new ReturnAddress(ReturnKind.REPLY, late));
        assertThat(addresses.of(ReturnKind.BOUNCE, invoice)).as("the newest key makes addresses").contains(Address.of(OF_INVOICE));
    }

    private void checkLetters() throws Exception {
        var answered = store.answered(invoice, NOON).orElseThrow();
        assertThat(answered.isOfApp()).isTrue();
        assertThat(answered.cameBack()).isEqualTo(2);
        assertThat(answered.recipients()).extracting(recipient -> recipient.status() + " " + recipient.lastReply())
                .containsExactly(
                        "RETURNED 550 5.1.1 no such user (mx.client.example)", "DELIVERED 2.0.0",
                        "RETURNED 552 5.2.2 mailbox full (mx.client.example)");

        var sent = new SentLetters(open.database()).of(late).orElseThrow();
        assertThat(sent.binding()).isEqualTo(SentLetter.Binding.LATE);
        assertThat(sent.company()).contains(COMPANY);
        assertThat(Mailbox.parseList(sent.replyTo())).contains(List.of(JAN));
        assertThat(new SentLetters(open.database()).of(returns.get(6)).orElseThrow().provenance().kind()).isEqualTo(Provenance.Kind.REPLY);
        assertThat(store.copy(late, NewReturn.Kind.REPLY, "reply", NOON)).contains(returns.get(6));

        var cameBack = untold.read(late, returns).orElseThrow();
        assertThat(cameBack.subject()).isEqualTo("Facture 1042");
        assertThat(cameBack.returns()).singleElement().satisfies(one -> assertThat(one.text()).isEqualTo("Désolé"));
        assertThat(store.answered(late, NOON).orElseThrow().cameBack()).isEqualTo(5);

        assertThat(take(ids.next(), ofSummer, NewReturn.Kind.REPORT, "", Set.of(), AN_FAILED).copyOf()).isEmpty();
        assertThat(store.answered(ofSummer, NOON).orElseThrow().cameBack()).isEqualTo(2);
    }

    /// The office of the invoice hears of the second return, the app of both, under the id that was chosen then; the office of the
    /// other letter hears of what can't be read. Each once.
    private void checkNotices() throws Exception {
        assertThat(untold.untold(NOON)).extracting(UntoldReturns.Due::letter).containsExactly(late);
        var later = NOON.plus(UntoldReturns.GATHERED);
        var ofLate = due(late, UntoldReturns.Reader.OFFICE, later).orElseThrow();
        assertThat(tell(ofLate, ids.next(), later)).containsExactly(returns.get(2));
        assertThat(tell(due(invoice, UntoldReturns.Reader.OFFICE, later).orElseThrow(), ids.next(), later)).containsExactly(returns.get(7));
        var app = due(invoice, UntoldReturns.Reader.APP, later).orElseThrow();
        assertThat(app.letters()).containsExactly(telling);
        assertThat(tell(app, telling, later)).containsExactlyInAnyOrder(returns.get(1), returns.get(7));
        assertThat(untold.untold(later.plus(Duration.ofDays(1)))).isEmpty();
    }

    private List<QueueId> tell(UntoldReturns.Due due, QueueId notice, Instant at) throws Exception {
        var returned = untold.begin(due, List.of(notice), at.plusSeconds(300)).orElseThrow();
        untold.end(due, List.of(notice), at);
        return returned;
    }

    private static void checkBadAddresses(Database database) throws SpoolException {
        var bad = new BadAddresses(database);
        bad.run();
        assertThat(bad.among("dupont", List.of(Address.of(AN), Address.of(BO), Address.of(CY)))).singleElement().satisfies(one -> {
            assertThat(one.address()).isEqualTo(AN);
            assertThat(one.status()).isEqualTo("5.1.1");
            assertThat(one.since()).isEqualTo(NOON);
        });
    }
}
