package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import facteur.fixture.TestTime;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.returned.Action;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.platform.database.Database;
import facteur.platform.log.Erasure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What came back, and all that follows from it in one commit.
abstract class ReturnStoreContract {
    private static final String AN = "an@client.example";
    private static final String BO = "Bo@Client.example";
    private static final String SUBJECT = "Subject: Facture\r\n";

    private final TestTime time = new TestTime();
    private final QueueIds ids = new QueueIds(time, new Random(7));

    @TempDir
    private Path state;

    private StateFolder folder;
    private Database database;
    private SqlSpool spool;
    private BadAddresses bad;
    private ReturnStore store;

    abstract Database openDatabase(Path state) throws SQLException;

    @BeforeEach
    void open() throws Exception {
        folder = StateFolder.open(state);
        database = openDatabase(state);
        spool = SqlSpool.open(folder, database, 0, time, event -> {});
        bad = new BadAddresses(database);
        store = new ReturnStore(spool, database, bad);
    }

    @AfterEach
    void close() {
        spool.close();
        database.close();
        folder.close();
    }

    private QueueId relayed(String... recipients) throws Exception {
        var letter = letter(recipients);
        var leased = spool.acceptActive(Letters.ROUTE, letter);
        settle(leased);
        return letter.id();
    }

    private void settle(LeasedLetter leased) throws SpoolException {
        var after = leased.recipients().stream()
                .map(recipient -> recipient.with(Recipient.Status.RELAYED, "250 2.0.0 queued"))
                .toList();
        spool.settle(leased, after, List.of(), new QueueState.Ended(time.instant()));
    }

    private Letter letter(String... recipients) {
        return headed(SUBJECT, recipients);
    }

    private Letter headed(String header, String... recipients) {
        var id = ids.next();
        var path = ReversePath.of(Address.of("b-" + id.text() + "00" + "0123456789abcdef@return.example"));
        var envelope = new Envelope(
                path, List.of(recipients).stream().map(Address::of).toList(), BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
        var message = new Message(Header.parse(header.getBytes(StandardCharsets.ISO_8859_1)), new MemoryBody(new byte[0]));
        return new Letter(id, time.instant(), Letters.PROVENANCE, envelope, ReversePath.of(Address.of("app@dupont.example")), message);
    }

    private NewReturn arrived(QueueId answers, String digest, NewReturn.Status... statuses) {
        return arrived(answers, NewReturn.Kind.REPORT, digest, "", statuses);
    }

    private NewReturn arrived(QueueId answers, NewReturn.Kind kind, String digest, String text, NewReturn.Status... statuses) {
        var message = new Message(Header.parse("Subject: failed\r\n".getBytes(StandardCharsets.US_ASCII)), new MemoryBody(new byte[5]));
        var envelope = new Envelope(
                ReversePath.NULL, List.of(Address.of("b-1@return.example")), BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
        var letter = new Letter(
                ids.next(), time.instant(), provenance(Provenance.Kind.RETURN), envelope, ReversePath.of(Address.of("mailer-daemon@mx.example")),
                message);
        return new NewReturn(letter, answers, kind, "<mailer-daemon@mx.example>", digest, text, List.of(statuses),
                Set.of(UntoldReturns.Reader.OFFICE), true);
    }

    private static Provenance provenance(Provenance.Kind kind) {
        return Provenance.parse("", "dupont", "invoice", "R-1042", "", "", "", "", "", "", kind.text());
    }

    private static NewReturn.Status failed(int position, String address, String status) {
        return new NewReturn.Status(position, address, Action.FAILED, status, "550 " + status + " no such user", "mx.client.example",
                status.startsWith("5.1") || status.equals("5.2.1"));
    }

    private static NewReturn.Status of(Action action, int position, String address) {
        return new NewReturn.Status(position, address, action, "2.0.0", "", "mx.client.example", false);
    }

    private LetterHistory life(QueueId id) throws SpoolException {
        return new QueueDesk(database, state, time).life(id).orElseThrow();
    }

    private List<String> statuses(QueueId id) throws SpoolException {
        return life(id).recipients().stream().map(LetterHistory.OfRecipient::status).toList();
    }

    private List<BadAddress> listed() throws SpoolException {
        return bad.page("dupont", Optional.empty(), 10);
    }

    @Test
    void oneOfTwoRecipientsCameBack() throws Exception {
        var id = relayed(AN, BO);
        var arrived = arrived(id, "d", failed(1, BO, "5.1.1"));
        assertThat(store.take(arrived)).isEqualTo(new ReturnStore.Taken(Optional.empty(), arrived.statuses()));

        var life = life(id);
        assertThat(life.recipients()).extracting(recipient -> recipient.status() + " " + recipient.lastReply())
                .containsExactly("relayed 250 2.0.0 queued", "returned 550 5.1.1 no such user (mx.client.example)");
        assertThat(life.named().subject()).isEqualTo("Facture");
        assertThat(life.returns()).containsExactly(new LetterHistory.OfReturn(
                arrived.letter().id().text(), time.instant(), "report", "<mailer-daemon@mx.example>", "",
                List.of(new LetterHistory.OfStatus(1, BO, "failed", "5.1.1", "550 5.1.1 no such user", "mx.client.example"))));

        var itself = life(arrived.letter().id());
        assertThat(itself.provenance()).isEqualTo(provenance(Provenance.Kind.RETURN));
        assertThat(itself.answers()).contains(id.text());
        assertThat(itself.endedAt()).contains(time.instant());
        assertThat(itself.header()).isEmpty();
        assertThat(itself.recipients()).extracting(LetterHistory.OfRecipient::status).containsExactly("delivered");

        var due = new UntoldReturns(database).untold(time.instant());
        assertThat(due).extracting(UntoldReturns.Due::letter, UntoldReturns.Due::reader)
                .containsExactly(tuple(id, UntoldReturns.Reader.OFFICE));
    }

    /// PostgreSQL has no text with U+0000.
    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "=?utf-8?q?a=00b?=", "=?utf-16?b?2AA=?=", "=?utf-8?q?=ED=A0=80?=", "=?utf-32?b?AAAAAA==?=", "\u00ff\u0001"})
    void aSubjectMayHoldAnything(String subject) throws Exception {
        var header = "Subject: " + subject + "\r\nFrom: " + subject + " <a@x.example>\r\nMessage-ID: <a\u0000b@x.example>\r\n";
        var letter = headed(header + "Reply-To: " + subject + " <b@x.example>\r\n", AN);
        spool.acceptActive(Letters.ROUTE, letter);
        assertThat(life(letter.id()).named().toString()).matches("[^\\p{Cc}\\p{Cs}]*");
    }

