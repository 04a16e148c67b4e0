package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import facteur.mail.letter.LateBound;
import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Header;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.message.MessageId;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.OriginalRecipient;
import facteur.mail.smtp.ReversePath;
import facteur.mail.smtp.Xtext;
import facteur.platform.database.Database;
import facteur.platform.log.Erasure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator's verbs promise, beside a spool that is open.
abstract class QueueDeskContract {
    private static final Instant LATER = NOON.plusSeconds(3600);
    private static final long ALL = Long.MAX_VALUE;

    final Letters letters = new Letters();

    @TempDir
    Path state;

    StateFolder folder;
    Database database;
    private SqlSpool spool;
    private Database beside;

    abstract Database openDatabase() throws SQLException;

    abstract Database openBeside() throws SQLException;

    @BeforeEach
    void open() throws Exception {
        folder = StateFolder.open(state);
        database = openDatabase();
        spool = SqlSpool.open(folder, database, 0, () -> NOON, event -> {});
        beside = openBeside();
    }

    @AfterEach
    void close() {
        beside.close();
        spool.close();
        database.close();
        folder.close();
    }

    final SqlSpool spool() {
        return spool;
    }

    /// In another process, as it were: on connections of its own.
    final QueueDesk desk() {
        assertThatCode(() -> LetterLogReplay.beside(state, beside)).doesNotThrowAnyException();
        return new QueueDesk(beside, state, () -> NOON);
    }

    private Letter deferred(Instant dueAt, String... recipients) throws SpoolException {
        var letter = letters.letter(new MemoryBody(new byte[9]), recipients);
        Letters.defer(spool(), letter, dueAt);
        return letter;
    }

    private Letter deferred() throws SpoolException {
        return deferred(LATER, "an@client.example");
    }

    private LeasedLetter claim(Letter letter) throws SpoolException {
        return ((ClaimedWork.Now) spool().due(Letters.ROUTE, LATER, 100))
                .letters().stream().filter(each -> each.id().equals(letter.id())).findFirst().orElseThrow();
    }

    private static void settleTo(SqlSpool spool, LeasedLetter letter, QueueState next) throws SpoolException {
        spool.settle(letter, letter.recipients(), next);
    }

    private MoveResult move(QueueAct act, QueueId id) throws SpoolException {
        return desk().move(act, List.of(id)).getFirst();
    }

    private Optional<QueueStatus> standing(QueueId id) throws SpoolException {
        return desk().line(id).map(QueueLine::standing);
    }

    private List<String> listed(QueueFilter filter) throws SpoolException {
        var ids = new ArrayList<String>();
        desk().list(filter, ALL, line -> ids.add(line.id()));
        return ids;
    }

