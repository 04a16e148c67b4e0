package facteur.returns;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MigratedDatabase;
import facteur.fixture.TestTime;
import facteur.intake.SubmissionResult;
import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Mailbox;
import facteur.mail.returnpath.ReturnAddress;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeReturns;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Replies;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.platform.database.Database;
import facteur.settings.SettingsSource;
import facteur.spool.SentLetters;
import facteur.spool.SqlSpool;
import facteur.spool.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LateRepliesTest {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final Role ACCOUNTANT = new Role("accountant");
    private static final String INVOICE =
            """
            From: Jan Janssens <jan@dupont.example>\r
            To: bob@bakker.example\r
            X-Relation-Id: R-1\r
            Disposition-Notification-To: an@dupont.example\r
            Message-ID: <1@dupont.example>\r
            \r
            Our invoice.\r
            """;
    private static final String ANSWER = "From: Bob <bob@bakker.example>\r\nIn-Reply-To: <1@dupont.example>\r\n\r\nWhy?\r\n";

    @TempDir
    private Path folder;

    private Lookup<OfficeSettings> office = found(office(Replies.LATE, Map.of()));
    private Lookup<RelationCard> card = card("An Peeters <an@dupont.example>");
    private StateFolder state;
    private Database database;
    private SqlSpool spool;
    private TwoWays ways;
    private LateReplies replies;

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
            return card;
        }

        @Override
        public void close() {}
    };

    @BeforeEach
    void open() throws Exception {
        database = MigratedDatabase.open(folder);
        state = StateFolder.open(folder);
        spool = SqlSpool.open(state, database, 0, new TestTime(), _ -> {});
        ways = new TwoWays(settings, DUPONT, spool);
        replies = new LateReplies(new SentLetters(database), new WhoAnswers(ways.rules), ways.relay, ways.journal);
    }

    @AfterEach
    void close() {
        spool.close();
        database.close();
        state.close();
    }

    private static OfficeSettings office(Replies replies, Map<ContextName, ContextSettings> contexts) {
        return new OfficeSettings(
                DUPONT, "v1", mailbox("Cabinet Dupont <office@dupont.example>"), Optional.empty(), new ReplyTo.ToRole(ACCOUNTANT), contexts,
                List.of(), Sandbox.OFF, WhenUnverified.FALLBACK, replies, OfficeReturns.STANDARD);
    }

    private static Mailbox mailbox(String text) {
        return Mailbox.parse(text).orElseThrow();
    }

    private static <T> Lookup<T> found(T value) {
        return new Lookup.Found<>(value, TestTime.START);
    }

    private static Lookup<RelationCard> card(String... people) {
        return found(new RelationCard(Map.of(ACCOUNTANT, Mailbox.parseList(String.join(", ", people)).orElseThrow())));
    }

    private static String replyTo(Letter letter) {
        return letter.message().header().first("Reply-To").orElseThrow().text();
    }

    private Address replyAddress(Letter letter) {
        return ways.addresses.of(ReturnKind.REPLY, letter.id()).orElseThrow();
    }

    private SubmissionResult answer(Letter letter) {
        return answer(letter.id(), ReturnKind.REPLY);
    }

    private SubmissionResult answer(QueueId letter, ReturnKind kind) {
        var to = ways.addresses.of(kind, letter).orElseThrow();
        return replies.relay(new ReturnAddress(kind, letter), TwoWays.arrived("<bob@bakker.example>", to, ANSWER));
    }

    private static List<String> recipients(Letter letter) {
        return letter.envelope().recipients().stream().map(path -> path.address().toString()).toList();
    }

    private String replyToField(Letter letter) throws Exception {
        return database.reading(statements -> statements.first(
                "select reply_to_field from letter where id = ?", row -> row.getString(1), letter.id().text())).orElseThrow();
    }

    @Test
    void theLetterLeavesWithAnAddressOfOursThatIsNamedAfterThePeople() throws Exception {
        var letter = ways.send(INVOICE);

        assertThat(replyTo(letter)).isEqualTo("\"An Peeters, Cabinet Dupont\" <" + replyAddress(letter) + ">");
        assertThat(letter.provenance().decision().replyTo().text()).isEqualTo("general.role");
        assertThat(replyToField(letter)).isEqualTo("An Peeters <an@dupont.example>");
        assertThat(ways.journal.events(MailEvent.Accepted.class)).extracting(MailEvent.Accepted::replyTo).containsExactly("an@dupont.example");
    }

    /// A receipt for one of those who answer is no mail to an address of the app's choice.
    @Test
    void aReceiptForThePeopleIsStillAskedFor() {
        assertThat(ways.send(INVOICE).message().header().first("Disposition-Notification-To")).isPresent();
        assertThat(ways.send(INVOICE.replace("To: an@", "To: other@")).message().header().first("Disposition-Notification-To")).isEmpty();
    }

    @Test
    void theReplyFollowsTheCard() {
        var letter = ways.send(INVOICE);
        card = card("Ben Jacobs <ben@dupont.example>", "cleo@dupont.example");

        var relayed = ways.letter(answer(letter));

        assertThat(recipients(relayed)).containsExactly("ben@dupont.example", "cleo@dupont.example");
        assertThat(TwoWays.octets(relayed.message())).endsWith("\r\nX-Relation-Id: R-1\r\n" + ANSWER);
        assertThat(relayed.originalReversePath()).isEqualTo(ReversePath.of("<office@dupont.example>"));
        assertThat(relayed.provenance().decision().replyTo().text()).isEqualTo("general.role");
        assertThat(relayed.provenance().kind().text()).isEqualTo("reply");
    }

    @Test
    void aCardThatIsGoneMeansTheCompany() {
        var letter = ways.send(INVOICE);
        card = new Lookup.Missing<>();
        assertThat(recipients(ways.letter(answer(letter)))).containsExactly("office@dupont.example");
    }

    @Test
    void contextAndSenderCountAsTheyDidThen() {
        var contexts = Map.of(new ContextName("task"), new ContextSettings(new ReplyTo.ToSender(), Optional.empty()));
        office = found(office(Replies.LATE, contexts));
        var letter = ways.send("X-Context: Task\r\n" + INVOICE);

        var relayed = ways.letter(answer(letter));

        assertThat(recipients(relayed)).containsExactly("jan@dupont.example");
        assertThat(TwoWays.octets(relayed.message())).contains("\r\nX-Relation-Id: R-1\r\nX-Context: task\r\nFrom: Bob");
    }

    @Test
    void settingsThatCantBeHadMakeTheHostTryAgain() {
        var letter = ways.send(INVOICE);
        office = new Lookup.Unavailable<>("down");
        assertThat(answer(letter).reply().toString()).startsWith("451 4.3.0 ");
        office = new Lookup.Unusable<>("wrong");
        assertThat(answer(letter).reply().toString()).startsWith("451 4.3.5 ");
        office = found(office(Replies.DIRECT, Map.of()));
        card = new Lookup.Unavailable<>("down");
        assertThat(answer(letter).reply().toString()).startsWith("451 4.3.0 ");
    }

    @Test
    void withTheOfficeGoneItsCompanyOfThenGetsTheReply() {
        var letter = ways.send(INVOICE);
        office = new Lookup.Missing<>();
        var relayed = ways.letter(answer(letter));
        assertThat(recipients(relayed)).containsExactly("office@dupont.example");
        assertThat(relayed.provenance().decision().replyTo().text()).isEmpty();
    }

    @Test
    void aContextMaySayOtherwise() throws Exception {
        var early = new ContextSettings(new ContextReplyTo.AsGeneral(), Optional.empty(), Optional.empty(), Optional.of(Replies.DIRECT));
        office = found(office(Replies.LATE, Map.of(new ContextName("invoice"), early)));
        var letter = ways.send("X-Context: invoice\r\n" + INVOICE);

        assertThat(replyTo(letter)).isEqualTo("An Peeters <an@dupont.example>");
        assertThat(replyToField(letter)).isEqualTo("An Peeters <an@dupont.example>");
    }

    @Test
    void aLetterThatSaysWhoAnswersStaysWithThem() {
        office = found(office(Replies.DIRECT, Map.of()));
        var letter = ways.send(INVOICE);
        card = card("Ben Jacobs <ben@dupont.example>");
        assertThat(recipients(ways.letter(answer(letter.id(), ReturnKind.BOUNCE)))).containsExactly("an@dupont.example");
    }

    /// Such as the vacation message of the one who answers.
    @Test
    void whatComesBackOfAReplyIsForTheCompany() {
        var relayed = ways.letter(answer(ways.send(INVOICE)));
        assertThat(recipients(ways.letter(answer(relayed.id(), ReturnKind.BOUNCE)))).containsExactly("office@dupont.example");
    }

    @Test
    void aLetterThatIsForgottenHasNoOneWhoAnswers() {
        assertThat(answer(new QueueId("01jd0c6v9zk4r7tq"), ReturnKind.REPLY).reply().toString())
                .isEqualTo("550 5.1.1 This return address is no longer in use");
    }
}
