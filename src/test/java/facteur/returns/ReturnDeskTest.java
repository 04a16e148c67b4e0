package facteur.returns;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MigratedDatabase;
import facteur.fixture.TestTime;
import facteur.intake.SubmissionResult;
import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.RouteId;
import facteur.mail.message.FileBody;
import facteur.mail.message.Mailbox;
import facteur.mail.message.Message;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Notify;
import facteur.mail.smtp.OriginalRecipient;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.ReversePath;
import facteur.office.AutoReplies;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeReturns;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Replies;
import facteur.office.ReplyTo;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.platform.database.Database;
import facteur.settings.SettingsSource;
import facteur.spool.BadAddress;
import facteur.spool.BadAddresses;
import facteur.spool.LetterHistory;
import facteur.spool.QueueDesk;
import facteur.spool.QueueState;
import facteur.spool.Recipient;
import facteur.spool.ReturnStore;
import facteur.spool.SentLetters;
import facteur.spool.SqlSpool;
import facteur.spool.StateFolder;
import facteur.spool.UntoldReturns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of real octets that come to a return address: with a real spool, and the real ways of relaying.
final class ReturnDeskTest {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final String AN = "an@client.example";
    private static final String BO = "bo@client.example";
    private static final Duration KEEP = Duration.ofDays(30);
    private static final String PERSON = "From: Bob <bo@client.example>\r\nMessage-ID: <2@client.example>\r\nSubject: Re: Facture\r\n\r\nWhy?\r\n";
    private static final String AWAY = "From: An <an@client.example>\r\nAuto-Submitted: auto-replied\r\nSubject: Away\r\n\r\nUntil Monday.\r\n";

    @TempDir
    private Path folder;

    private Lookup<OfficeSettings> office = found(OfficeReturns.STANDARD);
    private AutoReplies autoReplies = AutoReplies.RELAY;
    private StateFolder state;
    private Database database;
    private SqlSpool spool;
    private TwoWays ways;
    private BadAddresses bad;
    private ReturnDesk desk;
    private final List<String> toCaretakers = new ArrayList<>();

    private final SettingsSource settings = new SettingsSource() {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public Lookup<OfficeSettings> office(OfficeId id) {
            return office;
        }

        @Override
        public Lookup<RelationCard> relation(OfficeId id, RelationId relation) {
            return new Lookup.Missing<>();
        }

        @Override
        public void close() {}
    };

    private static Lookup<OfficeSettings> found(OfficeReturns returns) {
        return new Lookup.Found<>(
                new OfficeSettings(
                        DUPONT, "v1", Mailbox.parse("Cabinet Dupont <office@dupont.example>").orElseThrow(), Optional.empty(),
                        new ReplyTo.ToCompany(), Map.of(), List.of(), Sandbox.OFF, WhenUnverified.FALLBACK, Replies.DIRECT, returns),
                TestTime.START);
    }

    @BeforeEach
    void open() throws Exception {
        database = MigratedDatabase.open(folder);
        state = StateFolder.open(folder);
        open(0);
    }

    /// @param floorBytes that must stay free on the disk
    private void open(long floorBytes) throws Exception {
        spool = SqlSpool.open(state, database, floorBytes, new TestTime(), _ -> {});
        ways = new TwoWays(settings, DUPONT, spool);
        bad = new BadAddresses(database);
        var replies = new LateReplies(new SentLetters(database), new WhoAnswers(ways.rules), ways.relay, ways.journal);
        var rules = new ReturnDesk.Rules(() -> Optional.of(ways.addresses), () -> autoReplies, () -> KEEP, settings::office);
        var readers = new ReturnDesk.Readers(replies, arrived -> {
            toCaretakers.add(arrived.envelope().recipients().getFirst().address().toString());
            return new SubmissionResult.Queued(ways.queueIds.next());
        });
        desk = new ReturnDesk(
                rules, readers, new ReturnStore(spool, database, bad), spool.bodyFiles(), ways.queueIds, ways.journal, ways.time);
    }

    @AfterEach
    void close() {
        spool.close();
        database.close();
        state.close();
    }

