package facteur.spool;

import static facteur.spool.Letters.NOON;
import static facteur.spool.Letters.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.message.Body;
import facteur.message.Header;
import facteur.message.MemoryBody;
import facteur.message.Message;
import facteur.smtp.Address;
import facteur.smtp.BodyType;
import facteur.smtp.DsnRequest;
import facteur.smtp.Envelope;
import facteur.smtp.ForwardPath;
import facteur.smtp.HeaderEncoding;
import facteur.smtp.Notify;
import facteur.smtp.OriginalRecipient;
import facteur.smtp.ReturnContent;
import facteur.smtp.ReversePath;
import facteur.smtp.Xtext;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [Spool] promises.
abstract class SpoolContract {
    final Letters letters = new Letters();

    abstract Spool spool();

    private Spooled claimOne() throws SpoolException {
        return ((Due.Now) spool().due(NOON, 1)).letters().getFirst();
    }

    private static ForwardPath to(String address) {
        return ForwardPath.of(Address.of(address));
    }

    private static List<Recipient> relayed(Spooled letter) {
        return letter.recipients().stream()
                .map(recipient -> recipient.with(Recipient.Status.RELAYED, "250 2.0.0 ok"))
                .toList();
    }

    @Test
    void isIdleWhenEmpty() throws Exception {
        assertThat(spool().due(NOON, 10)).isEqualTo(new Due.Idle());
    }

    @Test
    void handsTheAcceptedLetterToItsCaller() throws Exception {
        var letter = letters.letter();
        var spooled = spool().acceptActive(letter);
        assertThat(spooled.letter().envelope()).isEqualTo(letter.envelope());
        assertThat(spooled.attempts()).isZero();
        assertThat(spooled.recipients()).containsExactly(Recipient.pending(to("an@client.example")));
        assertThat(spool().due(NOON.plusSeconds(99), 10)).isEqualTo(new Due.Idle());
    }

    @Test
    void saysWhenTheNextLetterIsDue() throws Exception {
        spool().acceptDeferred(letters.letter(), NOON.plusSeconds(9));
        spool().acceptDeferred(letters.letter(), NOON.plusSeconds(5));
        assertThat(spool().due(NOON, 10)).isEqualTo(new Due.At(NOON.plusSeconds(5)));
    }

    @Test
    void givesEverythingBackThatWasAccepted() throws Exception {
        var letter = letters.letter();
        spool().acceptDeferred(letter, NOON);
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
        spool().acceptDeferred(
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
        spool().acceptDeferred(latest, NOON);
        spool().acceptDeferred(late, NOON.minusSeconds(2));
        spool().acceptDeferred(later, NOON.minusSeconds(1));
        assertThat(ids(spool().due(NOON, 2))).containsExactly(late.id(), later.id());
        assertThat(ids(spool().due(NOON, 2))).containsExactly(latest.id());
        assertThat(spool().due(NOON, 2)).isEqualTo(new Due.Idle());
    }

    @Test
    void defersWithTheAttemptCounted() throws Exception {
        var spooled = spool().acceptActive(letters.letter());
        spool().settle(spooled, spooled.recipients(), new QueueState.Deferred(NOON.plusSeconds(60)));
        assertThat(spool().due(NOON, 1)).isEqualTo(new Due.At(NOON.plusSeconds(60)));
        var again = ((Due.Now) spool().due(NOON.plusSeconds(60), 1)).letters().getFirst();
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.lease().epoch()).isGreaterThan(spooled.lease().epoch());
    }

    @Test
    void putsOffWithoutAnAttempt() throws Exception {
        var spooled = spool().acceptActive(letters.letter());
        var recipients = spooled.recipients().stream().map(each -> each.with(Recipient.Status.PENDING, "refused")).toList();
        spool().putOff(spooled, recipients, List.of(), NOON.plusSeconds(1));
        assertThat(spool().due(NOON, 1)).isEqualTo(new Due.At(NOON.plusSeconds(1)));
        var again = ((Due.Now) spool().due(NOON.plusSeconds(1), 1)).letters().getFirst();
        assertThat(again.attempts()).isZero();
        assertThat(again.recipients()).isEqualTo(recipients);
        spool().putOff(spooled, spooled.recipients(), List.of(), NOON);
        assertThat(spool().due(NOON.plusSeconds(99), 1)).isEqualTo(new Due.Idle());
    }

    @Test
    void remembersThatTheAppWasToldOfTheDelay() throws Exception {
        var spooled = spool().acceptActive(letters.letter());
        assertThat(spooled.warnedAt()).isEmpty();
        spool().noteWarning(spooled, NOON);
        spool().settle(spooled, spooled.recipients(), new QueueState.Deferred(NOON));
        assertThat(claimOne().warnedAt()).contains(NOON);
    }

    @Test
    void handsOutTheOldestWheneverTheyAreDue() throws Exception {
        var first = letters.letter();
        var second = letters.letter();
        spool().acceptDeferred(second, NOON.minusSeconds(9));
        spool().acceptDeferred(first, NOON.plusSeconds(9));
        spool().acceptActive(letters.letter());
        assertThat(ids(spool().olderThan(NOON, 10))).isEmpty();
        var handedOut = new ArrayList<>(ids(spool().olderThan(NOON.plusSeconds(60), 1)));
        assertThat(handedOut).hasSize(1);
        handedOut.addAll(ids(spool().olderThan(NOON.plusSeconds(60), 10)));
        assertThat(handedOut).containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(ids(spool().olderThan(NOON.plusSeconds(60), 10))).isEmpty();
    }

