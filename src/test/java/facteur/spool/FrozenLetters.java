package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.mail.message.FileBody;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Notify;
import facteur.mail.smtp.OriginalRecipient;
import facteur.mail.smtp.ReturnContent;
import facteur.mail.smtp.ReversePath;
import facteur.mail.smtp.Xtext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A letter in every state, with all that a letter may have: what is frozen since version 4 of the schema, and must be read back
/// by every later one. Numbers are the order in which they were made, which says their ids.
final class FrozenLetters {
    private static final byte[] EVERY_OCTET = everyOctet();
    private static final List<ForwardPath> PATHS = List.of(
            new ForwardPath(
                    Address.of("client@one.example"),
                    Optional.of(Notify.of("SUCCESS,FAILURE")),
                    Optional.of(OriginalRecipient.of("rfc822;old+2Bclient@one.example"))),
            new ForwardPath(
                    Address.of("jörg@bücher.example"),
                    Optional.of(Notify.of("NEVER")),
                    Optional.of(OriginalRecipient.of("utf-8;jörg\\x{4E2D}@bücher.example"))));
    private static final DsnRequest DSN = new DsnRequest(Optional.of(ReturnContent.FULL), Optional.of(new Xtext("QQ+20314159;a+3Db")));
    private static final Recipient RELAYED = new Recipient(PATHS.getFirst(), Recipient.Status.RELAYED, "250 2.0.0 queued");
    private static final Recipient WAITING = new Recipient(PATHS.getLast(), Recipient.Status.PENDING, "450 4.2.1 later");

    private static final int TRIED = 0;
    private static final int PUT_OFF = 1;
    private static final int LARGE = 2;
    private static final int ACTIVE = 3;
    private static final int ACTIVE_TO_BE_HELD = 4;
    private static final int HELD_BY_OPERATOR = 5;
    private static final int SET_ASIDE = 6;
    private static final int ENDED = 7;
    private static final int FAILED = 8;
    private static final int REMOVED = 9;
    static final int COUNT = 10;

    private FrozenLetters() {}

    private static Attempt attempt(int number, int position, Attempt.Result result, String reply) {
        return new Attempt(number, position, NOON, "smarthost", "", "rcpt", result, reply);
    }

    static void write(OpenSpool open, Path state) throws Exception {
        var spool = open.spool();
        var letters = new Letters();
        var desk = new QueueDesk(open.database(), state, () -> NOON);

        var tried = spool.acceptActive(Letters.ROUTE, letters.letter(
                new Envelope(ReversePath.NULL, PATHS, BodyType.EIGHT_BIT, HeaderEncoding.UTF8, DSN),
                ReversePath.of(Address.of("jan@dupont.example")),
                Letters.PROVENANCE,
                new Message(Letters.header(), new MemoryBody(EVERY_OCTET))));
        spool.noteWarning(tried, NOON);
        var results = List.of(
                attempt(1, 0, Attempt.Result.RELAYED, "250 2.0.0 queued"),
                attempt(1, 1, Attempt.Result.TEMP_FAILED, "450 4.2.1 later"));
        spool.settle(tried, List.of(RELAYED, WAITING), results, new QueueState.Deferred(NOON.plusSeconds(60)));

        var putOff = spool.acceptActive(Letters.ROUTE, letters.letter());
        spool.putOff(
                putOff, putOff.recipients(), List.of(attempt(1, 0, Attempt.Result.IN_DOUBT, "no reply")), NOON.plusSeconds(120));
        Letters.defer(spool, letters.letter(Letters.inFile(spool, Letters.random(5000)), "an@client.example"), NOON.plusSeconds(180));
        spool.acceptActive(Letters.ROUTE, letters.letter());
        var active = spool.acceptActive(Letters.ROUTE, letters.letter());
        assertThat(desk.move(QueueAct.HOLD, List.of(active.id()))).containsExactly(MoveResult.HELD_LATER);
        var toHold = letters.letter();
        Letters.defer(spool, toHold, NOON);
        assertThat(desk.move(QueueAct.HOLD, List.of(toHold.id()))).containsExactly(MoveResult.HELD);
        var aside = spool.acceptActive(Letters.ROUTE, letters.letter(Letters.inFile(spool, Letters.random(300)), "an@client.example"));
        spool.settle(aside, aside.recipients(), new QueueState.Held("internal error: a bug"));
        end(spool, letters.letter(), Recipient.Status.RELAYED, Attempt.Result.RELAYED, "250 2.0.0 queued");
        end(spool, letters.letter(), Recipient.Status.FAILED, Attempt.Result.PERM_FAILED, "550 5.1.1 no such user");
        var removed = letters.letter();
        Letters.defer(spool, removed, NOON);
        assertThat(desk.move(QueueAct.REMOVE, List.of(removed.id()))).containsExactly(MoveResult.REMOVED);
    }

    private static void end(
            SqlSpool spool, Letter letter, Recipient.Status status, Attempt.Result result, String reply) throws SpoolException {
        var spooled = spool.acceptActive(Letters.ROUTE, letter);
        var recipients = spooled.recipients().stream().map(recipient -> recipient.with(status, reply)).toList();
        spool.settle(spooled, recipients, List.of(attempt(1, 0, result, reply)), new QueueState.Ended(NOON.plusSeconds(1)));
    }