    private QueueId relayed(String... recipients) throws Exception {
        return relayed(Stream.of(recipients).map(Address::of).map(ForwardPath::of).toList());
    }

    private QueueId relayed(List<ForwardPath> recipients) throws Exception {
        return relayed("suite", "dupont", recipients);
    }

    private QueueId relayed(String app, String officeId, List<ForwardPath> recipients) throws Exception {
        var id = ways.queueIds.next();
        return relayed(id, id, app, officeId, recipients);
    }

    /// @param first part of the letter, which its return address names
    private QueueId relayed(QueueId id, QueueId first, String app, String officeId, List<ForwardPath> recipients) throws Exception {
        var path = ReversePath.of(ways.addresses.of(ReturnKind.BOUNCE, first).orElseThrow());
        var letter = new Letter(
                id,
                ways.time.instant(),
                Provenance.parse(app, officeId, "invoice", "R-1042", "jan@dupont.example", "from.shared", "general.company", "v1", "", ""),
                new Envelope(path, recipients, BodyType.SEVEN_BIT, HeaderEncoding.ASCII, DsnRequest.NONE),
                ReversePath.of(Address.of("app@dupont.example")),
                TwoWays.message(
                        "Message-ID: <1@relay.example>\r\nFrom: inbox@relay.example\r\nReply-To: Jan <jan@dupont.example>\r\nSubject: Facture\r\n\r\nBonjour\r\n"));
        var leased = spool.acceptActive(new RouteId("test"), letter);
        var after = leased.recipients().stream().map(one -> one.with(Recipient.Status.RELAYED, "250 2.0.0 queued")).toList();
        spool.settle(leased, after, List.of(), new QueueState.Ended(ways.time.instant()));
        return id;
    }

    private Address bounceAddress(QueueId letter) {
        return ways.addresses.of(ReturnKind.BOUNCE, letter).orElseThrow();
    }

    private SubmissionResult arrives(QueueId letter, String reversePath, String octets) {
        return desk.accept(TwoWays.arrived(reversePath, bounceAddress(letter), octets));
    }

    private QueueId taken(QueueId letter, String reversePath, String octets) {
        return id(arrives(letter, reversePath, octets));
    }

    private static QueueId id(SubmissionResult result) {
        return switch (result) {
            case SubmissionResult.Queued(var id) -> id;
            case SubmissionResult.Duplicate(var first) -> throw new AssertionError("a duplicate of " + first);
            case SubmissionResult.Refused(var reply) -> throw new AssertionError(reply.toString());
        };
    }

    /// A report as Postfix writes it.
    ///
    /// @param groups one for each recipient
    private static String report(String... groups) {
        return """
                From: MAILER-DAEMON@mx.client.example (Mail Delivery System)
                Subject: Undelivered Mail Returned to Sender
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: text/plain

                I'm sorry to have to inform you that your message could not be delivered.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.client.example

                %s
                --b--
                """.formatted(String.join("\n", groups)).replace("\n", "\r\n");
    }

    private static String group(String recipient, String action, String status, String diagnostic) {
        return "Final-Recipient: rfc822; " + recipient + "\nAction: " + action + "\nStatus: " + status
                + (diagnostic.isEmpty() ? "" : "\nDiagnostic-Code: smtp; " + diagnostic) + "\nRemote-MTA: dns; mailbox.client.example\n";
    }

    private static String failed(String recipient) {
        return group(recipient, "failed", "5.1.1", "550 5.1.1 no such user");
    }

    private LetterHistory life(QueueId id) throws Exception {
        return new QueueDesk(database, folder, ways.time).life(id).orElseThrow();
    }

    private List<String> statuses(QueueId id) throws Exception {
        return life(id).recipients().stream().map(LetterHistory.OfRecipient::status).toList();
    }

    private Set<UntoldReturns.Reader> due() throws Exception {
        return new UntoldReturns(database).untold(ways.time.instant().plusSeconds(3600)).stream()
                .map(UntoldReturns.Due::reader)
                .collect(Collectors.toSet());
    }

