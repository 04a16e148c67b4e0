package facteur.spool;

import static facteur.spool.Letters.NOON;
import static facteur.spool.Letters.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.mail.letter.Addressed;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.RouteId;
import facteur.mail.message.Body;
import facteur.mail.message.Header;
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
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [Spool] promises.
abstract class SpoolContract extends LetterKeyContract {
    private LeasedLetter claimOne() throws SpoolException {
        return ((ClaimedWork.Now) spool().due(Letters.ROUTE, NOON, 1)).letters().getFirst();
    }

    private static ForwardPath to(String address) {
        return ForwardPath.of(Address.of(address));
    }

    private static List<Recipient> relayed(LeasedLetter letter) {
        return letter.recipients().stream()
                .map(recipient -> recipient.with(Recipient.Status.RELAYED, "250 2.0.0 ok"))
                .toList();
    }

    @Test
    void isIdleWhenEmpty() throws Exception {
        assertThat(spool().due(Letters.ROUTE, NOON, 10)).isEqualTo(new ClaimedWork.Idle());
    }

    @Test
    void handsTheAcceptedLetterToItsCaller() throws Exception {
        var letter = letters.letter();
        var spooled = spool().acceptActive(Letters.ROUTE, letter);
        assertThat(spooled.letter().envelope()).isEqualTo(letter.envelope());
        assertThat(spooled.attempts()).isZero();
        assertThat(spooled.recipients()).containsExactly(Recipient.pending(to("an@client.example")));
        assertThat(spool().due(Letters.ROUTE, NOON.plusSeconds(99), 10)).isEqualTo(new ClaimedWork.Idle());
    }

    @Test
    void saysWhenTheNextLetterIsDue() throws Exception {
        Letters.defer(spool(), letters.letter(), NOON.plusSeconds(9));
        Letters.defer(spool(), letters.letter(), NOON.plusSeconds(5));
        assertThat(spool().due(Letters.ROUTE, NOON, 10)).isEqualTo(new ClaimedWork.At(NOON.plusSeconds(5)));
    }

    @Test
    void givesEverythingBackThatWasAccepted() throws Exception {
        var letter = letters.letter();
        Letters.defer(spool(), letter, NOON);
        var read = claimOne().letter();
        assertThat(read.id()).isEqualTo(letter.id());
        assertThat(read.acceptedAt()).isEqualTo(NOON);
        assertThat(read.provenance()).isEqualTo(letter.provenance());
        assertThat(read.envelope()).isEqualTo(letter.envelope());
        assertThat(read.originalReversePath()).isEqualTo(letter.originalReversePath());
        assertThat(Letters.octets(read)).isEqualTo(Letters.octets(letter));
    }

    /// Semicolons, quotes, escapes and the words of others' columns: values, never syntax.
    @Test
    void givesBackWhatTheAppSaidOfReports() throws Exception {
        var paths = List.of(
                new ForwardPath(
                        Address.of("a@x.example"),
                        Optional.of(Notify.of("NEVER")),
                        Optional.of(OriginalRecipient.of("rfc822;a';--,+3D+20\"@x.example"))),
                new ForwardPath(
                        Address.of("jörg@x.example"),
                        Optional.of(Notify.of("SUCCESS,DELAY")),
                        Optional.of(OriginalRecipient.of("utf-8;jörg\\x{4E2D}@x.example"))),
                to("b@x.example"));
        var dsn = new DsnRequest(Optional.of(ReturnContent.FULL), Optional.of(new Xtext("a;b'c\"+3Dd+20e")));
        var envelope = new Envelope(ReversePath.NULL, paths, BodyType.SEVEN_BIT, HeaderEncoding.UTF8, dsn);
        Letters.defer(spool(),
                letters.letter(envelope, ReversePath.NULL, Letters.PROVENANCE, new Message(Letters.header(), new MemoryBody(new byte[0]))),
                NOON);
        var read = claimOne();
        assertThat(read.letter().envelope()).isEqualTo(envelope);
        assertThat(read.pending()).isEqualTo(paths);
    }

