package facteur.spool;

import static facteur.spool.Letters.NOON;
import static facteur.spool.Letters.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import facteur.fixture.MigratedDatabase;
import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.message.MemoryBody;
import facteur.platform.database.Database;
import facteur.platform.database.DatabaseSettings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Letters between the log and the tables, with the clock standing still.
final class LetterLogTest {
    private static final LetterKey KEY = new LetterKey(7, "digest", "content", Duration.ofDays(1));
    private static final String STATUS = "select status from recipient where letter_id = ?";
    private static final String STATE = "select state from queue where letter_id = ?";

    @TempDir
    private Path temp;

    private final Letters letters = new Letters();
    private LoggedSpool open;

    @BeforeEach
    void open() throws Exception {
        open = LoggedSpool.open(temp.resolve("state"));
    }

    @AfterEach
    void close() {
        open.close();
    }

    private LeasedLetter accept(Letter letter) throws SpoolException {
        return open.spool().acceptActive(Letters.ROUTE, letter);
    }

    private void relayed(LeasedLetter leased) throws SpoolException {
        relayed(leased, "250 ok");
    }

    private void relayed(LeasedLetter leased, String reply) throws SpoolException {
        var after = leased.recipients().stream()
                .map(each -> new Recipient(each.path(), Recipient.Status.RELAYED, reply))
                .toList();
        var attempt = new Attempt(1, 0, NOON, "u", "mx", "data", Attempt.Result.RELAYED, reply);
        open.spool().settle(leased, after, List.of(attempt), new QueueState.Ended(NOON));
    }

    private LoggedSpool killedAndStarted(String name) throws Exception {
        open.copyTo(temp.resolve(name));
        return LoggedSpool.open(temp.resolve(name));
    }

    private static List<String> waiting(LoggedSpool spool) throws SpoolException {
        return spool.spool().due(Letters.ROUTE, NOON, 1000) instanceof ClaimedWork.Now now
                ? ids(now).stream().map(Object::toString).toList()
                : List.of();
    }

    @Test
    void writesALetterIntoNoTableWhileItIsRelayed() throws Exception {
        var leased = accept(letters.letter());
        relayed(leased);
        assertThat(open.behind("select count(*) from letter")).contains("0");
        open.update();
        assertThat(open.behind(STATUS, leased.id().text())).contains("relayed");
        assertThat(open.behind("select last_reply from recipient")).contains("250 ok");
        assertThat(open.behind("select ended_at from letter")).contains(String.valueOf(NOON.toEpochMilli()));
        assertThat(open.behind("select count(*) from content")).contains("0");
        assertThat(open.behind("select count(*) from queue")).contains("0");
        assertThat(open.behind("select result from attempt")).contains("relayed");
    }

    /// Whoever asks the database, sees it.
    @Test
    void bringsTheTablesUpToDateBeforeTheyAreRead() throws Exception {
        var leased = accept(letters.letter());
        var state = open.database().reading(statements -> statements.first(STATE, row -> row.getString(1), leased.id().text()));
        assertThat(state).contains("active");
        relayed(leased);
        var status = open.database().inTransaction(statements -> statements.first(STATUS, row -> row.getString(1), leased.id().text()));
        assertThat(status).contains("relayed");
    }

    @Test
    void hasALetterAfterAKillThatWasAcceptedAMomentBefore() throws Exception {
        var letter = letters.letter(Letters.random(9_000));
        accept(letter);
        try (var again = killedAndStarted("killed")) {
            var due = (ClaimedWork.Now) again.spool().due(Letters.ROUTE, NOON, 9);
            assertThat(ids(due)).containsExactly(letter.id());
            assertThat(Letters.octets(due.letters().getFirst().letter())).isEqualTo(Letters.octets(letter));
            assertThat(due.letters().getFirst().letter().provenance()).isEqualTo(letter.provenance());
            assertThat(due.letters().getFirst().letter().envelope().toString()).isEqualTo(letter.envelope().toString());
        }
    }

    /// What became of the first is behind the second, in one write.
    @Test
    void relaysNothingAgainAfterAKillOnceAnotherHasCome() throws Exception {
        var first = accept(letters.letter());
        relayed(first);
        var second = accept(letters.letter());
        try (var again = killedAndStarted("killed")) {
            assertThat(waiting(again)).containsExactly(second.id().text());
            assertThat(again.behind(STATUS, first.id().text())).contains("relayed");
        }
    }

    @Test
    void startsTwiceWithTheSameLog() throws Exception {
        relayed(accept(letters.letter()));
        var waits = accept(letters.letter());
        try (var once = killedAndStarted("once")) {
            once.copyTo(temp.resolve("twice"));
        }
        try (var twice = LoggedSpool.open(temp.resolve("twice"))) {
            assertThat(waiting(twice)).containsExactly(waits.id().text());
            assertThat(twice.behind("select count(*) from letter")).contains("2");
        }
    }

