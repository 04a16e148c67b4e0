package facteur.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import facteur.fixture.TestTime;
import facteur.intake.SubmissionResult;
import facteur.mail.letter.QueueIds;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKey;
import facteur.mail.returnpath.ReturnKeys;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Reply;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// What is asked of the database, and what never is.
final class CheckedDoorTest {
    private static final ReturnKeys KEYS =
            new ReturnKeys(List.of(new ReturnKey(7, ReturnKey.newSecret(new SecureRandom()), Instant.EPOCH)));
    private static final ReturnAddresses OURS =
            new ReturnAddresses(new ReturnAddresses.Domains("return.example.org", Optional.of("reply.example.org")), () -> KEYS);
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    /// Behind it is a database that is away.
    private final ReturnDoor door = new CheckedDoor(() -> Optional.of(OURS), new ReturnDoor() {
        @Override
        public Optional<Reply> refusal(Address recipient) {
            throw new IllegalStateException("looked up");
        }

        @Override
        public SubmissionResult accept(ArrivedReturn arrived) {
            throw new IllegalStateException("looked up");
        }
    });
    private final QueueIds ids = new QueueIds(new TestTime(), new SecureRandom());

    @Test
    void looksUpWhatWeMade() {
        for (var kind : ReturnKind.values()) {
            var address = OURS.of(kind, ids.next()).orElseThrow();
            assertLookedUp(address);
            assertLookedUp(Address.of(address.toString().toUpperCase(Locale.ROOT)));
        }
        assertLookedUp(Address.of("Postmaster@return.example.org"));
        assertLookedUp(Address.of("abuse@Reply.example.org"));
    }

    @Test
    void looksUpNothingElse() {
        var bounce = OURS.of(ReturnKind.BOUNCE, ids.next()).orElseThrow().localPart();
        for (var address : List.of(bounce + "@reply.example.org", bounce + "@elsewhere.example", "x" + bounce + "@return.example.org",
                bounce + "x@return.example.org", bounce + "+x@return.example.org", "postmaster@elsewhere.example", "root@return.example.org",
                "jan@dupont.example", bounce + "%return.example.org@relay.example.org", "\"" + bounce + "@return.example.org\"@elsewhere.example")) {
            assertRefused(Address.of(address));
        }
    }

    @Property
    void aForgedTokenIsNeverLookedUp(@ForAll @IntRange(min = 0, max = 35) int place, @ForAll @IntRange(min = 1, max = 31) int shift) {
        var made = OURS.of(ReturnKind.BOUNCE, ids.next()).orElseThrow();
        var token = new StringBuilder(made.localPart());
        var old = ALPHABET.indexOf(token.charAt(place));
        token.setCharAt(place, old < 0 ? 'x' : ALPHABET.charAt((old + shift) % ALPHABET.length()));
        assertRefused(Address.of(token + "@return.example.org"));
    }

    @Property
    void aTokenOfOthersIsNeverLookedUp(@ForAll long seed) {
        var others = new ReturnKeys(List.of(new ReturnKey(7, ReturnKey.newSecret(new java.util.Random(seed)), Instant.EPOCH)));
        assertRefused(new ReturnAddresses(OURS.domains(), () -> others).of(ReturnKind.BOUNCE, ids.next()).orElseThrow());
    }

    @Test
    void withoutReturnsNothingIsKnown() {
        var closed = new CheckedDoor(Optional::empty, door);
        assertThat(closed.refusal(OURS.of(ReturnKind.BOUNCE, ids.next()).orElseThrow())).contains(ClosedDoor.NO_SUCH_ADDRESS);
    }

    private void assertRefused(Address address) {
        assertThat(door.refusal(address)).as(address.toString()).contains(ClosedDoor.NO_SUCH_ADDRESS);
    }

    private void assertLookedUp(Address address) {
        assertThatIllegalStateException().as(address.toString()).isThrownBy(() -> door.refusal(address)).withMessage("looked up");
    }
}