    @Test
    void handsOutTheLongestOverdueFirstAndNoMoreThanAsked() throws Exception {
        var late = letters.letter();
        var later = letters.letter();
        var latest = letters.letter();
        Letters.defer(spool(), latest, NOON);
        Letters.defer(spool(), late, NOON.minusSeconds(2));
        Letters.defer(spool(), later, NOON.minusSeconds(1));
        assertThat(ids(spool().due(Letters.ROUTE, NOON, 2))).containsExactly(late.id(), later.id());
        assertThat(ids(spool().due(Letters.ROUTE, NOON, 2))).containsExactly(latest.id());
        assertThat(spool().due(Letters.ROUTE, NOON, 2)).isEqualTo(new ClaimedWork.Idle());
    }

    private Letter of(String office) {
        var letter = letters.letter();
        var why = Letters.PROVENANCE;
        return new Letter(
                letter.id(),
                NOON,
                new Provenance(
                        why.app(), new Provenance.Office(office), why.context(), why.relation(), why.sender(), why.decision(), why.trace(),
                        why.kind()),
                letter.envelope(),
                letter.originalReversePath(),
                letter.message());
    }

    private QueueId waits(Letter letter) throws SpoolException {
        spool().acceptWaiting(Map.of(Letters.ROUTE, letter));
        return letter.id();
    }

    @Test
    void officesTakeTurnsHoweverManyLettersTheyHave() throws Exception {
        var many = new ArrayList<QueueId>();
        for (var i = 0; i < 20; i++) {
            many.add(waits(of("dupont")));
        }
        var one = waits(of("durand"));
        assertThat(ids(spool().due(Letters.ROUTE, NOON, 4))).hasSize(4).contains(one, many.get(0), many.get(1), many.get(2));
        // Who comes later is not behind what dupont has had before.
        var late = waits(of("dubois"));
        assertThat(ids(spool().due(Letters.ROUTE, NOON, 2))).containsExactlyInAnyOrder(many.get(3), late);
        assertThat(ids(spool().due(Letters.ROUTE, NOON, 99))).containsExactlyElementsOf(many.subList(4, 20));
        assertThat(spool().due(Letters.ROUTE, NOON, 99)).isEqualTo(new ClaimedWork.Idle());
    }

    @Test
    void newLettersAndThoseToBeTriedAgainGetHalfEach() throws Exception {
        var again = new ArrayList<QueueId>();
        var fresh = new ArrayList<QueueId>();
        for (var i = 0; i < 10; i++) {
            var letter = letters.letter();
            Letters.defer(spool(), letter, NOON.minusSeconds(10 - i));
            again.add(letter.id());
            fresh.add(waits(letters.letter()));
        }
        assertThat(ids(spool().due(Letters.ROUTE, NOON, 8)))
                .hasSize(8)
                .containsAll(again.subList(0, 4))
                .containsAll(fresh.subList(0, 4));
        assertThat(ids(spool().due(Letters.ROUTE, NOON.minusSeconds(60), 8))).containsExactlyElementsOf(fresh.subList(4, 10));
        assertThat(ids(spool().due(Letters.ROUTE, NOON, 99))).containsExactlyElementsOf(again.subList(4, 10));
    }

    @Test
    void aLetterThatWasTriedWaitsUntilItIsDue() throws Exception {
        waits(letters.letter());
        var claimed = claimOne();
        spool().settle(claimed, claimed.recipients(), new QueueState.Deferred(NOON.plusSeconds(60)));
        assertThat(spool().due(Letters.ROUTE, NOON, 1)).isEqualTo(new ClaimedWork.At(NOON.plusSeconds(60)));
    }

    @Test
    void recallsWhatIsDueLaterThanAnythingCanBe() throws Exception {
        var stray = letters.letter();
        var patient = letters.letter();
        Letters.defer(spool(), stray, NOON.plus(Duration.ofDays(3)));
        Letters.defer(spool(), patient, NOON.plus(Duration.ofHours(4)));
        var waiting = waits(letters.letter());
        spool().recall(new RouteId("other"), NOON.plus(Duration.ofHours(5)), NOON);
        assertThat(ids(spool().due(Letters.ROUTE, NOON, 9))).containsExactly(waiting);
        spool().recall(Letters.ROUTE, NOON.plus(Duration.ofHours(5)), NOON);
        assertThat(ids(spool().due(Letters.ROUTE, NOON, 9))).containsExactly(stray.id());
        assertThat(spool().due(Letters.ROUTE, NOON, 9)).isEqualTo(new ClaimedWork.At(NOON.plus(Duration.ofHours(4))));
    }

