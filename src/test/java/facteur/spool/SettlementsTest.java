package facteur.spool;

import static facteur.spool.Letters.NOON;
import static facteur.spool.Letters.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.MigratedDatabase;
import facteur.fixture.RecordingJournal;
import facteur.journal.MailEvent;
import facteur.mail.message.MemoryBody;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What became of letters while the database can't be written.
final class SettlementsTest {
    @TempDir
    private Path temp;

    private final Letters letters = new Letters();
    private final RecordingJournal journal = new RecordingJournal();
    private OpenSpool open;

    @BeforeEach
    void open() throws Exception {
        var folder = StateFolder.open(temp);
        var database = MigratedDatabase.open(temp);
        open = new OpenSpool(folder, database, SqlSpool.open(folder, database, 0, () -> NOON, journal));
    }

    @AfterEach
    void close() {
        open.close();
    }

    private Path file() {
        return temp.resolve("unsettled");
    }

    private void readOnly(String onOrOff) throws Exception {
        open.database().inTransaction(statements -> statements.update("pragma query_only = " + onOrOff));
    }

    private LeasedLetter accepted() throws Exception {
        return open.spool().acceptActive(Letters.ROUTE, letters.letter());
    }

    private static List<Recipient> relayed(LeasedLetter letter) {
        return letter.recipients().stream().map(recipient -> recipient.with(Recipient.Status.RELAYED, "250\t\"ok\"\\")).toList();
    }

    private static List<Attempt> attempt(LeasedLetter letter) {
        var number = Math.toIntExact(letter.lease().epoch());
        return List.of(new Attempt(number, 0, NOON, "smarthost", "", "end-of-data", Attempt.Result.RELAYED, "250 ok"));
    }

    private void cannotEnd(LeasedLetter letter) {
        assertThatThrownBy(() -> open.spool().settle(letter, relayed(letter), attempt(letter), new QueueState.Ended(NOON)))
                .isInstanceOf(SpoolException.class);
    }

    @Test
    void keepsWhatItCannotWriteOnceHoweverOftenItIsTried() throws Exception {
        var letter = accepted();
        readOnly("on");
        cannotEnd(letter);
        cannotEnd(letter);
        cannotEnd(letter);
        assertThat(Files.readAllLines(file())).hasSize(1);
        assertThat(file()).satisfies(file -> assertThat(Files.getPosixFilePermissions(file)).hasSize(2));
    }

    @Test
    void writesItAtTheNextStart() throws Exception {
        var letter = accepted();
        var other = accepted();
        readOnly("on");
        cannotEnd(letter);
        close();
        open();
        assertThat(file()).doesNotExist();
        assertThat(ids(open.spool().due(Letters.ROUTE, NOON, 9))).containsExactly(other.id());
        var life = new QueueDesk(open.database(), temp, () -> NOON).life(letter.id()).orElseThrow();
        assertThat(life.recipients().getFirst().lastReply()).isEqualTo("250\t\"ok\"\\");
        assertThat(life.attempts()).hasSize(1);
        assertThat(journal.events(MailEvent.LeaseLost.class)).isEmpty();
    }

    /// It died after the commit.
    @Test
    void writesNothingTwice() throws Exception {
        var ended = accepted();
        var deferred = accepted();
        readOnly("on");
        cannotEnd(ended);
        assertThatThrownBy(() -> open.spool().settle(deferred, deferred.recipients(), attempt(deferred), new QueueState.Deferred(NOON)))
                .isInstanceOf(SpoolException.class);
        var kept = Files.readAllBytes(file());
        close();
        open();
        Files.write(file(), kept);
        close();
        open();
        assertThat(file()).doesNotExist();
        assertThat(journal.events(MailEvent.LeaseLost.class)).isEmpty();
        var due = (ClaimedWork.Now) open.spool().due(Letters.ROUTE, NOON, 9);
        assertThat(due.letters()).extracting(LeasedLetter::id).containsExactly(deferred.id());
        assertThat(due.letters()).extracting(LeasedLetter::attempts).containsExactly(1);
        assertThat(journal.events(MailEvent.SpoolTrouble.class)).isEmpty();
    }

    @Test
    void startsWithAnyContentOfTheFile() throws Exception {
        var letter = accepted();
        readOnly("on");
        cannotEnd(letter);
        Files.writeString(file(), "0badcafe\tnonsense\n\n\0half", StandardOpenOption.APPEND);
        close();
        open();
        assertThat(open.spool().due(Letters.ROUTE, NOON, 9)).isEqualTo(new ClaimedWork.Idle());
        assertThat(file()).doesNotExist();
    }

    /// The attempt was cut short after the first of its transactions.
    @Test
    void keepsWhoHasGotTheLetterSoFar() throws Exception {
        var letter = open.spool().acceptActive(Letters.ROUTE, letters.letter(new MemoryBody(new byte[0]), "an@client.example", "bo@client.example"));
        var soFar = List.of(letter.recipients().getFirst().with(Recipient.Status.RELAYED, "250 ok"), letter.recipients().getLast());
        readOnly("on");
        assertThatThrownBy(() -> open.spool().noteRelayed(letter, soFar)).isInstanceOf(SpoolException.class);
        close();
        open();
        var again = ((ClaimedWork.Now) open.spool().due(Letters.ROUTE, NOON, 9)).letters().getFirst();
        assertThat(again.recipients()).isEqualTo(soFar);
    }

    /// Of what was kept in between, the last counts.
    @Test
    void endsALetterThatHadGoneOn() throws Exception {
        var letter = accepted();
        readOnly("on");
        assertThatThrownBy(() -> open.spool().noteRelayed(letter, relayed(letter))).isInstanceOf(SpoolException.class);
        cannotEnd(letter);
        close();
        open();
        assertThat(open.spool().due(Letters.ROUTE, NOON, 9)).isEqualTo(new ClaimedWork.Idle());
    }
}