    private List<String> kinds(QueueId id) throws Exception {
        return life(id).returns().stream().map(LetterHistory.OfReturn::kind).toList();
    }

    private List<String> noted() {
        return ways.journal.events(MailEvent.ReturnNoted.class).stream().map(MailEvent.ReturnNoted::kind).toList();
    }

    @Test
    void aBounceForOneOfTwoRecipients() throws Exception {
        var id = relayed(AN, BO);
        var returnId = taken(id, "<>", report(failed("BO@Client.Example")));

        assertThat(life(id).recipients()).extracting(recipient -> recipient.status() + ": " + recipient.lastReply()).containsExactly(
                "relayed: 250 2.0.0 queued", "returned: 550 5.1.1 no such user (mailbox.client.example)");
        assertThat(life(id).returns()).singleElement().satisfies(found -> {
            assertThat(found.id()).isEqualTo(returnId.text());
            assertThat(found.kind()).isEqualTo("report");
            assertThat(found.sender()).isEqualTo("<MAILER-DAEMON@mx.client.example>");
        });
        assertThat(life(returnId).provenance()).isEqualTo(Provenance.parse("", "dupont", "invoice", "R-1042", "", "", "", "", "", "", "return"));
        assertThat(due()).containsExactlyInAnyOrder(UntoldReturns.Reader.OFFICE, UntoldReturns.Reader.APP);
        assertThat(ways.journal.events(MailEvent.Returned.class)).containsExactly(new MailEvent.Returned(
                id.text(), "dupont", BO, returnId.text(), "5.1.1", "550 5.1.1 no such user", "mailbox.client.example"));
        assertThat(bad.page("dupont", Optional.empty(), 9)).extracting(BadAddress::address).containsExactly(BO);
    }

    /// Its From may be anybody's.
    @Test
    void aNullReversePathIsShownAsItWasWritten() throws Exception {
        var id = relayed(AN);
        var plain =
                TwoWays.arrived("<>", bounceAddress(id), "From: jan@mx.client.example\r\nX-Failed-Recipients: " + AN + "\r\n\r\nno such user\r\n");
        id(desk.accept(new ArrivedReturn(plain.envelope(), Optional.of("<MAILER-DAEMON>"), plain.message(), plain.helo(), plain.peer(),
                plain.protocol(), plain.tls())));
        assertThat(life(id).returns()).extracting(found -> found.kind() + " " + found.sender()).containsExactly("unreadable <MAILER-DAEMON>");
    }

    /// The parts of a letter that was split for its routes share a return address.
    @Test
    void aBounceMayBeOfAnotherPart() throws Exception {
        var first = relayed(AN);
        relayed(AN);
        var part = relayed(ways.queueIds.next(), first, "suite", "dupont", List.of(ForwardPath.of(Address.of(BO))));
        taken(first, "<>", report(failed(BO)));
        assertThat(statuses(first)).containsExactly("relayed");
        assertThat(statuses(part)).containsExactly("returned");
        assertThat(ways.journal.events(MailEvent.Returned.class)).extracting(MailEvent.Returned::id).containsExactly(part.text());

        taken(first, "<>", report(failed(AN)));
        assertThat(statuses(first)).containsExactly("returned");
        taken(first, "<>", report(failed("zoe@elsewhere.example")));
        assertThat(kinds(first)).hasSize(2);
    }

    /// Both were first written to as one list.
    @Test
    void ofMembersOfAListInSeveralPartsTheOneIsMeantThatWasTried() throws Exception {
        var first = relayed(List.of(ofList(AN)));
        var part = relayed(ways.queueIds.next(), first, "suite", "dupont", List.of(ofList(BO)));
        taken(first, "<>", report("Original-Recipient: rfc822;list@dupont.example\n" + failed(BO)));
        assertThat(statuses(first)).containsExactly("relayed");
        assertThat(statuses(part)).containsExactly("returned");
        taken(first, "<>", report("Original-Recipient: rfc822;list@dupont.example\n" + failed("forwarded@elsewhere.example")));
        assertThat(statuses(first)).containsExactly("relayed");
        assertThat(noted()).containsExactly("unknown-recipient");
    }