    @Test
    void putsALetterIntoTheTablesThatHasToWait() throws Exception {
        var leased = accept(letters.letter());
        open.spool().settle(leased, leased.recipients(), List.of(), new QueueState.Deferred(NOON.plusSeconds(60)));
        assertThat(open.behind(STATE, leased.id().text())).contains("deferred");
        assertThat(open.behind("select length(body) from content")).contains("9");
    }

    /// An operator's command opens the database beside the daemon.
    @Test
    void isReadByACommandAndGoesOn() throws Exception {
        var relayed = accept(letters.letter());
        relayed(relayed);
        var other = accept(letters.letter());
        try (var beside = Database.openBeside(open.state())) {
            LetterLogReplay.beside(open.state(), beside);
            var desk = new QueueDesk(beside, open.state(), () -> NOON);
            assertThat(desk.line(other.id()).map(QueueLine::standing)).contains(QueueStatus.ACTIVE);
            assertThat(desk.line(relayed.id())).isEmpty();
            assertThat(desk.move(QueueAct.HOLD, List.of(other.id()))).containsExactly(MoveResult.HELD_LATER);
        }
        relayed(other);
        open.update();
        assertThat(open.behind(STATUS, other.id().text())).contains("relayed");
        assertThat(open.behind("select count(*) from queue")).contains("0");
        assertThat(open.behind("select count(*) from letter")).contains("2");
    }

    /// The command has written the letter, the log has what became of it, and the daemon is killed.
    @Test
    void bringsTogetherWhatACommandAndTheLogHave() throws Exception {
        var first = accept(letters.letter());
        try (var beside = Database.openBeside(open.state())) {
            LetterLogReplay.beside(open.state(), beside);
        }
        relayed(first);
        var second = accept(letters.letter());
        try (var again = killedAndStarted("killed")) {
            assertThat(waiting(again)).containsExactly(second.id().text());
            assertThat(again.behind(STATUS, first.id().text())).contains("relayed");
        }
    }

    @Test
    void knowsANameThatIsInNoTableYet() throws Exception {
        var first = open.spool().acceptActive(Letters.ROUTE, letters.letter(), Optional.of(KEY));
        assertThatThrownBy(() -> open.spool().acceptActive(Letters.ROUTE, letters.letter(), Optional.of(KEY)))
                .isInstanceOfSatisfying(KnownLetterException.class, known -> assertThat(known.known().id()).isEqualTo(first.id()));
        relayed(first);
        open.update();
        assertThatThrownBy(() -> open.spool().acceptActive(Letters.ROUTE, letters.letter(), Optional.of(KEY)))
                .isInstanceOf(KnownLetterException.class);
    }

    @Test
    void refusesASecondLetterOfAnIdThatIsInNoTableYet() throws Exception {
        var letter = letters.letter();
        accept(letter);
        assertThatThrownBy(() -> accept(letter)).isInstanceOf(SpoolException.class);
        open.update();
        assertThat(open.behind("select count(*) from letter")).contains("1");
    }