    @Test
    void forgetsNothingOfALetterThatEnds() throws Exception {
        spool().acceptDeferred(letters.letter(), NOON);
        var spooled = claimOne();
        spool().settle(spooled, relayed(spooled), new QueueState.Ended(NOON));
        assertThat(spool().due(NOON.plusSeconds(99), 1)).isEqualTo(new Due.Idle());
    }

    @Test
    void neverHandsOutALetterOnHold() throws Exception {
        var spooled = spool().acceptActive(letters.letter());
        spool().settle(spooled, spooled.recipients(), new QueueState.Held("asked for"));
        assertThat(spool().due(NOON.plusSeconds(99), 1)).isEqualTo(new Due.Idle());
    }

    @Test
    void releasesWithoutAnAttempt() throws Exception {
        var spooled = spool().acceptActive(letters.letter());
        spool().release(spooled, NOON);
        var again = claimOne();
        assertThat(again.id()).isEqualTo(spooled.id());
        assertThat(again.attempts()).isZero();
    }

    @Test
    void refusesToSettleAsActive() throws Exception {
        var spooled = spool().acceptActive(letters.letter());
        assertThatThrownBy(() -> spool().settle(spooled, spooled.recipients(), new QueueState.Active(spooled.lease())))
                .hasStackTraceContaining("IllegalArgumentException");
    }

    @Test
    void keepsEachRecipientsOwnFate() throws Exception {
        var spooled = spool().acceptActive(
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
        var first = spool().acceptActive(letters.letter());
        spool().release(first, NOON);
        var second = claimOne();
        spool().settle(first, relayed(first), new QueueState.Ended(NOON));
        spool().release(first, NOON);
        assertThat(spool().due(NOON, 1)).isEqualTo(new Due.Idle());
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
        spool().acceptDeferred(letter, NOON);
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
        spool().acceptDeferred(letter, NOON);
        assertThat(Letters.octets(claimOne().letter())).isEqualTo(new byte[] {'\r', '\n'});
    }

    @Test
    void keepsALargeBodyThatArrivedInAFile() throws Exception {
        var octets = Letters.random(300 * 1024);
        var arrived = Letters.inFile(spool(), octets);
        var letter = letters.letter(arrived, "an@client.example");
        var spooled = spool().acceptActive(letter);
        assertThat(arrived.file()).doesNotExist();
        assertThat(body(spooled.letter())).isEqualTo(octets);
        spool().release(spooled, NOON);
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
                    spool().acceptDeferred(letter, NOON);
                    return letter.id();
                }));
            }
        }
        var expected = new ArrayList<QueueId>();
        for (var each : accepted) {
            expected.add(each.get());
        }
        assertThat(ids(spool().due(NOON, 100))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"o'neil; drop table letter--\"@x.example", "%s?${octets}@x.example", "jörg@bücher.example",
        "\"two  blanks\"@[IPv6:2001:db8::1]", "日本@x.example"})
    void keepsOddAddressesAndWords(String address) throws Exception {
        var odd = Address.of(address);
        var envelope = new Envelope(ReversePath.of(odd), List.of(odd, odd), BodyType.SEVEN_BIT, HeaderEncoding.UTF8);
        var provenance = new Provenance(address, "'", "\"", "%", "\\", ";", "\u0001\uD83D\uDC8C", "");
        var letter = letters.letter(envelope, ReversePath.NULL, provenance, letters.letter().message());
        spool().acceptDeferred(letter, NOON);
        var read = claimOne().letter();
        assertThat(read.envelope().toString()).isEqualTo(envelope.toString());
        assertThat(read.provenance()).isEqualTo(provenance);
        assertThat(read.originalReversePath()).isEqualTo(ReversePath.NULL);
    }

    @Test
    void refusesASecondLetterOfTheSameIdAndKeepsTheFirst() throws Exception {
        var octets = Letters.random(1000);
        var first = letters.letter(Letters.inFile(spool(), octets), "an@client.example");
        spool().acceptDeferred(first, NOON);
        for (Body body : List.of(Letters.inFile(spool(), new byte[7]), new MemoryBody(new byte[7]))) {
            var second = new Letter(
                    first.id(), NOON, first.provenance(), first.envelope(), ReversePath.NULL, new Message(Letters.header(), body));
            assertThatThrownBy(() -> spool().acceptActive(second)).isInstanceOf(SpoolException.class);
        }
        assertThat(body(claimOne().letter())).isEqualTo(octets);
    }

    @Test
    void leavesNoFileOfARefusedLetter() throws Exception {
        var some = letters.letter();
        spool().acceptDeferred(some, NOON);
        var arrived = Letters.inFile(spool(), new byte[9]);
        var second = new Letter(
                some.id(), NOON, some.provenance(), some.envelope(), ReversePath.NULL, new Message(Letters.header(), arrived));
        assertThatThrownBy(() -> spool().acceptActive(second)).isInstanceOf(SpoolException.class);
        assertThat(Files.exists(arrived.file())).isFalse();
    }
}