    private static ForwardPath ofList(String address) {
        return new ForwardPath(Address.of(address), Optional.empty(), Optional.of(OriginalRecipient.of("rfc822;list@dupont.example")));
    }

    /// Which one it is about is unknown.
    @Test
    void proseIsOfNoRecipientWhenThereAreOtherParts() throws Exception {
        var first = relayed(AN);
        var part = relayed(ways.queueIds.next(), first, "suite", "dupont", List.of(ForwardPath.of(Address.of(BO))));
        taken(first, "<>", "From: mailer-daemon@old.example\r\n\r\nThere is no such person here.\r\n");
        assertThat(statuses(first)).containsExactly("relayed");
        assertThat(statuses(part)).containsExactly("relayed");
        assertThat(due()).containsExactlyInAnyOrder(UntoldReturns.Reader.OFFICE, UntoldReturns.Reader.APP);
        taken(first, "<>", "X-Failed-Recipients: bo@client.example\r\nFrom: mailer-daemon@old.example\r\n\r\nNo.\r\n");
        assertThat(statuses(part)).containsExactly("returned");
    }

    @Test
    void aCopyTellsNoOneAgain() throws Exception {
        var id = relayed(AN);
        taken(id, "<>", report(failed(AN)));
        taken(id, "<>", "Received: from another\r\n" + report(failed(AN)));
        assertThat(ways.journal.events(MailEvent.Returned.class)).hasSize(1);
        assertThat(noted()).containsExactly("copy");
        assertThat(life(id).returns()).hasSize(2);
    }

    @Test
    void someoneElseIsNotedAndNotBelieved() throws Exception {
        var id = relayed(AN);
        taken(id, "<>", report(failed("forwarded@elsewhere.example")));
        assertThat(statuses(id)).containsExactly("relayed");
        // A recipient may have its mail forwarded there: people are told, the app has no such recipient.
        assertThat(due()).containsExactly(UntoldReturns.Reader.OFFICE);
        assertThat(noted()).containsExactly("unknown-recipient");
        assertThat(bad.page("dupont", Optional.empty(), 9)).isEmpty();
    }

    @Test
    void whomTheAppFirstWroteToIsTheSameRecipient() throws Exception {
        var id = relayed(List.of(new ForwardPath(
                Address.of(AN), Optional.empty(), Optional.of(OriginalRecipient.of("rfc822;list+2Ban@dupont.example")))));
        taken(id, "<>", report("Original-Recipient: rfc822;LIST+an@dupont.example\n" + failed("final@elsewhere.example")));
        assertThat(statuses(id)).containsExactly("returned");
        assertThat(ways.journal.events(MailEvent.Returned.class)).extracting(MailEvent.Returned::recipient).containsExactly(AN);
    }

    @Test
    void whatTheAppListsTwiceComesBackTwiceAndIsOneBadAddress() throws Exception {
        var id = relayed(AN, BO, AN);
        taken(id, "<>", report(failed(AN)));
        assertThat(statuses(id)).containsExactly("returned", "relayed", "returned");
        assertThat(bad.page("dupont", Optional.empty(), 9)).extracting(BadAddress::count).containsExactly(1);
    }

    @Test
    void delaysAndSuccesses() throws Exception {
        var id = relayed(AN, BO);
        taken(id, "<>", report(group(AN, "delayed", "4.4.1", "later"), group(BO, "delivered", "2.0.0", "")));
        assertThat(statuses(id)).containsExactly("relayed", "delivered");
        assertThat(due()).isEmpty();
        assertThat(noted()).containsExactly("delayed");
        assertThat(ways.journal.events(MailEvent.Delivered.class)).extracting(MailEvent.Delivered::recipient).containsExactly(BO);
    }

