package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.RouteId;
import facteur.mail.message.MemoryBody;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every [Spool] promises of letters that have a name.
abstract class LetterKeyContract {
    static final Duration WINDOW = Duration.ofHours(24);
    static final RouteId OTHER_ROUTE = new RouteId("other");

    final Letters letters = new Letters();

    abstract Spool spool();

    static Optional<LetterKey> key(String name, String content) {
        return Optional.of(new LetterKey(name.hashCode(), name, content, WINDOW));
    }

    private static Letter at(Letter letter, Instant acceptedAt) {
        return new Letter(letter.id(), acceptedAt, letter.provenance(), letter.envelope(), letter.originalReversePath(), letter.message());
    }

    private LeasedLetter accept(Letter letter, String name, String content) throws SpoolException {
        return spool().acceptActive(Letters.ROUTE, letter, key(name, content));
    }

    /// What an attempt to store another one under that name finds.
    KnownLetter found(String name, String content) {
        return found(() -> accept(letters.letter(), name, content));
    }

    static KnownLetter found(Callable<?> store) {
        try {
            store.call();
            throw new AssertionError("stored");
        } catch (KnownLetterException known) {
            return known.known();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private void settle(LeasedLetter letter, Recipient.Status... statuses) throws SpoolException {
        var recipients = new ArrayList<Recipient>();
        for (var i = 0; i < statuses.length; i++) {
            recipients.add(letter.recipients().get(i).with(statuses[i], "as scripted"));
        }
        spool().settle(letter, recipients, new QueueState.Ended(NOON));
    }

    @Test
    void storesALetterOfANameOnce() throws Exception {
        var first = accept(letters.letter(), "k1", "c1");
        assertThat(found("k1", "c1")).isEqualTo(new KnownLetter(first.id(), NOON, KnownLetter.Match.IN_FIRST_ATTEMPT));
        spool().putOff(first, first.recipients(), List.of(), NOON.plusSeconds(60));
        assertThat(found("k1", "c1").match()).isEqualTo(KnownLetter.Match.SAME);
        assertThat(accept(letters.letter(), "k2", "c1").id()).isNotEqualTo(first.id());
    }

    @Test
    void saysWhetherANameIsTaken() throws Exception {
        var key = key("k1", "c1").orElseThrow();
        assertThat(spool().isKnown(key, NOON)).isFalse();
        var first = accept(letters.letter(), "k1", "c1");
        assertThat(spool().isKnown(key, NOON)).isTrue();
        assertThat(spool().isKnown(key("k2", "c1").orElseThrow(), NOON)).isFalse();
        assertThat(spool().isKnown(key, NOON.plus(WINDOW))).isFalse();
        settle(first, Recipient.Status.FAILED);
        assertThat(spool().isKnown(key, NOON)).isFalse();
    }

    @Test
    void anAnsweredLetterStaysKnownAfterItsEnd() throws Exception {
        var first = accept(letters.letter(), "k1", "c1");
        settle(first, Recipient.Status.RELAYED);
        assertThat(found("k1", "c1")).isEqualTo(new KnownLetter(first.id(), NOON, KnownLetter.Match.SAME));
    }

    @Test
    void findsThatANameIsOfAnotherLetter() throws Exception {
        var first = accept(letters.letter(), "k1", "c1");
        assertThat(found("k1", "c2")).isEqualTo(new KnownLetter(first.id(), NOON, KnownLetter.Match.OTHER));
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "REMOVED"})
    void aNameIsFreeWhenItsLetterReachedNoOne(Recipient.Status status) throws Exception {
        settle(accept(letters.letter(), "k1", "c1"), status);
        var second = accept(letters.letter(), "k1", "c2");
        assertThat(found("k1", "c2").id()).as("moved").isEqualTo(second.id());
    }

    @Test
    void aLetterThatReachedOneOfItsRecipientsKeepsItsName() throws Exception {
        var first = accept(letters.letter(new MemoryBody(new byte[9]), "a@x.example", "b@x.example"), "k1", "c1");
        settle(first, Recipient.Status.FAILED, Recipient.Status.RELAYED);
        assertThat(found("k1", "c1").id()).isEqualTo(first.id());
    }

    @Test
    void aNameStandsForItsLetterWithinTheWindowOnly() throws Exception {
        settle(accept(letters.letter(), "k1", "c1"), Recipient.Status.RELAYED);
        assertThat(found(() -> accept(at(letters.letter(), NOON.plus(WINDOW).minusMillis(1)), "k1", "c1")).acceptedAt()).isEqualTo(NOON);
        var later = at(letters.letter(), NOON.plus(WINDOW));
        assertThat(accept(later, "k1", "c1").id()).isEqualTo(later.id());
        // A clock that was set back far: the name isn't kept until it is noon again.
        var earlier = at(letters.letter(), NOON.minus(WINDOW));
        assertThat(accept(earlier, "k1", "c1").id()).isEqualTo(earlier.id());
    }

    private Map<RouteId, Letter> parts() throws IOException, SpoolException {
        var parts = new LinkedHashMap<RouteId, Letter>();
        var first = letters.letter(Letters.inFile(spool(), Letters.random(1000)), "an@client.example");
        parts.put(Letters.ROUTE, first);
        parts.put(OTHER_ROUTE, letters.letter().withMessage(first.message()));
        return parts;
    }

    private static QueueId first(Map<RouteId, Letter> parts) {
        return parts.values().iterator().next().id();
    }

    private LeasedLetter claim(RouteId route) throws SpoolException {
        return ((ClaimedWork.Now) spool().due(route, NOON, 1)).letters().getFirst();
    }

    @Test
    void aLetterInPartsIsKnownByTheFirstAndAsLongAsAnyReachesSomeone() throws Exception {
        var parts = parts();
        spool().acceptWaiting(parts, key("k1", "c1"));
        assertThat(found("k1", "c1")).isEqualTo(new KnownLetter(first(parts), NOON, KnownLetter.Match.SAME));
        settle(claim(Letters.ROUTE), Recipient.Status.FAILED);
        assertThat(found("k1", "c1").id()).isEqualTo(first(parts));
        settle(claim(OTHER_ROUTE), Recipient.Status.FAILED);
        var again = parts();
        spool().acceptWaiting(again, key("k1", "c1"));
        assertThat(found(() -> {
            spool().acceptWaiting(parts(), key("k1", "c1"));
            return "";
        }).id()).isEqualTo(first(again));
    }

    @Test
    void aBodyInAFileIsWhereItWasWhenItsLetterIsKnown() throws Exception {
        accept(letters.letter(), "k1", "c1");
        var octets = Letters.random(300_000);
        var arrived = Letters.inFile(spool(), octets);
        var second = letters.letter(arrived, "an@client.example");
        assertThat(found(() -> accept(second, "k1", "c1"))).isNotNull();
        assertThat(Files.readAllBytes(arrived.file())).isEqualTo(octets);
        assertThat(Letters.octets(accept(second, "k2", "c1").letter())).endsWith(octets);
    }

    private List<QueueId> waiting(RouteId route) throws SpoolException {
        return spool().waiting(route, 10).stream().map(letter -> new QueueId(letter.letterId())).toList();
    }

    @Test
    void aReportIsStoredIfItsLetterIs() throws Exception {
        var report = letters.letter();
        accept(letters.letter(), "k1", "c1");
        for (var second : List.of(letters.letter(), letters.letter(Letters.inFile(spool(), Letters.random(300_000)), "an@client.example"))) {
            assertThat(found(() -> spool().acceptActive(Letters.ROUTE, second, key("k1", "c1"), Map.of(OTHER_ROUTE, report)))).isNotNull();
            assertThat(found(() -> {
                spool().acceptWaiting(Map.of(Letters.ROUTE, second), key("k1", "c1"), Map.of(OTHER_ROUTE, report));
                return "";
            })).isNotNull();
        }
        assertThat(waiting(OTHER_ROUTE)).isEmpty();
        var third = spool().acceptActive(Letters.ROUTE, letters.letter(), key("k2", "c1"), Map.of(OTHER_ROUTE, report));
        assertThat(claim(OTHER_ROUTE).letter()).satisfies(stored -> {
            assertThat(stored.id()).isEqualTo(report.id());
            assertThat(Letters.octets(stored)).isEqualTo(Letters.octets(report));
        });
        settle(third, Recipient.Status.FAILED);
        assertThat(accept(letters.letter(), "k2", "c2")).as("the report isn't the letter").isNotNull();
        var another = letters.letter();
        var large = letters.letter(Letters.inFile(spool(), Letters.random(300_000)), "an@client.example");
        spool().acceptWaiting(Map.of(Letters.ROUTE, large), key("k3", "c1"), Map.of(OTHER_ROUTE, another));
        assertThat(waiting(OTHER_ROUTE)).containsExactly(another.id());
        assertThat(waiting(Letters.ROUTE)).containsExactly(large.id());
    }

    @Test
    void ofManyAtTheSameTimeOneIsStored() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var stores = threads.invokeAll(IntStream.range(0, 40).mapToObj(_ -> letters.letter())
                    .<Callable<QueueId>>map(letter -> () -> {
                        try {
                            return accept(letter, "k1", "c1").id();
                        } catch (KnownLetterException known) {
                            return known.known().id();
                        }
                    }).toList());
            var told = new HashSet<QueueId>();
            for (var store : stores) {
                told.add(store.get());
            }
            assertThat(told).hasSize(1);
            assertThatThrownBy(() -> accept(letters.letter(), "k1", "c1")).hasMessageContaining(told.iterator().next().text());
        }
    }
}
