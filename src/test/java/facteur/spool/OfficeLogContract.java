package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.platform.database.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an office sees of the message log: all of its own, and of others' nothing.
abstract class OfficeLogContract {
    private static final Provenance.Office DUPONT = new Provenance.Office("dupont");
    private static final Provenance.Office DURAND = new Provenance.Office("durand");
    private static final int STRETCH = 5;

    private final TestTime accepting = new TestTime();
    private final QueueIds ids = new QueueIds(accepting, new Random(1));

    @TempDir
    Path state;

    private StateFolder folder;
    private Database database;
    private SqlSpool spool;

    abstract Database openDatabase() throws SQLException;

    @BeforeEach
    void open() throws Exception {
        folder = StateFolder.open(state);
        database = openDatabase();
        spool = SqlSpool.open(folder, database, 0, () -> NOON, event -> {});
    }

    @AfterEach
    void close() {
        spool.close();
        database.close();
        folder.close();
    }

    /// A second later than the one before.
    private Letter accepted(Provenance.Office office, String recipient) throws SpoolException {
        return accepted(office, "local", recipient, HeaderEncoding.ASCII);
    }

    private Letter accepted(Provenance.Office office, String app, String recipient, HeaderEncoding encoding) throws SpoolException {
        accepting.advance(Duration.ofSeconds(1));
        var letter = new Letter(
                ids.next(),
                accepting.instant(),
                Provenance.parse(app, office.text(), "invoice", "R-1042", "jan@dupont.example", "from.shared", "context.role", "v42", "v57", ""),
                new Envelope(ReversePath.NULL, List.of(Address.of(recipient)), BodyType.SEVEN_BIT, encoding),
                ReversePath.of(Address.of("app@dupont.example")),
                new Message(
                        Header.parse("From: inbox@relay.example\r\nSubject: private\r\n".getBytes(StandardCharsets.US_ASCII)),
                        new MemoryBody(new byte[9])));
        spool.acceptActive(Letters.ROUTE, letter);
        return letter;
    }

    private OfficeLog log() {
        return log(() -> NOON);
    }

    private OfficeLog log(InstantSource time) {
        return new OfficeLog(database, time, STRETCH);
    }

    /// As many as there are, page by page.
    private List<String> paged(InstantSource time, OfficeLogFilter filter, int limit) throws SpoolException {
        var found = new ArrayList<String>();
        var next = Optional.<String>empty();
        do {
            var page = log(time).letters(DUPONT, filter, next, limit);
            assertThat(page.letters()).hasSizeLessThanOrEqualTo(limit);
            page.letters().forEach(letter -> found.add(letter.id()));
            next = page.next();
            next.ifPresent(place -> assertThat(OfficeLog.isPlace(place)).isTrue());
        } while (next.isPresent());
        return found;
    }

    private List<String> some() throws SpoolException {
        var own = new ArrayList<String>();
        for (var i = 0; i < 23; i++) {
            accepted(DURAND, "client@durand.example");
            if (i % 3 != 1) {
                own.addFirst(accepted(DUPONT, i + "@client.example").id().text());
            }
        }
        return own;
    }

    @Test
    void showsAnOfficeItsOwnLettersTheLatestFirst() throws Exception {
        var own = some();
        assertThat(own).hasSize(15);
        for (var limit : List.of(1, 4, 15, 100)) {
            assertThat(paged(() -> NOON, OfficeLogFilter.ALL, limit)).as("limit %d", limit).isEqualTo(own);
        }
        assertThat(log().letters(new Provenance.Office("nobody"), OfficeLogFilter.ALL, Optional.empty(), 10))
                .isEqualTo(new OfficeLog.Page(List.of(), Optional.empty(), Optional.empty()));
    }

    @Test
    void showsNothingOfAnother() throws Exception {
        var stranger = accepted(DURAND, "client@durand.example");
        assertThat(log().letter(DUPONT, stranger.id())).isEmpty();
        assertThat(log().letter(DURAND, stranger.id())).isPresent();
        assertThat(log().letters(DUPONT, filter("client@durand.example"), Optional.empty(), 9).letters()).isEmpty();
    }

    @Test
    void neverShowsASubject() throws Exception {
        var letter = accepted(DUPONT, "client@one.example");
        var seen = log().letter(DUPONT, letter.id()).orElseThrow();
        assertThat(seen.toString()).doesNotContain("private").contains("inbox@relay.example");
        assertThat(seen.header()).isEmpty();
        assertThat(seen.provenance().decision().cardVersion()).isEqualTo("v57");
        assertThat(log().letters(DUPONT, OfficeLogFilter.ALL, Optional.empty(), 9).letters()).containsExactly(seen);
    }

    @Test
    void findsByAddressAndTime() throws Exception {
        var own = some();
        assertThat(paged(() -> NOON, filter("12@CLIENT.example"), 5)).hasSize(1);
        assertThat(paged(() -> NOON, filter("@client.example"), 4)).isEqualTo(own);
        assertThat(paged(() -> NOON, filter("app@dupont.example"), 100)).isEqualTo(own);
        var middle = accepting.instant().minusSeconds(20);
        var since = paged(() -> NOON, new OfficeLogFilter(Optional.empty(), Optional.of(middle), Optional.empty()), 3);
        var before = paged(() -> NOON, new OfficeLogFilter(Optional.empty(), Optional.empty(), Optional.of(middle)), 3);
        assertThat(since).isNotEmpty().isEqualTo(own.subList(0, since.size()));
        assertThat(before).isNotEmpty().isEqualTo(own.subList(since.size(), own.size()));
    }