    @Test
    void takesMoreThanTheLogHasRoomFor() throws Exception {
        var all = new ArrayList<String>();
        for (var i = 0; i < 60; i++) {
            all.add(accept(letters.letter(Letters.random(200_000))).id().text());
        }
        try (var again = killedAndStarted("killed")) {
            assertThat(waiting(again)).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    /// What became of them needs more room than the log has.
    @Test
    void hasTheOutcomesOfMoreRecipientsThanTheLogHasRoomFor() throws Exception {
        var recipients = IntStream.range(0, 1_000).mapToObj(i -> "client" + i + "@client.example").toArray(String[]::new);
        var leased = new ArrayList<LeasedLetter>();
        for (var i = 0; i < 40; i++) {
            leased.add(accept(letters.letter(new MemoryBody(new byte[9]), recipients)));
        }
        for (var each : leased) {
            relayed(each, "250 2.0.0 " + "x".repeat(200));
        }
        var last = accept(letters.letter());
        open.update();
        try (var again = killedAndStarted("killed")) {
            assertThat(waiting(again)).containsExactly(last.id().text());
            assertThat(again.behind("select count(*) from recipient where status = 'relayed'")).contains("40000");
        }
    }

    @Test
    void saysThatItIsDamagedAndHasTheRest() throws Exception {
        var first = accept(letters.letter());
        open.update();
        accept(letters.letter());
        var third = accept(letters.letter());
        open.copyTo(temp.resolve("damaged"));
        try (var file = new RandomAccessFile(temp.resolve("damaged/" + LetterLog.NAME).toFile(), "rw")) {
            file.seek(100);
            file.write(new byte[9]);
        }
        Files.writeString(temp.resolve("damaged/letters.log.damaged"), "of an earlier start");
        try (var again = LoggedSpool.open(temp.resolve("damaged"))) {
            assertThat(again.journal.events(MailEvent.SpoolTrouble.class)).singleElement().asString()
                    .contains("letters.log is damaged", "letters.log.damaged.2");
            assertThat(temp.resolve("damaged/letters.log.damaged")).hasContent("of an earlier start");
            assertThat(waiting(again)).containsExactlyInAnyOrder(first.id().text(), third.id().text());
        }
        try (var twice = LoggedSpool.open(temp.resolve("damaged"))) {
            assertThat(twice.journal.events(MailEvent.SpoolTrouble.class)).isEmpty();
        }
    }

    /// On a quiet relay nothing else comes that would take it along.
    @Test
    void hasOnDiskByItselfHowALetterHasEnded() throws Exception {
        relayed(accept(letters.letter()));
        open.pass(Duration.ofMillis(25));
        await().until(() -> open.records() == 2);
    }

    /// A letter that ends wakes no thread.
    @Test
    void looksSoonWhetherALetterHasEnded() throws Exception {
        Files.createDirectories(temp.resolve("another"));
        var letter = new LoggedLetter(
                "a", List.of("a"), List.of(), List.of("a", new byte[0], new byte[0], 0L), List.of("a", "active", 0L, "me", 1L, "r", 0L), List.of());
        try (var database = MigratedDatabase.open(temp.resolve("another"));
                var log = LetterLog.open(temp.resolve("another"), database, new QueueRows(database.dialect()))) {
            assertThat(log.patienceNanos(0)).isEqualTo(Long.MAX_VALUE);
            log.append(List.of(new LogDraft(letter)), 0);
            assertThat(log.patienceNanos(0)).isEqualTo(Duration.ofMillis(20).toNanos());
        }
    }

    /// The tables are held by another process, and the relay stops.
    @Test
    void keepsWhatBecameOfLettersAtAStopThatCannotWriteTables() throws Exception {
        open.database().inTransaction(statements -> statements.update("pragma query_only = on"));
        var leased = accept(letters.letter());
        relayed(leased);
        open.close();
        open = LoggedSpool.open(temp.resolve("state"));
        assertThat(waiting(open)).isEmpty();
        assertThat(open.behind(STATUS, leased.id().text())).contains("relayed");
    }

    @Test
    void doesNotStartWithAnOlderDatabase() throws Exception {
        open.copyTo(temp.resolve("older"));
        relayed(accept(letters.letter()));
        open.update();
        accept(letters.letter());
        Files.delete(temp.resolve("older/" + LetterLog.NAME));
        Files.copy(open.state().resolve(LetterLog.NAME), temp.resolve("older/" + LetterLog.NAME));
        assertThatThrownBy(() -> LoggedSpool.open(temp.resolve("older")).close())
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("the database is older than letters.log");
    }

    @Test
    void doesNotStartWithoutADatabaseWhileTheLogHasLetters() throws Exception {
        accept(letters.letter());
        open.copyTo(temp.resolve("without"));
        Files.delete(temp.resolve("without/facteur.db"));
        Files.deleteIfExists(temp.resolve("without/facteur.db-wal"));
        try (var folder = StateFolder.open(temp.resolve("without"))) {
            var settings = new DatabaseSettings.InState(folder.path());
            assertThatThrownBy(() -> folder.open(settings)).isInstanceOf(SpoolException.class)
                    .hasMessageContaining("letters.log, which holds letters");
        }
    }

    @Test
    void isEmptyOnceTheSpoolIsClosed() throws Exception {
        relayed(accept(letters.letter()));
        open.close();
        assertThat(LetterLogReplay.hasLetters(open.state())).isFalse();
        open();
        assertThat(open.behind("select count(*) from letter")).contains("1");
    }

    /// What a letter says isn't kept when it has ended: in the file neither, a minute later, or at a stop.
    @Test
    void overwritesWhatIsInTheTables() throws Exception {
        var leased = accept(letters.letter());
        relayed(leased);
        open.pass(Duration.ofMillis(200));
        open.update();
        assertThat(file()).as("it may be there for a while").contains(leased.id().text());
        open.pass(Duration.ofMinutes(1));
        open.update();
        await().untilAsserted(() -> assertThat(file()).isBlank());

        var last = accept(letters.letter());
        relayed(last);
        assertThat(file()).contains(last.id().text());
        open.close();
        assertThat(file()).isBlank();
        assertThat(Files.size(open.state().resolve(LetterLog.NAME))).isEqualTo(LetterLog.SIZE_BYTES);
    }

    private String file() throws IOException {
        return Files.readString(open.state().resolve(LetterLog.NAME), StandardCharsets.ISO_8859_1).replace('\0', ' ');
    }
}