    @Test
    void theAppGetsWhatItAskedFor() throws Exception {
        var never = relayed(List.of(path(AN, "NEVER")));
        taken(never, "<>", report(failed(AN)));
        assertThat(due()).containsExactly(UntoldReturns.Reader.OFFICE);
        var onSuccess = relayed(List.of(path(AN, "SUCCESS")));
        taken(onSuccess, "<>", report(group(AN, "delivered", "2.0.0", "")));
        assertThat(due()).containsExactlyInAnyOrder(UntoldReturns.Reader.OFFICE, UntoldReturns.Reader.APP);
    }

    private static ForwardPath path(String address, String notify) {
        return new ForwardPath(Address.of(address), Optional.of(Notify.of(notify)), Optional.empty());
    }

    @Test
    void aBounceInProseIsOfTheOneRecipient() throws Exception {
        var prose = "From: Mail Delivery Subsystem <mailer-daemon@old.example>\r\nSubject: Returned\r\n\r\nThere is no such person here.\r\n";
        var one = relayed(AN);
        taken(one, "<>", prose);
        assertThat(statuses(one)).containsExactly("returned");
        assertThat(life(one).returns().getFirst().text()).contains("There is no such person here.");
        assertThat(due()).containsExactlyInAnyOrder(UntoldReturns.Reader.OFFICE, UntoldReturns.Reader.APP);

        var two = relayed(AN, BO);
        taken(two, "<>", prose);
        assertThat(statuses(two)).containsExactly("relayed", "relayed");
        taken(two, "<>", "X-Failed-Recipients: Bo@client.example\r\n" + prose);
        assertThat(statuses(two)).containsExactly("relayed", "returned");
        assertThat(bad.page("dupont", Optional.empty(), 9)).isEmpty();
    }

    @Test
    void receiptsAndComplaintsAreNoted() throws Exception {
        var id = relayed(AN);
        taken(id, "<an@client.example>", multipart("disposition-notification", "message/disposition-notification",
                "Final-Recipient: rfc822; an@client.example\nDisposition: manual-action/MDN-sent-manually; displayed\n"));
        taken(id, "<fbl@provider.example>", multipart("feedback-report", "message/feedback-report", "Feedback-Type: abuse\nVersion: 1\n"));
        assertThat(kinds(id)).containsExactly("read", "complaint");
        assertThat(noted()).containsExactly("read", "complaint");
        assertThat(due()).isEmpty();
        assertThat(statuses(id)).containsExactly("relayed");
    }

    private static String multipart(String report, String type, String part) {
        return """
                From: An <an@client.example>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=%s; boundary="b"

                --b
                Content-Type: text/plain

                Read.
                --b
                Content-Type: %s

                %s
                --b--
                """.formatted(report, type, part).replace("\n", "\r\n");
    }

    @Test
    void anAutomaticAnswerIsRelayedOnceADay() throws Exception {
        var id = relayed(AN);
        var relayed = taken(id, "<an@client.example>", AWAY);
        assertThat(ways.letter(relayed).envelope().recipients()).extracting(path -> path.address().toString()).containsExactly("jan@dupont.example");
        ways.time.advance(Duration.ofHours(23));
        taken(id, "<AN@client.example>", AWAY);
        assertThat(noted()).containsExactly("automatic");
        taken(id, "<bo@client.example>", AWAY);
        ways.time.advance(Duration.ofHours(2));
        taken(id, "<an@client.example>", AWAY);
        assertThat(ways.journal.events(MailEvent.ReplyAccepted.class)).hasSize(3);
        assertThat(kinds(id)).containsExactly("automatic", "automatic", "automatic", "automatic");
        assertThat(due()).isEmpty();
    }

    /// Each answer leaves with an address of its own, so those who answer it by themselves wouldn't notice.
    @Test
    void programsDoNotAnswerEachOtherForEver() throws Exception {
        var answer = taken(relayed(AN), "<an@client.example>", AWAY);
        assertThat(ways.letter(answer).envelope().recipients()).extracting(path -> path.address().toString()).containsExactly("jan@dupont.example");
        taken(answer, "<jan@dupont.example>", AWAY);
        assertThat(ways.journal.events(MailEvent.ReplyAccepted.class)).hasSize(1);
        assertThat(noted()).containsExactly("automatic");

        // What a person wrote is answered by one program, and that is known to the office's company.
        var written = taken(relayed(AN), "<an@client.example>", PERSON);
        var away = taken(written, "<jan@dupont.example>", AWAY);
        assertThat(ways.letter(away).envelope().recipients()).extracting(path -> path.address().toString()).containsExactly("office@dupont.example");
        taken(away, "<office@dupont.example>", AWAY);
        assertThat(ways.journal.events(MailEvent.ReplyAccepted.class)).hasSize(3);
    }