    /// All of it is there or nothing is: what a process that is killed in between leaves behind. The list is written last.
    @Test
    void itIsOneCommit() throws Exception {
        var id = relayed(AN);
        var arrived = arrived(id, "d", failed(0, AN, "5.1.1"));
        rename("bad_address", "not_there");
        assertThatThrownBy(() -> store.take(arrived)).isInstanceOf(SpoolException.class);
        assertThat(statuses(id)).containsExactly("relayed");
        assertThat(rows("letter")).isEqualTo(1);
        assertThat(rows("letter_return") + rows("return_status") + rows("return_notice")).isZero();

        rename("not_there", "bad_address");
        store.take(arrived);
        assertThat(statuses(id)).containsExactly("returned");
        assertThat(rows("letter_return") + rows("return_status") + rows("return_notice")).isEqualTo(3);
        assertThat(listed()).hasSize(1);
    }

    private void rename(String table, String name) throws SQLException {
        database.inTransaction(statements -> statements.update("alter table " + table + " rename to " + name));
    }

    @Test
    void aSecondCopyIsNotedAndChangesNothing() throws Exception {
        var id = relayed(AN);
        var first = arrived(id, "d", failed(0, AN, "5.1.1"));
        store.take(first);
        time.advance(Duration.ofHours(23));
        assertThat(store.take(arrived(id, "d", failed(0, AN, "5.1.1"))).copyOf()).contains(first.letter().id());
        assertThat(listed()).extracting(BadAddress::count).containsExactly(1);
        assertThat(life(id).returns()).hasSize(2);
        time.advance(Duration.ofHours(2));
        assertThat(store.take(arrived(id, "other", failed(0, AN, "5.1.1"))).copyOf()).isEmpty();
        time.advance(Duration.ofHours(24));
        assertThat(store.take(arrived(id, "d", failed(0, AN, "5.1.1"))).copyOf()).isEmpty();
        assertThat(listed()).extracting(BadAddress::count).containsExactly(3);
    }

