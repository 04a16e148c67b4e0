package facteur.policy;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.domain.DomainRegistry;
import facteur.message.Mailbox;
import facteur.settings.ContextName;
import facteur.settings.ContextReplyTo;
import facteur.settings.ContextSettings;
import facteur.settings.OfficeFrom;
import facteur.settings.OfficeId;
import facteur.settings.OfficeSettings;
import facteur.settings.RelationCard;
import facteur.settings.ReplyTo;
import facteur.settings.Role;
import facteur.smtp.Address;
import facteur.smtp.HeaderEncoding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever office, card and letter meet: a decision, and nobody in it who has no business there.
final class PolicyPropertyTest {
    private static final int ROUNDS = 5000;
    private static final Address SHARED = Address.of("inbox@relay.example");
    private static final DomainRegistry DOMAINS = new DomainRegistry(Set.of("dupont.example", "bücher.example"));
    private static final List<String> DOMAIN_NAMES =
            List.of("dupont.example", "Dupont.Example", "durand.example", "bücher.example", "xn--bcher-kva.example", "relay.example");
    private static final List<String> LOCAL_PARTS = List.of("jan", "JAN", "an", "office", "inbox", "jürgen", "\"a b\"");

    @ParameterizedTest
    @ValueSource(longs = {1, 20261123, 987654321})
    void decidesForEverybodyAndNamesNoStranger(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < ROUNDS; round++) {
            var letter = letter(random);
            for (var unknown : UnknownContext.values()) {
                var policy = new Policy(SHARED, DOMAINS, unknown);
                var decision = policy.decide(letter);
                assertThat(policy.decide(letter)).isEqualTo(decision);
                var where = "seed %d, round %d: %s %s".formatted(seed, round, letter, decision);
                switch (decision) {
                    case Decision.Rewrite rewrite -> assertSound(rewrite, letter, where);
                    case Decision.Refuse _ -> assertThat(unknown).describedAs(where).isEqualTo(UnknownContext.REFUSE);
                }
            }
        }
    }

    private static void assertSound(Decision.Rewrite decision, SendingContext letter, String where) {
        var office = letter.office();
        var context = letter.context().flatMap(office::context);
        var free = context.stream()
                .map(ContextSettings::replyTo)
                .flatMap(choice -> choice instanceof ContextReplyTo.ToCompanyOr(var address) ? address.stream() : Stream.of());
        var allowed = Stream.of(
                        Stream.of(office.company()),
                        letter.sender().stream(),
                        free,
                        letter.card().roles().values().stream().flatMap(List::stream))
                .flatMap(mailboxes -> mailboxes)
                .map(Mailbox::address)
                .toList();
        assertThat(decision.replyTo()).describedAs(where).hasSizeBetween(1, 5).allSatisfy(mailbox -> {
            assertThat(allowed).anyMatch(address -> address.isSameMailbox(mailbox.address()));
            assertThat(letter.encoding() == HeaderEncoding.UTF8 || mailbox.address().isAsciiCapable()).isTrue();
        });
        var mailboxes = decision.replyTo();
        for (var i = 0; i < mailboxes.size(); i++) {
            for (var j = 0; j < i; j++) {
                assertThat(mailboxes.get(i).address().isSameMailbox(mailboxes.get(j).address())).describedAs(where).isFalse();
            }
        }

        var from = decision.from().address();
        if (!from.equals(SHARED)) {
            assertThat(Stream.of(office.from(), context.flatMap(ContextSettings::from)).flatMap(Optional::stream))
                    .describedAs(where)
                    .extracting(OfficeFrom::address)
                    .contains(from);
            assertThat(from.asciiDomain()).describedAs(where).isIn("dupont.example", "xn--bcher-kva.example");
            assertThat(decision.fromRule()).describedAs(where).isEqualTo(Rule.FROM_OFFICE);
        }
    }

    private static SendingContext letter(Random random) {
        var contexts = new HashMap<ContextName, ContextSettings>();
        for (var name : List.of("task", "invoice", "")) {
            if (random.nextBoolean()) {
                contexts.put(new ContextName(name), new ContextSettings(contextReplyTo(random), officeFrom(random)));
            }
        }
        var roles = new EnumMap<Role, List<Mailbox>>(Role.class);
        for (var role : Role.values()) {
            if (random.nextBoolean()) {
                roles.put(role, mailboxes(random, 8));
            }
        }
        var company = new Mailbox("Cabinet Dupont", Address.of("office@" + one(random, DOMAIN_NAMES)));
        var office = new OfficeSettings(
                new OfficeId("dupont"),
                "1",
                company,
                officeFrom(random),
                random.nextBoolean() ? new ReplyTo.ToCompany() : sometimes(random),
                contexts,
                random.nextBoolean() ? List.of() : mailboxes(random, 4));
        return new SendingContext(
                office,
                new RelationCard(Map.copyOf(roles)),
                random.nextBoolean() ? Optional.empty() : Optional.of(new ContextName(one(random, List.of("task", "invoice", "", "x\r\n")))),
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(mailbox(random)),
                one(random, List.of(HeaderEncoding.values())));
    }

    private static ReplyTo sometimes(Random random) {
        return random.nextBoolean() ? new ReplyTo.ToSender() : new ReplyTo.ToRole(one(random, List.of(Role.values())));
    }

    private static ContextReplyTo contextReplyTo(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new ContextReplyTo.AsGeneral();
            case 1 -> new ContextReplyTo.ToCompanyOr(random.nextBoolean() ? Optional.of(mailbox(random)) : Optional.empty());
            case 2 -> new ReplyTo.ToSender();
            default -> new ReplyTo.ToRole(one(random, List.of(Role.values())));
        };
    }

    private static Optional<OfficeFrom> officeFrom(Random random) {
        return random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new OfficeFrom(
                        mailbox(random).address(), random.nextBoolean() ? Optional.of("Dupont\r\nBcc: x") : Optional.empty()));
    }

    private static List<Mailbox> mailboxes(Random random, int limit) {
        var mailboxes = new ArrayList<Mailbox>();
        for (var i = random.nextInt(limit); i > 0; i--) {
            mailboxes.add(mailbox(random));
        }
        return mailboxes;
    }

    private static Mailbox mailbox(Random random) {
        var address = Address.of(one(random, LOCAL_PARTS) + "@" + one(random, DOMAIN_NAMES));
        return random.nextBoolean() ? Mailbox.of(address) : new Mailbox("Jan Janssens", address);
    }

    private static <T> T one(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