    @Test
    void bringsForwardWhatWaits() throws Exception {
        var late = letters.letter();
        var due = letters.letter();
        Letters.defer(spool(), late, NOON.plus(Duration.ofHours(2)).plusSeconds(60));
        Letters.defer(spool(), due, NOON.minusSeconds(5));
        var held = spool().acceptActive(Letters.ROUTE, letters.letter());
        spool().settle(held, held.recipients(), new QueueState.Held("by operator"));
        spool().bringForward(NOON, Duration.ofHours(2));
        assertThat(ids(spool().due(Letters.ROUTE, NOON, 9))).containsExactly(due.id());
        assertThat(spool().due(Letters.ROUTE, NOON, 9)).isEqualTo(new ClaimedWork.At(NOON.plusSeconds(60)));
        spool().bringForward(NOON, Duration.ofDays(300));
        assertThat(ids(spool().due(Letters.ROUTE, NOON, 9))).containsExactly(late.id());
        assertThat(spool().due(Letters.ROUTE, NOON.plus(Duration.ofDays(900)), 9)).isEqualTo(new ClaimedWork.Idle());
    }

    @Test
    void handsOutTheLettersOfOneRouteOnly() throws Exception {
        var other = new RouteId("other");
        var here = waits(letters.letter());
        var there = letters.letter();
        spool().acceptWaiting(Map.of(other, there));
        var late = spool().acceptActive(other, letters.letter());
        spool().putOff(late, late.recipients(), List.of(), NOON);
        assertThat(ids(spool().due(Letters.ROUTE, NOON, 9))).containsExactly(here);
        assertThat(spool().olderThan(Letters.ROUTE, NOON.plusSeconds(9), NOON.plusSeconds(9), 9).letters()).isEmpty();
        assertThat(ids(spool().due(other, NOON, 9))).containsExactlyInAnyOrder(there.id(), late.id());
        assertThat(spool().due(other, NOON, 9)).isEqualTo(new ClaimedWork.Idle());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 400_000})
    void keepsEachPartOfALetterWithItsBody(int size) throws Exception {
        var octets = Letters.random(size);
        var first = letters.letter(Letters.inFile(spool(), octets), "an@client.example");
        var second = letters.letter().withMessage(first.message());
        var other = new RouteId("other");
        spool().acceptWaiting(Map.of(Letters.ROUTE, first, other, second));
        var left = claimOne();
        assertThat(body(left.letter())).isEqualTo(octets);
        spool().settle(left, relayed(left), new QueueState.Ended(NOON));
        assertThat(body(((ClaimedWork.Now) spool().due(other, NOON, 1)).letters().getFirst().letter())).isEqualTo(octets);
    }

    @Test
    void keepsNoPartWhenOneIsRefused() throws Exception {
        var there = letters.letter();
        waits(there);
        var before = claimOne();
        assertThat(before.id()).isEqualTo(there.id());
        var first = letters.letter(Letters.inFile(spool(), Letters.random(1000)), "an@client.example");
        var parts = new LinkedHashMap<RouteId, Letter>();
        parts.put(Letters.ROUTE, first);
        parts.put(new RouteId("other"), there.withMessage(first.message()));
        assertThatThrownBy(() -> spool().acceptWaiting(parts)).isInstanceOf(SpoolException.class);
        assertThat(spool().due(Letters.ROUTE, NOON, 9)).isEqualTo(new ClaimedWork.Idle());
        assertThat(spool().due(new RouteId("other"), NOON, 9)).isEqualTo(new ClaimedWork.Idle());
    }

    @Test
    void givesLettersThatWaitAnotherRoute() throws Exception {
        var gone = new RouteId("gone");
        var fresh = letters.letter();
        spool().acceptWaiting(Map.of(gone, fresh));
        var tried = spool().acceptActive(gone, letters.letter(new MemoryBody(new byte[9]), "a@x.example", "b@x.example"));
        var recipients = new ArrayList<>(tried.recipients());
        recipients.set(0, recipients.getFirst().with(Recipient.Status.RELAYED, "250 ok"));
        spool().settle(tried, recipients, new QueueState.Deferred(NOON));
        var active = spool().acceptActive(gone, letters.letter());
        waits(letters.letter());
        assertThat(spool().routes()).containsExactlyInAnyOrder(gone, Letters.ROUTE);

        var asked = new ArrayList<Addressed>();
        var there = new RouteId("there");
        var first = spool().waiting(gone, 1);
        assertThat(spool().reroute(gone, rerouted(first, there))).isEqualTo(1);
        var second = spool().waiting(gone, 9);
        second.forEach(letter -> asked.add(letter.addressed()));
        assertThat(spool().reroute(gone, rerouted(second, there))).isEqualTo(1);
        assertThat(spool().waiting(gone, 9)).isEmpty();
        assertThat(spool().reroute(gone, rerouted(second, there))).as("gone already").isZero();
        assertThat(spool().routes()).containsExactlyInAnyOrder(there, Letters.ROUTE);
        assertThat(ids(spool().due(there, NOON, 9))).containsExactlyInAnyOrder(fresh.id(), tried.id());
        assertThat(asked).singleElement().satisfies(letter -> {
            assertThat(letter.provenance()).isEqualTo(Letters.PROVENANCE);
            assertThat(letter.header().all("Subject")).hasSize(1);
        });
        spool().settle(active, active.recipients(), new QueueState.Deferred(NOON));
        assertThat(spool().routes()).containsExactlyInAnyOrder(gone, Letters.ROUTE);
    }

    private static List<WaitingLetter.Rerouted> rerouted(List<WaitingLetter> letters, RouteId to) {
        return letters.stream().map(letter -> new WaitingLetter.Rerouted(letter, to)).toList();
    }

    @Test
    void leavesLettersTheirRouteThatWereClaimedSince() throws Exception {
        waits(letters.letter());
        var read = spool().waiting(Letters.ROUTE, 9);
        var claimed = claimOne();
        assertThat(spool().reroute(Letters.ROUTE, rerouted(read, new RouteId("there")))).as("active").isZero();
        spool().settle(claimed, claimed.recipients(), new QueueState.Deferred(NOON));
        assertThat(spool().reroute(Letters.ROUTE, rerouted(read, new RouteId("there")))).as("tried since").isZero();
        assertThat(spool().routes()).containsExactly(Letters.ROUTE);
    }

    @Test
    void defersWithTheAttemptCounted() throws Exception {
        var spooled = spool().acceptActive(Letters.ROUTE, letters.letter());
        spool().settle(spooled, spooled.recipients(), new QueueState.Deferred(NOON.plusSeconds(60)));
        assertThat(spool().due(Letters.ROUTE, NOON, 1)).isEqualTo(new ClaimedWork.At(NOON.plusSeconds(60)));
        var again = ((ClaimedWork.Now) spool().due(Letters.ROUTE, NOON.plusSeconds(60), 1)).letters().getFirst();
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.lease().epoch()).isGreaterThan(spooled.lease().epoch());
    }

    @Test
    void putsOffWithoutAnAttempt() throws Exception {
        var spooled = spool().acceptActive(Letters.ROUTE, letters.letter());
        var recipients = spooled.recipients().stream().map(each -> each.with(Recipient.Status.PENDING, "refused")).toList();
        spool().putOff(spooled, recipients, List.of(), NOON.plusSeconds(1));
        assertThat(spool().due(Letters.ROUTE, NOON, 1)).isEqualTo(new ClaimedWork.At(NOON.plusSeconds(1)));
        var again = ((ClaimedWork.Now) spool().due(Letters.ROUTE, NOON.plusSeconds(1), 1)).letters().getFirst();
        assertThat(again.attempts()).isZero();
        assertThat(again.recipients()).isEqualTo(recipients);
        spool().putOff(spooled, spooled.recipients(), List.of(), NOON);
        assertThat(spool().due(Letters.ROUTE, NOON.plusSeconds(99), 1)).isEqualTo(new ClaimedWork.Idle());
    }

    @Test
    void remembersThatTheAppWasToldOfTheDelay() throws Exception {
        var spooled = spool().acceptActive(Letters.ROUTE, letters.letter());
        assertThat(spooled.warnedAt()).isEmpty();
        spool().noteWarning(spooled, NOON);
        spool().settle(spooled, spooled.recipients(), new QueueState.Deferred(NOON));
        assertThat(claimOne().warnedAt()).contains(NOON);
    }

    @Test
    void handsOutTheOldestThatAreDue() throws Exception {
        var first = letters.letter();
        var second = letters.letter();
        Letters.defer(spool(), second, NOON.minusSeconds(9));
        Letters.defer(spool(), first, NOON.plusSeconds(9));
        spool().acceptActive(Letters.ROUTE, letters.letter());
        assertThat(ids(spool().olderThan(Letters.ROUTE, NOON, NOON.plusSeconds(9), 10))).isEmpty();
        assertThat(ids(spool().olderThan(Letters.ROUTE, NOON.plusSeconds(60), NOON.minusSeconds(10), 10))).isEmpty();
        var handedOut = new ArrayList<>(ids(spool().olderThan(Letters.ROUTE, NOON.plusSeconds(60), NOON.plusSeconds(9), 1)));
        assertThat(handedOut).hasSize(1);
        handedOut.addAll(ids(spool().olderThan(Letters.ROUTE, NOON.plusSeconds(60), NOON.plusSeconds(9), 10)));
        assertThat(handedOut).containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(ids(spool().olderThan(Letters.ROUTE, NOON.plusSeconds(60), NOON.plusSeconds(9), 10))).isEmpty();
    }

    @Test
    void forgetsNothingOfALetterThatEnds() throws Exception {
        Letters.defer(spool(), letters.letter(), NOON);
        var spooled = claimOne();
        spool().settle(spooled, relayed(spooled), new QueueState.Ended(NOON));
        assertThat(spool().due(Letters.ROUTE, NOON.plusSeconds(99), 1)).isEqualTo(new ClaimedWork.Idle());
    }

    @Test
    void neverHandsOutALetterOnHold() throws Exception {
        var spooled = spool().acceptActive(Letters.ROUTE, letters.letter());
        spool().settle(spooled, spooled.recipients(), new QueueState.Held("asked for"));
        assertThat(spool().due(Letters.ROUTE, NOON.plusSeconds(99), 1)).isEqualTo(new ClaimedWork.Idle());
    }

    @Test
    void releasesWithoutAnAttempt() throws Exception {
        var spooled = spool().acceptActive(Letters.ROUTE, letters.letter());
        spool().putOff(spooled, spooled.recipients(), List.of(), NOON);
        var again = claimOne();
        assertThat(again.id()).isEqualTo(spooled.id());
        assertThat(again.attempts()).isZero();
    }

    @Test
    void refusesToSettleAsActive() throws Exception {
        var spooled = spool().acceptActive(Letters.ROUTE, letters.letter());
        assertThatThrownBy(() -> spool().settle(spooled, spooled.recipients(), new QueueState.Active(spooled.lease())))
                .hasStackTraceContaining("IllegalArgumentException");
    }

    @Test
    void keepsEachRecipientsOwnFate() throws Exception {
        var spooled = spool().acceptActive(Letters.ROUTE,
                letters.letter(new MemoryBody(new byte[0]), "a@x.example", "b@x.example", "c@x.example", "a@x.example"));
        var fates = new ArrayList<>(spooled.recipients());
        fates.set(0, fates.get(0).with(Recipient.Status.RELAYED, "250 2.1.5 ok"));
        fates.set(1, fates.get(1).with(Recipient.Status.FAILED, "550 5.1.1 no 'such' \"user\" 100%"));
        fates.set(2, fates.get(2).with(Recipient.Status.PENDING, "450 4.2.0 later"));
        spool().settle(spooled, fates, new QueueState.Deferred(NOON));
        var again = claimOne();
        assertThat(again.recipients()).isEqualTo(fates);
        assertThat(again.pending()).containsExactly(to("c@x.example"), to("a@x.example"));
    }

    @Test
    void letsALostLeaseChangeNothing() throws Exception {
        var first = spool().acceptActive(Letters.ROUTE, letters.letter());
        spool().putOff(first, first.recipients(), List.of(), NOON);
        var second = claimOne();
        spool().settle(first, relayed(first), new QueueState.Ended(NOON));
        spool().putOff(first, first.recipients(), List.of(), NOON);
        assertThat(spool().due(Letters.ROUTE, NOON, 1)).isEqualTo(new ClaimedWork.Idle());
        spool().settle(second, second.recipients(), new QueueState.Deferred(NOON));
        var third = claimOne();
        assertThat(third.recipients()).isEqualTo(first.recipients());
        assertThat(third.attempts()).isEqualTo(1);
    }

    @Test
    void keepsEveryOctet() throws Exception {
        var octets = new byte[512];
        for (var i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
        }
        var letter = letters.letter(octets);
        Letters.defer(spool(), letter, NOON);
        assertThat(Letters.octets(claimOne().letter())).isEqualTo(Letters.octets(letter));
    }

    @Test
    void keepsALetterWithoutHeaderAndBody() throws Exception {
        var some = letters.letter();
        var letter = letters.letter(
                some.envelope(),
                ReversePath.NULL,
                some.provenance(),
                new Message(new Header(List.of()), new MemoryBody(new byte[0])));
        Letters.defer(spool(), letter, NOON);
        assertThat(Letters.octets(claimOne().letter())).isEqualTo(new byte[] {'\r', '\n'});
    }

    @Test
    void keepsALargeBodyThatArrivedInAFile() throws Exception {
        var octets = Letters.random(300 * 1024);
        var arrived = Letters.inFile(spool(), octets);
        var letter = letters.letter(arrived, "an@client.example");
        var spooled = spool().acceptActive(Letters.ROUTE, letter);
        assertThat(arrived.file()).doesNotExist();
        assertThat(body(spooled.letter())).isEqualTo(octets);
        spool().putOff(spooled, spooled.recipients(), List.of(), NOON);
        assertThat(body(claimOne().letter())).isEqualTo(octets);
    }

    private static byte[] body(Letter letter) throws IOException {
        var whole = Letters.octets(letter);
        var start = (int) letter.message().header().sizeBytes() + 2;
        return Arrays.copyOfRange(whole, start, whole.length);
    }

    @Test
    void keepsLettersOf64AppsAtOnce() throws Exception {
        var accepted = new ArrayList<Future<QueueId>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 64; i++) {
                var letter = letters.letter();
                accepted.add(threads.submit(() -> {
                    Letters.defer(spool(), letter, NOON);
                    return letter.id();
                }));
            }
        }
        var expected = new ArrayList<QueueId>();
        for (var each : accepted) {
            expected.add(each.get());
        }
        assertThat(ids(spool().due(Letters.ROUTE, NOON, 100))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"o'neil; drop table letter--\"@x.example", "%s?${octets}@x.example", "jörg@bücher.example",
        "\"two  blanks\"@[IPv6:2001:db8::1]", "日本@x.example"})
    void keepsOddAddressesAndWords(String address) throws Exception {
        var odd = Address.of(address);
        var envelope = new Envelope(ReversePath.of(odd), List.of(odd, odd), BodyType.SEVEN_BIT, HeaderEncoding.UTF8);
        var provenance = Provenance.parse(
                address, "'", "\"", "%", "\\", ";", "\u0001\uD83D\uDC8C", "", "v57\u0007", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        var letter = letters.letter(envelope, ReversePath.NULL, provenance, letters.letter().message());
        Letters.defer(spool(), letter, NOON);
        var read = claimOne().letter();
        assertThat(read.envelope().toString()).isEqualTo(envelope.toString());
        assertThat(read.provenance()).isEqualTo(provenance);
        assertThat(read.originalReversePath()).isEqualTo(ReversePath.NULL);
    }

    @Test
    void refusesASecondLetterOfTheSameIdAndKeepsTheFirst() throws Exception {
        var octets = Letters.random(1000);
        var first = letters.letter(Letters.inFile(spool(), octets), "an@client.example");
        Letters.defer(spool(), first, NOON);
        for (Body body : List.of(Letters.inFile(spool(), new byte[7]), new MemoryBody(new byte[7]))) {
            var second = new Letter(
                    first.id(), NOON, first.provenance(), first.envelope(), ReversePath.NULL, new Message(Letters.header(), body));
            assertThatThrownBy(() -> spool().acceptActive(Letters.ROUTE, second)).isInstanceOf(SpoolException.class);
        }
        assertThat(body(claimOne().letter())).isEqualTo(octets);
    }

    @Test
    void leavesNoFileOfARefusedLetter() throws Exception {
        var some = letters.letter();
        Letters.defer(spool(), some, NOON);
        var arrived = Letters.inFile(spool(), new byte[9]);
        var second = new Letter(
                some.id(), NOON, some.provenance(), some.envelope(), ReversePath.NULL, new Message(Letters.header(), arrived));
        assertThatThrownBy(() -> spool().acceptActive(Letters.ROUTE, second)).isInstanceOf(SpoolException.class);
        assertThat(Files.exists(arrived.file())).isFalse();
    }
}