    /// There are programs that look like persons.
    @Test
    void anAnswerToAnAnswerEndsSomewhere() throws Exception {
        var last = relayed(AN);
        for (var i = 0; i < ReplyRelay.MOST_PASSES; i++) {
            last = taken(last, "<office@dupont.example>", PERSON);
        }
        assertThat(arrives(last, "<office@dupont.example>", PERSON)).isEqualTo(new SubmissionResult.Refused(ReplyRelay.LOOP));
        assertThat(arrives(last, "<office@dupont.example>", PERSON)).isEqualTo(new SubmissionResult.Refused(ReplyRelay.LOOP));
    }

    /// `vacation -z` with a text of one's own says nothing of what it is.
    @Test
    void whatARecipientWritesFromNowhereIsAnAnswer() throws Exception {
        var away = "From: An <AN@client.example>\r\nSubject: Absent: Facture\r\n\r\nUntil Monday.\r\n";
        var id = relayed(AN);
        var relayed = taken(id, "<>", away);
        assertThat(ways.letter(relayed).envelope().recipients()).extracting(path -> path.address().toString()).containsExactly("jan@dupont.example");
        assertThat(kinds(id)).containsExactly("automatic");
        assertThat(statuses(id)).containsExactly("relayed");
        assertThat(due()).isEmpty();

        taken(id, "<>", away.replace("AN@", "someone@"));
        assertThat(kinds(id)).containsExactly("automatic", "unreadable");
        assertThat(statuses(id)).containsExactly("returned");
    }

    @Test
    void theRecipientMayBeOfAnotherPart() throws Exception {
        var first = relayed(AN);
        relayed(ways.queueIds.next(), first, "suite", "dupont", List.of(ForwardPath.of(Address.of(BO))));
        taken(first, "<>", "From: bo@client.example\r\n\r\nUntil Monday.\r\n");
        assertThat(kinds(first)).containsExactly("automatic");
    }

    /// With a null reverse-path, one for each From.
    @Test
    void anAutomaticAnswerMayHaveNoReversePath() throws Exception {
        var id = relayed(AN);
        taken(id, "<>", AWAY);
        taken(id, "<>", AWAY);
        assertThat(ways.journal.events(MailEvent.ReplyAccepted.class)).hasSize(1);
    }

    @Test
    void automaticAnswersAreOnlyNotedWhereThatIsWanted() throws Exception {
        autoReplies = AutoReplies.LOG;
        var id = relayed(AN);
        taken(id, "<an@client.example>", AWAY);
        autoReplies = AutoReplies.RELAY;
        office = found(new OfficeReturns(Optional.empty(), Optional.empty(), Optional.of(AutoReplies.LOG), Optional.empty()));
        taken(relayed(AN), "<an@client.example>", AWAY);
        assertThat(ways.journal.events(MailEvent.ReplyAccepted.class)).isEmpty();
        assertThat(noted()).containsExactly("automatic", "automatic");
    }

    @Test
    void aPersonsLetterIsRelayedOnceHoweverOftenItComes() throws Exception {
        var id = relayed(AN);
        var relayed = taken(id, "<bo@client.example>", PERSON);
        assertThat(ways.letter(relayed).envelope().recipients()).extracting(path -> path.address().toString()).containsExactly("jan@dupont.example");
        assertThat(taken(id, "<bo@client.example>", "Received: from elsewhere\r\n" + PERSON)).isEqualTo(relayed);
        assertThat(ways.journal.events(MailEvent.ReplyAccepted.class)).hasSize(1);
        assertThat(kinds(id)).containsExactly("reply");
        assertThat(life(relayed).answers()).contains(id.text());
        assertThat(life(relayed).provenance().kind()).isEqualTo(Provenance.Kind.REPLY);
    }