    @Test
    void takesAnyTime() throws Exception {
        var own = some();
        for (var time : List.of(Instant.MIN, Instant.EPOCH.minusSeconds(1), Instant.EPOCH)) {
            assertThat(paged(() -> NOON, new OfficeLogFilter(Optional.empty(), Optional.of(time), Optional.empty()), 100)).isEqualTo(own);
            assertThat(paged(() -> NOON, new OfficeLogFilter(Optional.empty(), Optional.empty(), Optional.of(time)), 100)).isEmpty();
        }
        for (var time : List.of(NOON, Instant.parse("+40000-01-01T00:00:00Z"), Instant.MAX)) {
            assertThat(paged(() -> NOON, new OfficeLogFilter(Optional.empty(), Optional.of(time), Optional.empty()), 100)).isEmpty();
            assertThat(paged(() -> NOON, new OfficeLogFilter(Optional.empty(), Optional.empty(), Optional.of(time)), 100)).isEqualTo(own);
        }
    }

    private static OfficeLogFilter filter(String address) {
        return new OfficeLogFilter(Optional.of(address), Optional.empty(), Optional.empty());
    }

    /// Each question reads one stretch, at least.
    @Test
    void saysHowFarItLookedInTheTimeItHas() throws Exception {
        var own = some();
        var page = log(new Hasty()).letters(DUPONT, filter("0@client.example"), Optional.empty(), 10);
        assertThat(page.letters()).isEmpty();
        assertThat(page.next()).isPresent();
        assertThat(page.lookedBackTo().orElseThrow()).isBetween(accepting.instant().minusSeconds(5), accepting.instant());
        assertThat(paged(new Hasty(), OfficeLogFilter.ALL, 100)).isEqualTo(own);
    }

    @Test
    void getsOnWhereAWholeStretchIsOfOneMillisecond() throws Exception {
        var own = new ArrayList<String>();
        for (var i = 0; i < 17; i++) {
            own.add(accepted(DUPONT, i + "@client.example").id().text());
            accepting.advance(Duration.ofSeconds(-1));
        }
        own.sort((one, other) -> other.compareTo(one));
        assertThat(paged(new Hasty(), OfficeLogFilter.ALL, 100)).isEqualTo(own);
    }

    @Test
    void handsOutWhatTheRulesLookedAt() throws Exception {
        accepted(DUPONT, "", "client@one.example", HeaderEncoding.ASCII);
        var wide = accepted(DUPONT, "local", "client@one.example", HeaderEncoding.UTF8);
        accepted(DURAND, "client@one.example");
        var past = new ArrayList<PastLetter>();
        assertThat(log().past(DUPONT, 10, Instant.MAX, past::addAll)).isEmpty();
        assertThat(past).containsExactly(new PastLetter(
                wide.id().text(),
                wide.acceptedAt(),
                new Provenance.Context("invoice"),
                new Provenance.Relation("R-1042"),
                new Provenance.Sender("jan@dupont.example"),
                HeaderEncoding.UTF8));
    }

    @Test
    void handsOutNoMoreThanWantedOrThanThereIsTimeFor() throws Exception {
        var own = some();
        var past = new ArrayList<PastLetter>();
        assertThat(log().past(DUPONT, 7, Instant.MAX, past::addAll)).contains(past.getLast().acceptedAt());
        assertThat(past).extracting(PastLetter::id).isEqualTo(own.subList(0, 7));
        past.clear();
        assertThat(log().past(DUPONT, 100, NOON, past::addAll)).isPresent();
        assertThat(past).extracting(PastLetter::id).hasSizeBetween(1, STRETCH).isEqualTo(own.subList(0, past.size()));
    }

    /// Gives an hour to each look at the clock.
    private static final class Hasty implements InstantSource {
        private Instant now = NOON;

        @Override
        public Instant instant() {
            now = now.plusSeconds(3600);
            return now;
        }
    }

    @Test
    void showsAnOperatorTheLettersOfAllOfficesWithoutTheirHeaders() throws Exception {
        var one = accepted(DUPONT, "an@client.example");
        var other = accepted(DURAND, "jan@client.example");
        var log = new OfficeLog(database, () -> NOON, STRETCH);
        var page = log.letters(OfficeLogFilter.ALL, Optional.empty(), 10);
        assertThat(page.letters()).extracting(LetterHistory::id).containsExactly(other.id().text(), one.id().text());
        assertThat(page.letters()).allSatisfy(letter -> assertThat(letter.header()).isEmpty());
        assertThat(log.letter(one.id()).orElseThrow().header()).isEmpty();
        assertThat(log.letters(OfficeLogFilter.ALL, Optional.empty(), 1).letters()).hasSize(1);
    }
}