    @Test
    void ofTwoCopiesAtTheSameTimeOneIsTheSecond() throws Exception {
        var id = relayed(AN);
        var both = new CountDownLatch(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ReturnStore.Taken> one = threads.submit(() -> together(both, arrived(id, "d", failed(0, AN, "5.1.1"))));
            Future<ReturnStore.Taken> other = threads.submit(() -> together(both, arrived(id, "d", failed(0, AN, "5.1.1"))));
            assertThat(List.of(one.get().copyOf().isPresent(), other.get().copyOf().isPresent())).containsExactlyInAnyOrder(true, false);
        }
    }

    private ReturnStore.Taken together(CountDownLatch both, NewReturn arrived) throws Exception {
        both.countDown();
        both.await();
        return store.take(arrived);
    }

    @Test
    void delaysAndStrangersChangeOnlyTheLog() throws Exception {
        var id = relayed(AN);
        assertThat(store.take(arrived(id, "d", of(Action.DELAYED, 0, AN), of(Action.EXPANDED, 0, AN), of(Action.RELAYED, 0, AN),
                failed(NewReturn.UNKNOWN, "elsewhere@other.example", "5.1.1"))).changed()).isEmpty();
        assertThat(statuses(id)).containsExactly("relayed");
        assertThat(life(id).returns().getFirst().statuses()).hasSize(4).last()
                .isEqualTo(new LetterHistory.OfStatus(NewReturn.UNKNOWN, "elsewhere@other.example", "failed", "5.1.1", "550 5.1.1 no such user",
                        "mx.client.example"));
        assertThat(listed()).isEmpty();
    }

    /// Behind one address there may be two mailboxes.
    @Test
    void whatArrivedMayStillComeBackAndNotTheReverse() throws Exception {
        var id = relayed(AN);
        store.take(arrived(id, "1", of(Action.DELIVERED, 0, AN)));
        assertThat(statuses(id)).containsExactly("delivered");
        store.take(arrived(id, "2", failed(0, AN, "5.2.2")));
        assertThat(statuses(id)).containsExactly("returned");
        store.take(arrived(id, "3", of(Action.DELIVERED, 0, AN)));
        assertThat(statuses(id)).containsExactly("returned");
    }

    /// Whatever hosts say, in whatever order.
    @Test
    void recipientsFollowTheirModel() throws Exception {
        var random = new Random(22);
        for (var round = 0; round < 30; round++) {
            var id = relayed(AN, BO);
            var model = new ArrayList<>(List.of("relayed", "relayed"));
            var said = new HashSet<String>();
            for (var step = random.nextInt(8); step > 0; step--) {
                var position = random.nextInt(3) - 1;
                var action = List.of(Action.values()).get(random.nextInt(Action.values().length));
                var digest = action + " " + position;
                var address = position < 0 ? "zoe@client.example" : List.of(AN, BO).get(position);
                var status = new NewReturn.Status(position, address, action, "5.2.2", "", "mx", false);
                var taken = store.take(arrived(id, digest, status));
                assertThat(taken.copyOf().isEmpty()).isEqualTo(said.add(digest));
                if (position >= 0 && action == Action.FAILED) {
                    model.set(position, "returned");
                } else if (position >= 0 && action == Action.DELIVERED && !model.get(position).equals("returned")) {
                    model.set(position, "delivered");
                }
                assertThat(statuses(id)).as("round %d", round).isEqualTo(model);
            }
        }
    }

    @Test
    void aHostMayBeFasterThanWeWrite() throws Exception {
        var letter = letter(AN, BO);
        var leased = spool.acceptActive(Letters.ROUTE, letter);
        store.take(arrived(letter.id(), "d", failed(0, AN, "5.1.1")));
        settle(leased);
        assertThat(statuses(letter.id())).containsExactly("returned", "relayed");
    }

    @Test
    void aRecipientThatWaitsForAnotherAttemptStaysSo() throws Exception {
        var letter = letter(AN);
        Letters.defer(spool, letter, NOON.plusSeconds(3600));
        store.take(arrived(letter.id(), "d", failed(0, AN, "5.1.1")));
        assertThat(statuses(letter.id())).containsExactly("pending");
        assertThat(life(letter.id()).returns()).hasSize(1);
    }