    /// Nothing of it is lost, and all that is not on hold is handed out.
    static void check(OpenSpool open, Path state) throws Exception {
        check(open, state, 0);
    }

    /// @param ended how many more there are, which have ended
    static void check(OpenSpool open, Path state, int ended) throws Exception {
        var letters = new Letters();
        var ids = IntStream.range(0, COUNT).mapToObj(_ -> letters.letter().id()).toList();
        var spool = open.spool();
        var desk = new QueueDesk(open.database(), state, () -> NOON);
        checkStates(desk, ids);

        assertThat(desk.move(QueueAct.RELEASE, Stream.of(ACTIVE_TO_BE_HELD, HELD_BY_OPERATOR, SET_ASIDE).map(ids::get).toList()))
                .containsOnly(MoveResult.RELEASED);
        // A letter that is older than routes has none yet.
        var route = spool.routes().stream().findFirst().orElseThrow();
        var due = (ClaimedWork.Now) spool.due(route, NOON.plusSeconds(3600), 100);
        assertThat(due.corrupt()).isEmpty();
        assertThat(due.letters()).extracting(LeasedLetter::id).containsExactlyInAnyOrderElementsOf(ids.subList(0, ENDED));
        var tried = find(due, ids.get(TRIED));
        assertThat(tried.recipients()).containsExactly(RELAYED, WAITING);
        assertThat(tried.attempts()).isEqualTo(1);
        assertThat(tried.warnedAt()).contains(NOON);
        assertThat(tried.letter().envelope())
                .isEqualTo(new Envelope(ReversePath.NULL, PATHS, BodyType.EIGHT_BIT, HeaderEncoding.UTF8, DSN));
        assertThat(tried.letter().originalReversePath()).hasToString("<jan@dupont.example>");
        assertThat(tried.letter().provenance()).isEqualTo(Letters.PROVENANCE);
        assertThat(tried.letter().acceptedAt()).isEqualTo(NOON);
        checkOctets(tried, EVERY_OCTET);
        assertThat(find(due, ids.get(PUT_OFF)).attempts()).isZero();
        var large = find(due, ids.get(LARGE));
        assertThat(large.letter().message().body()).isInstanceOf(FileBody.class);
        assertThat(large.warnedAt()).isEmpty();
        checkOctets(large, Letters.random(5000));
        checkOctets(find(due, ids.get(SET_ASIDE)), Letters.random(300));
        for (var letter : due.letters()) {
            spool.settle(letter, letter.recipients(), new QueueState.Ended(NOON));
        }
        assertThat(spool.due(route, NOON.plusSeconds(3600), 100)).isEqualTo(new ClaimedWork.Idle());
        assertThat(spool.upkeep().purge(NOON.plusSeconds(3600))).isEqualTo(COUNT + ended);
    }

    private static void checkStates(QueueDesk desk, List<QueueId> ids) throws SpoolException {
        assertThat(desk.line(ids.get(TRIED)).map(QueueLine::standing)).contains(QueueStatus.DEFERRED);
        assertThat(desk.line(ids.get(ACTIVE)).map(QueueLine::standing)).contains(QueueStatus.DEFERRED);
        assertThat(desk.line(ids.get(ACTIVE_TO_BE_HELD)).map(QueueLine::standing)).contains(QueueStatus.HOLD);
        assertThat(desk.line(ids.get(HELD_BY_OPERATOR)).map(QueueLine::holdReason)).contains("by operator");
        assertThat(desk.line(ids.get(SET_ASIDE)).map(QueueLine::holdReason)).contains("internal error: a bug");
        assertThat(desk.life(ids.get(TRIED)).orElseThrow().attempts())
                .containsExactly(
                        attempt(1, 0, Attempt.Result.RELAYED, "250 2.0.0 queued"),
                        attempt(1, 1, Attempt.Result.TEMP_FAILED, "450 4.2.1 later"));
        assertThat(desk.life(ids.get(PUT_OFF)).orElseThrow().attempts())
                .containsExactly(attempt(1, 0, Attempt.Result.IN_DOUBT, "no reply"));
        var ends = List.of("relayed 250 2.0.0 queued", "failed 550 5.1.1 no such user", "removed ");
        for (var i = ENDED; i <= REMOVED; i++) {
            var life = desk.life(ids.get(i)).orElseThrow();
            assertThat(life.endedAt()).isPresent();
            assertThat(life.recipients())
                    .extracting(recipient -> recipient.status() + " " + recipient.lastReply())
                    .containsExactly(ends.get(i - ENDED));
        }
        assertThat(desk.life(ids.get(FAILED)).orElseThrow().attempts())
                .containsExactly(attempt(1, 0, Attempt.Result.PERM_FAILED, "550 5.1.1 no such user"));
    }

    private static LeasedLetter find(ClaimedWork.Now due, QueueId id) {
        return due.letters().stream().filter(letter -> letter.id().equals(id)).findFirst().orElseThrow();
    }

    private static void checkOctets(LeasedLetter letter, byte[] body) throws IOException {
        var header = Letters.octets(new Letters().letter(new byte[0]));
        assertThat(Letters.octets(letter.letter())).startsWith(header).endsWith(body).hasSize(header.length + body.length);
    }

    private static byte[] everyOctet() {
        var octets = new byte[256];
        for (var i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
        }
        return octets;
    }
}