    @Test
    void whoAnswersHasAnAddressThatWorks() throws Exception {
        var id = relayed(BO);
        taken(id, "<>", report(failed(BO)));
        assertThat(bad.page("dupont", Optional.empty(), 9)).hasSize(1);
        taken(id, "<bo@client.example>", PERSON);
        assertThat(bad.page("dupont", Optional.empty(), 9)).isEmpty();
    }

    /// An answer that is only noted shows it as well as one that is relayed, and so does a receipt.
    @Test
    void whoseProgramAnswersHasAnAddressThatWorks() throws Exception {
        autoReplies = AutoReplies.LOG;
        var id = relayed(AN, BO);
        taken(id, "<>", report(failed(AN), failed(BO)));
        assertThat(bad.page("dupont", Optional.empty(), 9)).hasSize(2);
        taken(id, "<>", AWAY);
        assertThat(bad.page("dupont", Optional.empty(), 9)).extracting(BadAddress::address).containsExactly(BO);
        taken(id, "<bo@client.example>", multipart("disposition-notification", "message/disposition-notification",
                "Final-Recipient: rfc822; bo@client.example\nDisposition: manual-action/MDN-sent-manually; displayed\n"));
        assertThat(bad.page("dupont", Optional.empty(), 9)).isEmpty();
    }

    @Test
    void aBounceOfAnAnswerIsForTheOfficeAlone() throws Exception {
        var answer = taken(relayed(AN), "<bo@client.example>", PERSON);
        var relayed = ways.letter(answer);
        taken(answer, "<>", report(failed("jan@dupont.example")));
        assertThat(due()).containsExactly(UntoldReturns.Reader.OFFICE);
        assertThat(relayed.envelope().reversePath()).hasToString("<" + bounceAddress(answer) + ">");
        assertThat(bad.page("dupont", Optional.empty(), 9)).isEmpty();
    }

    @Test
    void aBounceOfALetterOfOurOwnIsNoted() throws Exception {
        var id = relayed("", "", List.of(ForwardPath.of(Address.of(AN))));
        taken(id, "<>", report(failed(AN)));
        assertThat(due()).isEmpty();
        assertThat(ways.journal.events(MailEvent.Returned.class)).hasSize(1);
    }

    @Test
    void anAddressIsGoodForAsLongAsItsLetterIsRemembered() throws Exception {
        var id = relayed(AN);
        ways.time.advance(KEEP);
        assertThat(desk.refusal(bounceAddress(id))).isEmpty();
        ways.time.advance(Duration.ofMillis(1));
        assertThat(desk.refusal(bounceAddress(id))).contains(ReturnTarget.GONE);
        assertThat(arrives(id, "<>", report(failed(AN)))).isEqualTo(new SubmissionResult.Refused(ReturnTarget.GONE));
        assertThat(desk.refusal(bounceAddress(ways.queueIds.next()))).contains(ReturnTarget.GONE);
        assertThat(ReturnTarget.GONE).hasToString("550 5.1.1 This return address is no longer in use");
    }

    @Test
    void whatWeDidNotMakeIsRefused() throws Exception {
        var address = bounceAddress(relayed(AN));
        assertThat(desk.refusal(Address.of("x" + address))).contains(ClosedDoor.NO_SUCH_ADDRESS);
        assertThat(desk.refusal(Address.of(address.localPart() + "@reply.example.org"))).contains(ClosedDoor.NO_SUCH_ADDRESS);
        assertThat(desk.refusal(Address.of("info@return.example.org"))).contains(ClosedDoor.NO_SUCH_ADDRESS);
    }