    @Test
    void addressesThatDoNotWorkAreListedUntilSomethingArrives() throws Exception {
        bad.run();
        assertThat(bad.among("dupont", List.of(Address.of(AN)))).isEmpty();
        var id = relayed(AN, BO);
        store.take(arrived(id, "1", failed(0, AN, "5.1.1"), failed(1, BO, "5.2.2")));
        time.advance(Duration.ofDays(2));
        store.take(arrived(relayed(AN), "2", failed(0, AN, "5.2.1")));
        assertThat(listed()).hasSize(1).first().satisfies(one -> {
            assertThat(one.address()).isEqualTo(AN);
            assertThat(one.since()).isEqualTo(time.instant().minus(Duration.ofDays(2)));
            assertThat(one.lastAt()).isEqualTo(time.instant());
            assertThat(one.count()).isEqualTo(2);
            assertThat(one.status()).isEqualTo("5.2.1");
        });
        assertThat(bad.among("dupont", List.of(Address.of("an@CLIENT.example"), Address.of(BO)))).hasSize(1);
        assertThat(bad.among("durand", List.of(Address.of(AN)))).isEmpty();

        store.take(arrived(relayed(AN), "3", of(Action.DELIVERED, 0, AN)));
        assertThat(listed()).isEmpty();
    }

    @Test
    void aReplyFromThereOrAnOperatorTakesItOffTheList() throws Exception {
        var id = relayed(AN, BO);
        store.take(arrived(id, "1", failed(0, AN, "5.1.1"), failed(1, BO, "5.1.10")));
        assertThat(listed()).extracting(BadAddress::address).containsExactlyInAnyOrder(AN, "Bo@client.example");
        var reply = relayed("an@dupont.example");
        store.note(
                new ReturnStore.Relayed(reply, id, NewReturn.Kind.REPLY, "dupont", "digest", time.instant()), "<an@client.EXAMPLE>");
        assertThat(listed()).extracting(BadAddress::address).containsExactly("Bo@client.example");
        assertThat(store.copy(id, NewReturn.Kind.REPLY, "digest", time.instant())).contains(reply);
        assertThat(life(reply).answers()).contains(id.text());
        assertThat(bad.forget("dupont", Address.of("Bo@client.example"))).isTrue();
        assertThat(bad.forget("dupont", Address.of("Bo@client.example"))).isFalse();
        assertThat(listed()).isEmpty();
    }

    /// What another node has listed is known after the next run.
    @Test
    void anOfficeThatHasNoneIsRememberedToHaveNone() throws Exception {
        store.take(arrived(relayed(AN), "1", failed(0, AN, "5.1.1")));
        var other = new BadAddresses(database);
        assertThat(other.among("dupont", List.of(Address.of(AN)))).isEmpty();
        other.run();
        assertThat(other.among("dupont", List.of(Address.of(AN)))).hasSize(1);
        bad.forget("dupont", Address.of(AN));
        other.run();
        assertThat(other.among("dupont", List.of(Address.of(AN)))).isEmpty();
    }

    /// A return may be stored while it is looked up which offices have any.
    @Test
    void whatIsListedMeanwhileIsKnown() throws Exception {
        var id = relayed(AN);
        bad.learn(() -> {
            try {
                store.take(arrived(id, "1", failed(0, AN, "5.1.1")));
                return Set.of();
            } catch (SpoolException impossible) {
                throw new AssertionError(impossible);
            }
        });
        assertThat(bad.among("dupont", List.of(Address.of(AN)))).hasSize(1);
        bad.forget("dupont", Address.of(AN));
        bad.run();
        assertThat(bad.among("dupont", List.of(Address.of(AN)))).isEmpty();
    }

    @Test
    void aLetterSaysHowMuchCameBack() throws Exception {
        var id = relayed(AN);
        assertThat(store.answered(new QueueId("0123456789abcdef"), time.instant())).isEmpty();
        for (var i = 0; i < 3; i++) {
            store.take(arrived(id, "same", failed(0, AN, "5.1.1")));
            time.advance(Duration.ofMinutes(40));
        }
        var answered = store.answered(id, time.instant()).orElseThrow();
        assertThat(answered.cameBack()).isEqualTo(3);
        assertThat(answered.cameBackInLastHour()).isEqualTo(1);
        assertThat(answered.endedAt()).isPresent();
        assertThat(answered.recipients().getFirst().status()).isEqualTo(Recipient.Status.RETURNED);
    }

