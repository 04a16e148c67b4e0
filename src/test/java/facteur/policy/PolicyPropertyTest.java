package facteur.policy;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.domain.DomainState;
import facteur.fixture.ArbitraryOffices;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.OfficeFrom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// For any office, card and letter: a decision, and in it only people who belong to the letter.
final class PolicyPropertyTest {
    private static final Address SHARED = Address.of("inbox@relay.example");
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    /// Promise 7 of design.md: also after other decisions, and by another policy with the same settings.
    @Property
    void theSameLetterSettingsAndStatesGiveTheSameDecision(
            @ForAll("letters") SendingContext letter, @ForAll("letters") SendingContext other, @ForAll UnknownContext unknown) {
        var policy = new Policy(SHARED, unknown);
        var decision = policy.decide(letter);
        policy.decide(other);
        assertThat(policy.decide(equalTo(letter))).isEqualTo(decision);
        assertThat(new Policy(SHARED, unknown).decide(letter)).isEqualTo(decision);
    }

    /// Only where the office has an address of its own: otherwise the state of a domain changes nothing.
    @Property
    void theStateOfTheDomainDecidesBetweenTheOfficesAddressAndTheSharedOne(
            @ForAll("letters") SendingContext letter, @ForAll("states") Optional<DomainState> state) {
        var decision = rewrite(in(state, letter));
        var asked = Policy.fromAsked(letter.office(), letter.context())
                .filter(from -> letter.encoding() == HeaderEncoding.UTF8 || from.address().isAsciiCapable());
        var isUsable = state.filter(DomainState::isUsable).isPresent();
        assertThat(decision.from().address()).isEqualTo(asked.filter(_ -> isUsable).map(OfficeFrom::address).orElse(SHARED));
        assertThat(decision.replyTo()).isEqualTo(rewrite(letter).replyTo());
    }

    @Property
    void onlyAnUnknownContextIsRefused(@ForAll("letters") SendingContext letter, @ForAll UnknownContext unknown) {
        var isUnknown = letter.context().isPresent() && context(letter).isEmpty();
        assertThat(decide(letter, unknown) instanceof Decision.Refuse).isEqualTo(isUnknown && unknown == UnknownContext.REFUSE);
    }

    /// A reply to a letter finds those whom the letter named, even where its like would be refused now.
    @Property
    void whoAnswersIsTheSameWhateverIsDecidedOnFrom(
            @ForAll("letters") SendingContext letter, @ForAll("states") Optional<DomainState> state, @ForAll UnknownContext unknown) {
        var answerers = new Policy(SHARED, unknown).answerers(in(state, letter));
        var decision = rewrite(letter);
        assertThat(answerers.mailboxes()).isEqualTo(decision.replyTo());
        assertThat(answerers.rule()).isEqualTo(decision.replyToRule());
    }

    @Property
    void repliesGoToOneToFiveMailboxesEachOnce(@ForAll("letters") SendingContext letter) {
        var mailboxes = rewrite(letter).replyTo();
        assertThat(mailboxes).hasSizeBetween(1, 5);
        for (var mailbox : mailboxes) {
            assertThat(mailboxes.stream().filter(other -> other.address().isSameMailbox(mailbox.address()))).hasSize(1);
        }
    }

    @Property
    void repliesGoToThisOfficeOrItsSender(@ForAll("letters") SendingContext letter) {
        var decision = rewrite(letter);
        var allowed = switch (decision.replyToRule()) {
            case CONTEXT_ADDRESS -> context(letter).map(ContextSettings::replyTo).stream()
                    .flatMap(choice -> choice instanceof ContextReplyTo.ToCompanyOr(var address) ? address.stream() : Stream.of());
            case CONTEXT_SENDER, GENERAL_SENDER -> letter.sender().stream();
            case CONTEXT_ROLE, GENERAL_ROLE -> letter.card().roles().values().stream().flatMap(List::stream);
            case CONTEXT_GENERAL, CONTEXT_ROLE_EMPTY, GENERAL_COMPANY, GENERAL_ROLE_EMPTY, SENDER_UNKNOWN ->
                Stream.of(letter.office().company());
            case FROM_SHARED, FROM_OFFICE, FROM_FALLBACK -> Stream.<Mailbox>of();
        };
        var addresses = allowed.map(Mailbox::address).toList();
        assertThat(decision.replyTo())
                .allSatisfy(mailbox -> assertThat(addresses).anyMatch(address -> address.isSameMailbox(mailbox.address())));
    }