    private static QueueFilter at(QueueStatus standing) {
        return new QueueFilter(Set.of(standing), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static QueueFilter recipient(String recipient) {
        return new QueueFilter(Set.of(), Optional.empty(), Optional.of(recipient), Optional.empty(), Optional.empty());
    }

    private static QueueFilter acceptedBefore(Instant then) {
        return new QueueFilter(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(then));
    }

    @Test
    void holdsALetterThatWaitsUntilItIsReleased() throws Exception {
        var letter = deferred();
        assertThat(move(QueueAct.HOLD, letter.id())).isEqualTo(MoveResult.HELD);
        assertThat(desk().line(letter.id()).orElseThrow().holdReason()).isEqualTo("by operator");
        assertThat(spool().due(Letters.ROUTE, LATER, 9)).isEqualTo(new ClaimedWork.Idle());
        assertThat(move(QueueAct.RELEASE, letter.id())).isEqualTo(MoveResult.RELEASED);
        settleTo(spool(), claim(letter), new QueueState.Deferred(LATER));
        assertThat(standing(letter.id())).contains(QueueStatus.DEFERRED);
    }

    /// The claim came first.
    @Test
    void holdsALetterThatIsBeingSentWhenItHasToWait() throws Exception {
        var letter = deferred();
        var attempt = claim(letter);
        assertThat(move(QueueAct.HOLD, letter.id())).isEqualTo(MoveResult.HELD_LATER);
        assertThat(standing(letter.id())).contains(QueueStatus.ACTIVE);
        settleTo(spool(), attempt, new QueueState.Deferred(LATER));
        assertThat(standing(letter.id())).contains(QueueStatus.HOLD);
        assertThat(desk().line(letter.id()).orElseThrow().attempts()).isEqualTo(1);
    }

    /// The hold came first.
    /// The next run takes over what an earlier one had.
    @Test
    void putsALetterOnHoldAfterACrashThatWasToBeHeld() throws Exception {
        var letter = spool.acceptActive(Letters.ROUTE, letters.letter());
        desk().move(QueueAct.HOLD, List.of(letter.id()));
        close();
        open();
        assertThat(desk().line(letter.id()).map(QueueLine::standing)).contains(QueueStatus.HOLD);
    }

    @Test
    void keepsALetterOnHoldFromClaims() throws Exception {
        var held = deferred();
        var other = deferred();
        move(QueueAct.HOLD, held.id());
        assertThat(Letters.ids(spool().due(Letters.ROUTE, LATER, 9))).containsExactly(other.id());
        assertThat(move(QueueAct.HOLD, other.id())).isEqualTo(MoveResult.HELD_LATER);
    }

    @Test
    void letsALetterEndThatWasToBeHeld() throws Exception {
        var letter = deferred();
        var attempt = claim(letter);
        move(QueueAct.HOLD, letter.id());
        settleTo(spool(), attempt, new QueueState.Ended(NOON));
        assertThat(standing(letter.id())).isEmpty();
        assertThat(move(QueueAct.HOLD, letter.id())).isEqualTo(MoveResult.ENDED);
    }

    @Test
    void holdsALetterWhoseAttemptIsGivenBack() throws Exception {
        var letter = deferred();
        var attempt = claim(letter);
        move(QueueAct.HOLD, letter.id());
        spool().putOff(attempt, attempt.recipients(), List.of(), NOON);
        assertThat(standing(letter.id())).contains(QueueStatus.HOLD);
    }

    @Test
    void holdsALetterWhoseAttemptDidNotCount() throws Exception {
        var letter = deferred();
        var attempt = claim(letter);
        move(QueueAct.HOLD, letter.id());
        spool().putOff(attempt, attempt.recipients(), List.of(tried(1, 0)), LATER);
        assertThat(standing(letter.id())).contains(QueueStatus.HOLD);
        assertThat(desk().life(letter.id()).orElseThrow().attempts()).containsExactly(tried(1, 0));
        assertThat(desk().line(letter.id()).orElseThrow().attempts()).isZero();
    }

    /// Neither because its time is over.
    @Test
    void keepsALetterOnHoldFromClaimsOfTheOldest() throws Exception {
        var held = deferred();
        var other = deferred();
        move(QueueAct.HOLD, held.id());
        assertThat(Letters.ids(spool().olderThan(Letters.ROUTE, LATER, LATER, 9))).containsExactly(other.id());
    }

    @Test
    void forgetsAReasonWithTheNextClaimOfTheOldest() throws Exception {
        var letter = deferred();
        move(QueueAct.HOLD, letter.id());
        move(QueueAct.RELEASE, letter.id());
        var claimed = spool().olderThan(Letters.ROUTE, LATER, LATER, 1).letters().getFirst();
        settleTo(spool(), claimed, new QueueState.Deferred(LATER));
        assertThat(standing(letter.id())).contains(QueueStatus.DEFERRED);
    }

    @Test
    void forgetsThatALetterWasToBeHeld() throws Exception {
        var letter = deferred();
        var attempt = claim(letter);
        move(QueueAct.HOLD, letter.id());
        assertThat(move(QueueAct.RELEASE, letter.id())).isEqualTo(MoveResult.HELD_NO_LATER);
        assertThat(move(QueueAct.RELEASE, letter.id())).isEqualTo(MoveResult.UNCHANGED);
        settleTo(spool(), attempt, new QueueState.Deferred(LATER));
        assertThat(standing(letter.id())).contains(QueueStatus.DEFERRED);
    }

    @Test
    void makesDeferredLettersDueNow() throws Exception {
        var waiting = deferred();
        var held = deferred();
        move(QueueAct.HOLD, held.id());
        assertThat(spool().due(Letters.ROUTE, NOON, 9)).isEqualTo(new ClaimedWork.At(LATER));
        assertThat(desk().move(QueueAct.RETRY, List.of(waiting.id(), held.id(), new QueueId("0123456789abcdef"))))
                .containsExactly(MoveResult.DUE, MoveResult.ON_HOLD, MoveResult.UNKNOWN);
        assertThat(move(QueueAct.RETRY, waiting.id())).isEqualTo(MoveResult.UNCHANGED);
        assertThat(Letters.ids(spool().due(Letters.ROUTE, NOON, 9))).containsExactly(waiting.id());
        assertThat(move(QueueAct.RETRY, waiting.id())).isEqualTo(MoveResult.ACTIVE);
    }

    @Test
    void removesALetterAndItsBody() throws Exception {
        var letter = letters.letter(Letters.inFile(spool(), new byte[99]), "an@client.example", "bo@client.example");
        var attempt = spool().acceptActive(Letters.ROUTE, letter);
        assertThat(move(QueueAct.REMOVE, letter.id())).isEqualTo(MoveResult.ACTIVE);
        var fates = new ArrayList<>(attempt.recipients());
        fates.set(0, fates.getFirst().with(Recipient.Status.RELAYED, "250 2.0.0 ok"));
        fates.set(1, fates.getLast().with(Recipient.Status.PENDING, "450 4.2.1 later"));
        spool().settle(attempt, fates, new QueueState.Deferred(LATER));
        assertThat(hasBody(letter)).isTrue();
        assertThat(move(QueueAct.REMOVE, letter.id())).isEqualTo(MoveResult.REMOVED);
        assertThat(hasBody(letter)).isFalse();
        assertThat(spool().due(Letters.ROUTE, LATER, 9)).isEqualTo(new ClaimedWork.Idle());
        var life = desk().life(letter.id()).orElseThrow();
        assertThat(life.endedAt()).contains(NOON);
        assertThat(life.recipients()).extracting(LetterHistory.OfRecipient::status).containsExactly("relayed", "removed");
        assertThat(life.recipients()).extracting(LetterHistory.OfRecipient::lastReply).contains("450 4.2.1 later");
        assertThat(life.header()).isEmpty();
        assertThat(move(QueueAct.REMOVE, letter.id())).isEqualTo(MoveResult.ENDED);
    }

    /// Whether the spool keeps a large body of it.
    abstract boolean hasBody(Letter letter) throws Exception;

    @Test
    void removesALetterOnHold() throws Exception {
        var letter = deferred();
        move(QueueAct.HOLD, letter.id());
        assertThat(move(QueueAct.REMOVE, letter.id())).isEqualTo(MoveResult.REMOVED);
    }

    @Test
    void letsALateAttemptChangeNothingOfARemovedLetter() throws Exception {
        var letter = deferred();
        var attempt = claim(letter);
        spool().putOff(attempt, attempt.recipients(), List.of(), NOON);
        move(QueueAct.REMOVE, letter.id());
        spool().settle(attempt, attempt.recipients(), List.of(tried(1, 0)), new QueueState.Deferred(LATER));
        assertThat(standing(letter.id())).isEmpty();
        assertThat(desk().life(letter.id()).orElseThrow().attempts()).isEmpty();
    }

    @Test
    void listsByStateTheFirstDueFirst() throws Exception {
        var late = deferred(LATER, "an@client.example");
        var soon = deferred(NOON.plusSeconds(1), "an@client.example");
        var active = spool().acceptActive(Letters.ROUTE, letters.letter());
        var held = deferred();
        move(QueueAct.HOLD, held.id());
        assertThat(listed(QueueFilter.ALL))
                .containsExactly(active.id().text(), soon.id().text(), late.id().text(), held.id().text());
        assertThat(listed(at(QueueStatus.HOLD))).containsExactly(held.id().text());
        assertThat(desk().counts())
                .containsExactlyInAnyOrder(
                        new QueueCount(QueueStatus.ACTIVE, 1, NOON),
                        new QueueCount(QueueStatus.DEFERRED, 2, NOON),
                        new QueueCount(QueueStatus.HOLD, 1, NOON));
    }

    @Test
    void saysWhatALetterWaitsFor() throws Exception {
        var letter = letters.letter(new MemoryBody(new byte[9]), "a@x.example", "b@x.example", "c@x.example");
        var attempt = spool().acceptActive(Letters.ROUTE, letter);
        var fates = new ArrayList<>(attempt.recipients());
        fates.set(0, fates.get(0).with(Recipient.Status.RELAYED, "250 2.0.0 ok"));
        fates.set(2, fates.get(2).with(Recipient.Status.PENDING, "450 4.2.1 later"));
        spool().settle(attempt, fates, new QueueState.Deferred(LATER));
        assertThat(desk().line(letter.id()))
                .contains(new QueueLine(
                        letter.id().text(), QueueStatus.DEFERRED, NOON, LATER, 1, "", letter.message().sizeBytes(), "dupont",
                        "<jan@dupont.example>", "b@x.example", 2, "450 4.2.1 later"));
    }

    @Test
    void findsLettersByWhoWaits() throws Exception {
        var one = deferred(LATER, "An@Client.example", "bo@other.example");
        var two = deferred(LATER, "c%d@client_x.example");
        assertThat(listed(recipient("an@client.example"))).containsExactly(one.id().text());
        assertThat(listed(recipient("@OTHER.example"))).containsExactly(one.id().text());
        assertThat(listed(recipient("@client.example"))).containsExactly(one.id().text());
        assertThat(listed(recipient("@client_x.example"))).containsExactly(two.id().text());
        assertThat(listed(recipient("@client%.example"))).isEmpty();
        assertThat(listed(recipient("@example"))).isEmpty();
        var attempt = claim(one);
        spool().settle(
                attempt,
                List.of(attempt.recipients().getFirst().with(Recipient.Status.RELAYED, "250"), attempt.recipients().getLast()),
                new QueueState.Deferred(LATER));
        assertThat(listed(recipient("an@client.example"))).isEmpty();
    }

    @Test
    void findsLettersByOfficeUpstreamAndAge() throws Exception {
        var letter = deferred();
        var attempt = claim(letter);
        spool().settle(attempt, attempt.recipients(), List.of(tried(1, 0)), new QueueState.Deferred(LATER));
        for (var office : List.of("dupont", "durand")) {
            var filter = new QueueFilter(
                    Set.of(), Optional.of(office), Optional.of("@client.example"), Optional.of("smarthost"), Optional.of(LATER));
            assertThat(listed(filter)).hasSize(office.equals("dupont") ? 1 : 0);
        }
        assertThat(listed(acceptedBefore(NOON))).isEmpty();
        assertThat(listed(acceptedBefore(NOON.plusMillis(1)))).containsExactly(letter.id().text());
    }

    private static Attempt tried(int number, int position) {
        return new Attempt(
                number, position, NOON, "smarthost", "mx[192.0.2.1]:25, TLSv1.3", "rcpt", Attempt.Result.TEMP_FAILED, "450 4.2.1 later, " + number);
    }

    @Test
    void movesAllThatFitsPageByPage() throws Exception {
        for (var i = 0; i < 450; i++) {
            deferred(NOON.plusSeconds(i - 9), "an@client.example");
        }
        var other = deferred(LATER, "bo@other.example");
        assertThat(desk().move(QueueAct.RETRY, recipient("@client.example"), ALL))
                .isEqualTo(Map.of(MoveResult.DUE, 440L, MoveResult.UNCHANGED, 10L));
        assertThat(desk().move(QueueAct.HOLD, recipient("@client.example"), 445)).isEqualTo(Map.of(MoveResult.HELD, 445L));
        assertThat(desk().move(QueueAct.REMOVE, at(QueueStatus.HOLD), ALL)).isEqualTo(Map.of(MoveResult.REMOVED, 445L));
        assertThat(listed(QueueFilter.ALL)).hasSize(6).contains(other.id().text());
        assertThat(desk().move(QueueAct.RELEASE, QueueFilter.ALL, ALL)).isEmpty();
    }

    private List<String> logged(String address, Optional<Instant> since, int limit, int stretch) throws SpoolException {
        var ids = new ArrayList<String>();
        desk().log(new LogFilter(address, since), limit, stretch, life -> ids.add(life.id()));
        return ids;
    }

    @Test
    void findsLettersInTheLogFromTheLatestOn() throws Exception {
        assertThat(logged("an@client.example", Optional.empty(), 100, 10)).isEmpty();
        var toAn = new ArrayList<String>();
        var toBo = new ArrayList<String>();
        for (var i = 0; i < 25; i++) {
            toAn.addFirst(deferred(NOON, "x@other.example", "An@Client.example").id().text());
            if (i % 6 == 0) {
                toBo.addFirst(deferred(NOON, "bo@client.example").id().text());
            }
        }
        // Ids of one millisecond are in any order.
        toAn.sort(Comparator.reverseOrder());
        toBo.sort(Comparator.reverseOrder());
        settleTo(spool(), claim(deferred(NOON, "cy@client.example")), new QueueState.Ended(NOON));
        for (var stretch : new int[] {1, 7, 10, 1000}) {
            assertThat(logged("an@client.EXAMPLE", Optional.empty(), 100, stretch)).isEqualTo(toAn);
            assertThat(logged("bo@client.example", Optional.empty(), 100, stretch)).isEqualTo(toBo);
            assertThat(logged("bo@client.example", Optional.empty(), 2, stretch)).isEqualTo(toBo.subList(0, 2));
            assertThat(logged("cy@client.example", Optional.of(NOON), 2, stretch)).hasSize(1);
            assertThat(logged("@client.example", Optional.empty(), 100, stretch)).hasSize(toAn.size() + toBo.size() + 1);
            assertThat(logged("jan@dupont.example", Optional.of(NOON), 100, stretch)).hasSize(toAn.size() + toBo.size() + 1);
            assertThat(logged("jan@dupont.example", Optional.of(LATER), 100, stretch)).isEmpty();
            assertThat(logged("%@client.example", Optional.empty(), 100, stretch)).isEmpty();
        }
    }

    private Letter headed(String header) throws Exception {
        var like = letters.letter();
        var letter = letters.letter(
                like.envelope(),
                like.originalReversePath(),
                like.provenance(),
                new Message(Header.parse(header.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)), new MemoryBody(new byte[2])));
        Letters.defer(spool(), letter, NOON);
        return letter;
    }

    @Test
    void findsALetterByItsMessageIdInTheQueueAndAfterItsEnd() throws Exception {
        var ended = headed(
                "Message-ID: <1@app.example>\nFrom: =?utf-8?q?Soci=C3=A9t=C3=A9?= <office@dupont.example>\nReply-To: An <an@dupont.example>\n");
        settleTo(spool(), claim(ended), new QueueState.Ended(NOON));
        var again = headed("Message-ID: (ours)\n <1@app.example>\n");
        headed("Message-ID: <2@app.example>\n");
        for (var id : List.of("1@app.example", "<1@app.example>")) {
            assertThat(desk().log(id, Optional.empty(), 10)).extracting(LetterHistory::id)
                    .containsExactlyInAnyOrder(ended.id().text(), again.id().text());
        }
        assertThat(desk().log("1@app.example", Optional.empty(), 1)).hasSize(1);
        assertThat(desk().log("1@app.example", Optional.of(LATER), 10)).isEmpty();
        assertThat(desk().log("<>", Optional.empty(), 10)).isEmpty();
        assertThat(desk().life(ended.id()).orElseThrow().named())
                .isEqualTo(new NamedFields("<1@app.example>", "Société <office@dupont.example>", "An <an@dupont.example>", ""));
    }

    @Test
    void keepsOfLongFieldsTheirBeginning() throws Exception {
        var letter = headed("From: " + "\ud83d\ude00".repeat(2_000) + "\nMessage-ID: <" + "x".repeat(2_000) + ">\n");
        var named = desk().life(letter.id()).orElseThrow().named();
        assertThat(named.from().codePointCount(0, named.from().length())).isEqualTo(1_000);
        assertThat(named.from()).endsWith("\ud83d\ude00…");
        assertThat(named.messageId()).hasSize(MessageId.LONGEST);
    }

    /// A letter that was in the queue before there were columns for them.
    @Test
    void readsTheNamesOfAnOldLetterFromItsHeader() throws Exception {
        var letter = headed("Message-ID: <1@app.example>\nFrom: office@dupont.example\n");
        var _ = database.inTransaction(statements -> statements.update("update letter set message_id = '', from_field = ''"));
        assertThat(desk().life(letter.id()).orElseThrow().named())
                .isEqualTo(new NamedFields("<1@app.example>", "office@dupont.example", "", ""));
    }

    @Test
    void forgetsAPersonAndKeepsTheOthersOfALetter() throws Exception {
        var like = letters.letter(new MemoryBody(new byte[2]), "zoe.bakker@faß.example", "an@client.example");
        var letter = letters.letter(
                like.envelope(),
                ReversePath.of(Address.of("Zoe.Bakker@xn--fa-hia.example")),
                like.provenance(),
                new Message(
                        Header.parse(
                                "From: Zoe Bakker <zoe.bakker@faß.example>\r\nReply-To: An <an@client.example>,\r\n Zoe <zoe.bakker@faß.example>\r\n"
                                        .getBytes(StandardCharsets.UTF_8)),
                        new MemoryBody(new byte[2])));
        Letters.defer(spool(), letter, NOON);
        var claimed = claim(letter);
        var recipients = List.of(
                claimed.recipients().get(0).with(Recipient.Status.FAILED, "550 5.1.1 Zoe Bakker has left"),
                claimed.recipients().get(1).with(Recipient.Status.RELAYED, "250 2.0.0 taken, not for zoe.bakker"));
        spool().settle(claimed, recipients, List.of(tried(1, 0), tried(1, 1)), new QueueState.Ended(NOON));
        var waiting = deferred(LATER, "zoe.bakker@faß.example");
        var other = deferred(LATER, "cy@client.example");
        settleTo(spool(), claim(other), new QueueState.Ended(NOON));
        var before = desk().life(other.id()).orElseThrow();

        var desk = new ForgetDesk(beside, "zoe.bakker@faß.example", Erasure.of("zoe.bakker@faß.example").orElseThrow());
        var found = desk.find();
        assertThat(found.ended()).containsExactly(letter.id().text());
        assertThat(found.waiting()).containsExactly(waiting.id().text());
        var told = new ArrayList<String>();
        desk.forget(found.ended(), told::addAll);
        assertThat(told).isEqualTo(found.ended());

        var life = desk().life(letter.id()).orElseThrow();
        assertThat(life.toString()).doesNotContainIgnoringCase("bakker").doesNotContainIgnoringCase("zoe").contains("an@client.example");
        assertThat(life.recipients()).extracting(LetterHistory.OfRecipient::address).containsExactly("forgotten@forgotten.invalid",
                "an@client.example");
        assertThat(life.recipients()).extracting(LetterHistory.OfRecipient::lastReply).containsExactly("550", "250 2.0.0 taken, not for ***");
        assertThat(life.originalReversePath()).isEqualTo("<forgotten@forgotten.invalid>");
        assertThat(life.named().replyTo()).isEqualTo("An <an@client.example>, forgotten@forgotten.invalid");
        assertThat(life.provenance().relation().text()).isEqualTo("R-1042");
        assertThat(desk.find().ended()).isEmpty();
        assertThat(desk().life(other.id())).contains(before);
        assertThat(desk().life(waiting.id()).orElseThrow().recipients().getFirst().address()).isEqualTo("zoe.bakker@faß.example");
    }

    private Letter endedWith(ForwardPath recipient, DsnRequest dsn) throws Exception {
        var like = letters.letter();
        var envelope = new Envelope(
                like.envelope().reversePath(), List.of(recipient), like.envelope().body(), like.envelope().encoding(), dsn);
        var letter = letters.letter(envelope, like.originalReversePath(), like.provenance(), like.message());
        Letters.defer(spool(), letter, NOON);
        settleTo(spool(), claim(letter), new QueueState.Ended(NOON));
        return letter;
    }

    @Test
    void forgetsWhoAnsweredWhereRepliesAreBoundLate() throws Exception {
        var zoe = new Mailbox("Zoe", Address.of("zoe.bakker@client.example"));
        var like = letters.letter();
        var letter = new Letter(
                like.id(), like.acceptedAt(), like.provenance(), like.envelope(), like.originalReversePath(), like.message(),
                Optional.of(new LateBound(List.of(zoe), zoe)));
        Letters.defer(spool(), letter, NOON);
        assertThat(new SentLetters(database).of(letter.id()).orElseThrow().company()).contains(zoe);
        settleTo(spool(), claim(letter), new QueueState.Ended(NOON));

        var desk = new ForgetDesk(beside, "zoe.bakker@client.example", Erasure.of("zoe.bakker@client.example").orElseThrow());
        desk.forget(desk.find().ended(), _ -> {});

        var sent = new SentLetters(database).of(letter.id()).orElseThrow();
        assertThat(sent.toString()).doesNotContainIgnoringCase("zoe");
        assertThat(sent.binding()).isEqualTo(SentLetter.Binding.LATE);
    }

    @Test
    void forgetsWhomALetterWasFirstWrittenTo() throws Exception {
        var an = Address.of("an@client.example");
        var ended = new ArrayList<String>();
        for (var original : List.of("Zoe.Bakker+2Bx+40client.example", "zoe.bakker+2Bx@client.example")) {
            var to = new ForwardPath(an, Optional.empty(), Optional.of(OriginalRecipient.of("rfc822;" + original)));
            ended.add(endedWith(to, DsnRequest.NONE).id().text());
            ended.add(endedWith(ForwardPath.of(an), new DsnRequest(Optional.empty(), Xtext.parse(original))).id().text());
        }
        var desk = new ForgetDesk(beside, "zoe.bakker+x@client.example", Erasure.of("zoe.bakker+x@client.example").orElseThrow());
        assertThat(desk.find().ended()).containsExactlyInAnyOrderElementsOf(ended);
        desk.forget(ended, _ -> {});
        assertThat(desk.find().ended()).isEmpty();
        List<String> said = database.inTransaction(statements -> statements.list(
                "select envelope_id || original_recipient as said from letter join recipient on letter_id = id",
                row -> row.getString("said")));
        assertThat(said).hasSize(4).allSatisfy(each -> assertThat(each).doesNotContainIgnoringCase("zoe"));
    }

    @Test
    void findsADomainHoweverItIsWritten() throws Exception {
        var wide = deferred(LATER, "an@faß.example");
        var ascii = deferred(LATER, "bo@xn--fa-hia.example");
        deferred(LATER, "cy@fass.example");
        for (var domain : List.of("@faß.example", "@XN--fa-hia.example")) {
            assertThat(listed(recipient(domain))).containsExactlyInAnyOrder(wide.id().text(), ascii.id().text());
            assertThat(logged(domain, Optional.empty(), 100, 100)).hasSize(2);
        }
        assertThat(listed(recipient("an@xn--fa-hia.example"))).containsExactly(wide.id().text());
        assertThat(listed(recipient("an@fass.example"))).isEmpty();
    }

    @Test
    void tellsTheLifeOfALetter() throws Exception {
        var letter = letters.letter(new MemoryBody(new byte[9]), "a@x.example", "b@x.example");
        Letters.defer(spool(), letter, NOON);
        var attempt = claim(letter);
        spool().settle(attempt, attempt.recipients(), List.of(tried(1, 0), tried(1, 1)), new QueueState.Deferred(LATER));
        attempt = claim(letter);
        spool().settle(attempt, attempt.recipients(), List.of(tried(2, 1)), new QueueState.Deferred(LATER));
        var life = desk().life(letter.id()).orElseThrow();
        assertThat(life.provenance()).isEqualTo(letter.provenance());
        assertThat(life.attempts()).containsExactly(tried(1, 0), tried(1, 1), tried(2, 1));
        assertThat(life.place().orElseThrow().attempts()).isEqualTo(2);
        assertThat(life.header().orElseThrow()).startsWith("Subject: ");
        assertThat(desk().life(new QueueId("0123456789abcdef"))).isEmpty();
    }

    @Test
    void keepsTheLatestAttemptsOnly() throws Exception {
        var letter = deferred();
        for (var number = 1; number <= AttemptRows.LIMIT + 3; number++) {
            var attempt = claim(letter);
            spool().settle(attempt, attempt.recipients(), List.of(tried(number, 0)), new QueueState.Deferred(LATER));
        }
        var attempts = desk().life(letter.id()).orElseThrow().attempts();
        assertThat(attempts).hasSize(AttemptRows.LIMIT);
        assertThat(attempts.getLast().number()).isEqualTo(AttemptRows.LIMIT + 3);
    }

    @Test
    void keepsOneAttemptOfALetterForMany() throws Exception {
        var recipients = new String[AttemptRows.LIMIT + 1];
        for (var i = 0; i < recipients.length; i++) {
            recipients[i] = "client" + i + "@x.example";
        }
        var letter = deferred(LATER, recipients);
        for (var number = 1; number <= 2; number++) {
            var attempt = claim(letter);
            var tried = new ArrayList<Attempt>();
            for (var i = 0; i < recipients.length; i++) {
                tried.add(tried(number, i));
            }
            spool().settle(attempt, attempt.recipients(), tried, new QueueState.Deferred(LATER));
        }
        assertThat(desk().life(letter.id()).orElseThrow().attempts())
                .hasSize(recipients.length)
                .allMatch(attempt -> attempt.number() == 2);
    }

    @Test
    void pagesThroughAllStatesAndMissesNone() throws Exception {
        for (var i = 0; i < 7; i++) {
            deferred(LATER.plusSeconds(i), "an@client.example");
        }
        var held = deferred();
        var active = deferred(NOON, "an@client.example");
        assertThat(move(QueueAct.HOLD, held.id())).isEqualTo(MoveResult.HELD);
        var _ = spool().due(Letters.ROUTE, NOON, 1);
        var read = new ArrayList<String>();
        var after = Optional.<String>empty();
        do {
            var page = desk().page(QueueFilter.ALL, after, 3);
            assertThat(page.lines()).hasSizeLessThanOrEqualTo(3);
            page.lines().forEach(line -> read.add(line.id()));
            after = page.next();
        } while (after.isPresent());
        assertThat(read).hasSize(9).startsWith(active.id().text()).endsWith(held.id().text()).isEqualTo(listed(QueueFilter.ALL));
        assertThat(desk().page(QueueFilter.ALL, Optional.of("nonsense"), 9).lines()).hasSize(9);
    }

    @Test
    void countsWhatFitsAndWhatAnActWouldLookAt() throws Exception {
        var one = deferred(LATER, "an@client.example");
        var _ = deferred(LATER, "jan@other.example");
        assertThat(move(QueueAct.HOLD, one.id())).isEqualTo(MoveResult.HELD);
        var other = new QueueFilter(Set.of(), Optional.empty(), Optional.of("@other.example"), Optional.empty(), Optional.empty());
        assertThat(desk().count(QueueFilter.ALL)).isEqualTo(2);
        assertThat(desk().count(other)).isEqualTo(1);
        assertThat(desk().count(QueueAct.HOLD, QueueFilter.ALL)).isEqualTo(1);
        assertThat(desk().count(QueueAct.REMOVE, QueueFilter.ALL)).isEqualTo(2);
        assertThat(desk().countSince(QueueFilter.ALL, NOON)).isEqualTo(2);
        assertThat(desk().countSince(QueueFilter.ALL, NOON.plusMillis(1))).isZero();
        assertThat(desk().count(QueueFilter.ALL.before(NOON))).isZero();
    }

    @Test
    void tellsWhichOfSomeLettersAreStillThere() throws Exception {
        var one = deferred();
        var gone = deferred();
        assertThat(move(QueueAct.REMOVE, gone.id())).isEqualTo(MoveResult.REMOVED);
        assertThat(desk().among(QueueFilter.ALL, List.of(one.id(), gone.id()))).extracting(QueueLine::id).containsExactly(one.id().text());
        var held = new QueueFilter(Set.of(QueueStatus.HOLD), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(desk().among(held, List.of(one.id()))).isEmpty();
        assertThat(desk().among(QueueFilter.ALL, List.of())).isEmpty();
    }
}