    @Test
    void whatCameBackEndsWithItsLetter() throws Exception {
        var id = relayed(AN);
        store.take(arrived(id, "1", failed(0, AN, "5.1.1")));
        time.advance(Duration.ofDays(1));
        var later = arrived(id, "2", failed(0, AN, "5.1.1"));
        store.take(later);
        spool.upkeep().purge(time.instant().minusSeconds(1));
        var left = life(later.letter().id());
        assertThat(left.answers()).isEmpty();
        assertThat(rows("letter_return") + rows("return_status") + rows("return_notice")).isZero();
        assertThat(spool.upkeep().purge(time.instant().plusSeconds(1))).isEqualTo(1);
        assertThat(rows("letter")).isZero();
    }

    /// In either order.
    @Test
    void aReturnMayEndBeforeItsLetter() throws Exception {
        var letter = letter(AN, BO);
        var leased = spool.acceptActive(Letters.ROUTE, letter);
        store.take(arrived(letter.id(), "1", failed(0, AN, "5.1.1")));
        time.advance(Duration.ofDays(1));
        assertThat(spool.upkeep().purge(time.instant())).isEqualTo(1);
        assertThat(life(letter.id()).returns()).isEmpty();
        settle(leased);
        assertThat(statuses(letter.id())).containsExactly("returned", "relayed");
    }

    private long rows(String table) throws SQLException {
        var sql = Map.of(
                "letter", "select count(*) from letter",
                "letter_return", "select count(*) from letter_return",
                "return_status", "select count(*) from return_status",
                "return_notice", "select count(*) from return_notice")
                .get(table);
        return database.reading(statements -> statements.first(String.valueOf(sql), row -> row.getLong(1))).orElseThrow();
    }

    @Test
    void anAddressThatDoesntWorkIsTriedAgainSomeTime() throws Exception {
        store.take(arrived(relayed(AN), "1", failed(0, AN, "5.1.1")));
        time.advance(Duration.ofDays(1));
        store.take(arrived(relayed(BO), "1", failed(0, BO, "5.1.1")));
        time.advance(Duration.ofDays(30));
        new BadAddressCleaner(spool, () -> Duration.ofDays(30), time, () -> true).run();
        assertThat(listed()).extracting(BadAddress::address).containsExactly("Bo@client.example");
    }

    @Test
    void aPersonIsForgottenInWhatCameBack() throws Exception {
        var id = relayed("zoe@client.example", AN);
        var said = new NewReturn.Status(0, "zoe@client.example", Action.FAILED, "5.1.1", "550 5.1.1 <zoe@client.example> unknown", "mx", true);
        var forwarded = new NewReturn.Status(-1, "other@client.example", Action.DELAYED, "4.0.0", "450 zoe@client.example waits", "mx", false);
        store.take(arrived(id, NewReturn.Kind.UNREADABLE, "1", "Hello Zoe", said, forwarded));
        var elsewhere = relayed(BO);
        store.take(arrived(elsewhere, NewReturn.Kind.REPORT, "1", "", forwarded));
        var behind = new NewReturn.Status(0, BO, Action.FAILED, "5.1.1", "550 5.1.1 <zoe@client.example> unknown", "mx", true);
        store.take(arrived(elsewhere, NewReturn.Kind.REPORT, "2", "", behind));
        assertThat(listed()).extracting(BadAddress::address).containsExactlyInAnyOrder("zoe@client.example", "Bo@client.example");

        var desk = new ForgetDesk(database, "zoe@client.example", Erasure.of("zoe@client.example").orElseThrow());
        var found = desk.find().ended();
        assertThat(found).contains(id.text(), elsewhere.text());
        desk.forget(found, _ -> {});
        assertThat(desk.listed()).isEqualTo(2);
        desk.forgetAddress();
        assertThat(desk.listed()).isZero();
        assertThat(desk.find().ended()).isEmpty();
        assertThat(life(id).toString()).doesNotContainIgnoringCase("zoe").doesNotContain("Facture").contains(AN);
        assertThat(life(elsewhere).toString()).doesNotContainIgnoringCase("zoe");
        assertThat(bad.page("dupont", Optional.empty(), 9)).singleElement().satisfies(kept -> {
            assertThat(kept.address()).isEqualTo("Bo@client.example");
            assertThat(kept.diagnostic()).contains("550 5.1.1").doesNotContainIgnoringCase("zoe");
        });
        assertThat(store.answered(id, time.instant()).orElseThrow().isForgotten()).isTrue();
        assertThat(store.answered(elsewhere, time.instant()).orElseThrow().isForgotten()).isFalse();
    }
}