    @Property
    void aSenderIsAUserOfTheOfficeAndNeverTheRelay(@ForAll("letters") SendingContext letter) {
        var decision = rewrite(letter);
        if (Set.of(Rule.CONTEXT_SENDER, Rule.GENERAL_SENDER).contains(decision.replyToRule())) {
            var sender = decision.replyTo().getFirst();
            assertThat(sender.address().isSameMailbox(SHARED)).isFalse();
            assertThat(letter.office().users().isEmpty() || letter.office().user(sender.address()).isPresent()).isTrue();
        }
    }

    @Property
    void fromIsTheSharedAddressOrAVerifiedOneOfThisOffice(@ForAll("letters") SendingContext letter) {
        var decision = rewrite(letter);
        var from = decision.from().address();
        if (decision.fromRule() == Rule.FROM_OFFICE) {
            assertThat(Stream.of(letter.office().from(), context(letter).flatMap(ContextSettings::from))
                    .flatMap(Optional::stream)
                    .map(OfficeFrom::address))
                    .contains(from);
            assertThat(letter.fromDomain()).get().matches(DomainState::isUsable);
        } else {
            assertThat(from).isEqualTo(SHARED);
        }
    }

    @Property
    void namesNobodyWhomTheHeaderCannotHold(@ForAll("letters") SendingContext letter) {
        var decision = rewrite(letter);
        assertThat(Stream.concat(Stream.of(decision.from()), decision.replyTo().stream()))
                .allMatch(mailbox -> letter.encoding() == HeaderEncoding.UTF8 || mailbox.address().isAsciiCapable());
    }

    @Provide
    Arbitrary<SendingContext> letters() {
        return Combinators.combine(
                ArbitraryOffices.offices(),
                ArbitraryOffices.cards(),
                Arbitraries.oneOf(List.of(ArbitraryOffices.contextNames(), Arbitraries.of("", "x\r\n").map(ContextName::new)))
                        .optional(),
                ArbitraryOffices.optionalMailboxes(),
                states(),
                Arbitraries.of(HeaderEncoding.class))
                .as(SendingContext::new);
    }

    @Provide
    Arbitrary<Optional<DomainState>> states() {
        return Arbitraries.<DomainState>of(
                new DomainState.Pending(SINCE),
                new DomainState.Verified(SINCE),
                new DomainState.Unconfirmed(SINCE, "timeout"),
                new DomainState.Degraded(SINCE, 1, "no record"),
                new DomainState.Suspended(SINCE, "no record"),
                new DomainState.Failed(SINCE, "no record"))
                .optional();
    }

    private static SendingContext in(Optional<DomainState> state, SendingContext letter) {
        return new SendingContext(letter.office(), letter.card(), letter.context(), letter.sender(), state, letter.encoding());
    }

    private static SendingContext equalTo(SendingContext letter) {
        return in(letter.fromDomain(), letter);
    }

    private static Decision decide(SendingContext letter, UnknownContext unknown) {
        return new Policy(SHARED, unknown).decide(letter);
    }

    private static Decision.Rewrite rewrite(SendingContext letter) {
        return switch (decide(letter, UnknownContext.GENERAL)) {
            case Decision.Rewrite rewrite -> rewrite;
            case Decision.Refuse(var reply) -> throw new AssertionError(reply);
        };
    }

    private static Optional<ContextSettings> context(SendingContext letter) {
        return letter.context().flatMap(letter.office()::context);
    }
}
