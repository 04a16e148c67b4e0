package facteur.mail.returnpath;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.letter.QueueId;
import facteur.mail.smtp.Address;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class ReturnAddressesTest {
    private static final QueueId LETTER = new QueueId("01jd0c6v9zk4r7tq");
    private static final String SECRET = "0123456789abcdef".repeat(4);
    private static final ReturnKey FIRST = new ReturnKey(0, SECRET, Instant.EPOCH);
    private static final ReturnKey SECOND = new ReturnKey(1, "fedcba9876543210".repeat(4), Instant.EPOCH.plusSeconds(1));
    private static final ReturnAddresses.Domains DOMAINS = new ReturnAddresses.Domains("return.example.org", Optional.of("reply.example.org"));

    private final ReturnAddresses addresses = with(FIRST);

    private static ReturnAddresses with(ReturnKey... keys) {
        return new ReturnAddresses(DOMAINS, () -> new ReturnKeys(List.of(keys)));
    }

    private Address address(ReturnKind kind) {
        return addresses.of(kind, LETTER).orElseThrow();
    }

    /// Letters that have left hold such addresses: they must be read for as long as these are remembered.
    @Test
    void theFormStays() {
        assertThat(address(ReturnKind.BOUNCE)).hasToString("b-01jd0c6v9zk4r7tq009qa7dn0d044f6qvd@return.example.org");
        assertThat(address(ReturnKind.REPLY)).hasToString("r-01jd0c6v9zk4r7tq00tjyjwepaks6gdn11@reply.example.org");
    }

    @Test
    void isReadWithoutRegardToCase() {
        var shouted = Address.of(address(ReturnKind.BOUNCE).toString().toUpperCase(Locale.ROOT));
        assertThat(addresses.read(shouted)).contains(new ReturnAddress(ReturnKind.BOUNCE, LETTER));
    }

    @Test
    void fitsIntoALocalPart() {
        assertThat(address(ReturnKind.REPLY).localPart()).hasSize(ReturnToken.LENGTH).hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void anAddressOfOneKindIsNoneOfTheOther() {
        var bounce = address(ReturnKind.BOUNCE);
        assertThat(addresses.read(Address.of(bounce.localPart().replaceFirst("^b", "r") + "@reply.example.org"))).isEmpty();
        assertThat(addresses.read(Address.of(bounce.localPart() + "@reply.example.org"))).isEmpty();
    }

    @Test
    void bothKindsMayShareADomain() {
        var shared = new ReturnAddresses(
                new ReturnAddresses.Domains("return.example.org", Optional.of("return.example.org")), () -> new ReturnKeys(List.of(FIRST)));
        for (var kind : ReturnKind.values()) {
            assertThat(shared.read(shared.of(kind, LETTER).orElseThrow())).contains(new ReturnAddress(kind, LETTER));
        }
    }

    @Test
    void withoutADomainForRepliesThereAreNone() {
        var bounces = new ReturnAddresses(new ReturnAddresses.Domains("return.example.org", Optional.empty()), () -> new ReturnKeys(List.of(FIRST)));
        assertThat(bounces.of(ReturnKind.REPLY, LETTER)).isEmpty();
        assertThat(bounces.read(address(ReturnKind.REPLY))).isEmpty();
    }

    @Test
    void theNewestKeyMakesThemAndOldOnesStillVerify() {
        var both = with(FIRST, SECOND);
        assertThat(both.read(address(ReturnKind.BOUNCE))).isPresent();
        var made = both.of(ReturnKind.BOUNCE, LETTER).orElseThrow();
        assertThat(made.localPart()).startsWith("b-01jd0c6v9zk4r7tq01");
        assertThat(addresses.read(made)).isEmpty();
        assertThat(with(SECOND).read(address(ReturnKind.BOUNCE))).isEmpty();
    }

    @Property
    void aChangedCharacterMakesItAnother(@ForAll @IntRange(min = 0, max = ReturnToken.LENGTH - 1) int at, @ForAll char other) {
        var local = address(ReturnKind.BOUNCE).localPart();
        var changed = local.substring(0, at) + other + local.substring(at + 1);
        var isSame = changed.toLowerCase(Locale.ROOT).equals(local);
        var read = Address.parse(changed + "@return.example.org").flatMap(addresses::read);
        assertThat(read.isPresent()).as(changed).isEqualTo(isSame);
    }

    @Property
    void whatWeDidNotMakeIsNone(@ForAll @StringLength(max = 70) String local) {
        assertThat(Address.parse(local + "@return.example.org").flatMap(addresses::read)).isEmpty();
    }

    @Test
    void knowsItsDomains() {
        assertThat(addresses.isOurs(Address.of("jan@Reply.Example.org"))).isTrue();
        assertThat(addresses.isOurs(Address.of("jan@example.org"))).isFalse();
    }
}