    @Test
    void aLoopDies() throws Exception {
        var id = relayed(AN);
        for (var i = 0; i < 20; i++) {
            assertThat(desk.refusal(bounceAddress(id))).isEmpty();
            taken(id, "<>", report(group(AN, "delayed", "4.4.1", "try " + i)));
        }
        assertThat(desk.refusal(bounceAddress(id))).contains(ReturnTarget.TOO_MUCH);
        assertThat(arrives(id, "<>", report(failed(AN)))).isEqualTo(new SubmissionResult.Refused(ReturnTarget.TOO_MUCH));
        ways.time.advance(Duration.ofHours(1));
        for (var i = 20; i < 100; i++) {
            ways.time.advance(Duration.ofMinutes(4));
            taken(id, "<>", report(group(AN, "delayed", "4.4.1", "try " + i)));
        }
        ways.time.advance(Duration.ofHours(2));
        assertThat(desk.refusal(bounceAddress(id))).contains(Reply.of(450, 7, 1, "Too much has come back of this letter, try again later"));
        assertThat(desk.refusal(bounceAddress(relayed(AN)))).isEmpty();
    }

    @Test
    void thoseWhoLookAfterTheDomainGetTheirs() {
        var postmaster = Address.of("Postmaster@return.example.org");
        assertThat(desk.refusal(postmaster)).isEmpty();
        id(desk.accept(TwoWays.arrived("<bo@client.example>", postmaster, PERSON)));
        assertThat(toCaretakers).containsExactly("Postmaster@return.example.org");
    }

    /// The files of bodies go where they belong, and none is left.
    @Test
    void aLargeLetterToTwoAddresses() throws Exception {
        var one = relayed(AN);
        var other = relayed(AN);
        var arrived = large(List.of(bounceAddress(one), bounceAddress(other)), PERSON);
        id(desk.accept(arrived));
        assertThat(ways.journal.events(MailEvent.ReplyAccepted.class)).hasSize(2);
        assertThat(kinds(one)).containsExactly("reply");
        assertThat(kinds(other)).containsExactly("reply");
        assertThat(files("incoming")).isEmpty();

        id(desk.accept(large(List.of(bounceAddress(one), bounceAddress(other)), report(failed(AN)))));
        assertThat(statuses(one)).containsExactly("returned");
        assertThat(statuses(other)).containsExactly("returned");
        assertThat(files("incoming")).isEmpty();
    }

    private List<Path> files(String below) throws Exception {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().contains("/" + below + "/") && Files.isRegularFile(file)).toList();
        }
    }

    private ArrivedReturn large(List<Address> to, String octets) throws Exception {
        var header = octets.substring(0, octets.indexOf("\r\n\r\n") + 2);
        var body = octets.substring(header.length() + 2);
        var file = spool.bodyFiles().create();
        Files.writeString(file, body, StandardCharsets.US_ASCII);
        var small = TwoWays.arrived("<bo@client.example>", to.getFirst(), octets);
        var message = new Message(small.message().header(), new FileBody(file, Files.size(file)));
        var envelope = new Envelope(
                small.envelope().reversePath(), to, BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
        return new ArrivedReturn(envelope, Optional.empty(), message, small.helo(), small.peer(), small.protocol(), small.tls());
    }

    @Test
    void whereThereIsNoRoomTheHostTriesAgain() throws Exception {
        var id = relayed(AN);
        spool.close();
        open(Long.MAX_VALUE / 2);
        assertThat(desk.refusal(bounceAddress(id))).isEmpty();
        for (var octets : List.of(report(failed(AN)), AWAY, PERSON)) {
            assertThat(arrives(id, "<an@client.example>", octets).reply().toString()).startsWith("452 4.3.1 ");
        }
        assertThat(life(id).returns()).isEmpty();
        assertThat(statuses(id)).containsExactly("relayed");
        assertThat(ways.journal.events(MailEvent.SpoolTrouble.class)).hasSize(3);
    }

    @Test
    void withoutADatabaseTheHostTriesAgain() throws Exception {
        var id = relayed(AN);
        database.close();
        assertThat(desk.refusal(bounceAddress(id))).hasValueSatisfying(reply -> assertThat(reply.code()).isEqualTo(451));
        assertThat(arrives(id, "<>", report(failed(AN))).reply().code()).isEqualTo(451);
    }
}
