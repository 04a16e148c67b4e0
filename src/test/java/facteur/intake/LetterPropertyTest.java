package facteur.intake;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryLetters;
import facteur.fixture.ArbitraryOffices;
import facteur.fixture.Corpus.Parts;
import facteur.fixture.MemorySettings;
import facteur.mail.letter.Letter;
import facteur.mail.message.LenientMailbox;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MessageId;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.ReversePath;
import facteur.office.ContextReplyTo;
import facteur.office.OfficeFrom;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.policy.Rule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/// What holds for any letter and office: octets in, octets out, read again by the simple-minded reader of the corpus.
final class LetterPropertyTest {
    private static final OfficeId STRANGERS = new OfficeId("durand");
    private static final Mailbox STRANGER = new Mailbox("Stranger", Address.of("stranger@strangers.example"));

    /// Fields that never leave.
    private static final String[] PRIVATE = {
        "X-Context", "X-Relation-Id", "X-Office-Id", "Bcc", "Resent-Bcc", "Return-Path", "Sender", "DKIM-Signature"
    };
    private static final Pattern LINE_END = Pattern.compile("\r*\n");
    private static final Pattern STRAY_CR = Pattern.compile("\r(?!\n)");
    private static final Pattern DAY = Pattern.compile("(?i)nov 20|jan 26|\\d{4} \\d\\d:");
    private static final String[] NOTIFICATIONS = {"Disposition-Notification-To", "Return-Receipt-To"};

    /// @param card of the client R-1; there is no other
    /// @param encoding of the envelope
    record Case(
            OfficeSettings office,
            RelationCard card,
            String letter,
            List<Address> recipients,
            HeaderEncoding encoding,
            HeaderEncoding upstream) {
        /// Line ends repaired, as the collector does.
        Parts parts() {
            return Parts.of(STRAY_CR.matcher(LINE_END.matcher(letter).replaceAll("\r\n")).replaceAll(" "));
        }

        Envelope envelope() {
            return new Envelope(
                    ReversePath.of(Address.of("app@dupont.example")), recipients, BodyType.EIGHT_BIT, encoding);
        }

        Parsed<Letter> submit(String octets) {
            var settings = new MemorySettings()
                    .with(office)
                    .with(office.id(), new RelationId("R-1"), card)
                    .with(strangers())
                    .with(STRANGERS, new RelationId("R-1"), strangersCard())
                    .with(STRANGERS, new RelationId("R-2"), strangersCard());
            return new WayIn(settings, office.id(), upstream).submit(octets, envelope());
        }

        /// The letter as it is kept; empty when it is refused.
        Optional<Letter> kept() {
            return switch (submit(letter)) {
                case Parsed.Good<Letter>(var kept) -> Optional.of(kept);
                case Parsed.Bad<Letter> _ -> Optional.empty();
            };
        }

        /// What leaves, nothing when the letter is refused.
        Optional<Parts> left() {
            return kept().map(Letter::message).map(WayIn::octets).map(Parts::of);
        }
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    void everyLetterGetsAnAnswer(@ForAll("cases") Case each) {
        switch (each.submit(each.letter())) {
            case Parsed.Good<Letter>(_) -> Statistics.collect("kept");
            case Parsed.Bad<Letter>(var reply) -> {
                Statistics.collect("refused");
                assertThat(reply.toString()).startsWith("5");
            }
        }
        // Else the properties below say little.
        Statistics.coverage(coverage -> coverage.check("kept").percentage(share -> share > 60));
    }

    @Property
    void theSameLetterGetsTheSameAnswer(@ForAll("cases") Case each) {
        assertThat(each.left()).isEqualTo(each.left());
    }

    @Property
    void oneFromWithOneMailboxLeaves(@ForAll("cases") Case each) {
        each.left().ifPresent(left -> assertThat(mailboxes(left, "From")).hasSize(1));
    }

    @Property
    void oneReplyToLeavesWithFiveMailboxesAtMost(@ForAll("cases") Case each) {
        each.left().ifPresent(left -> assertThat(mailboxes(left, "Reply-To")).hasSizeBetween(1, 5));
    }

    @Property
    void nothingPrivateLeaves(@ForAll("cases") Case each) {
        each.left().ifPresent(left -> assertThat(left.named(PRIVATE)).isEmpty());
    }

    @Property
    void notificationsAskForNothingButTheReplyTo(@ForAll("cases") Case each) {
        each.left().ifPresent(left -> {
            var replyTo = mailboxes(left, "Reply-To");
            for (var field : left.named(NOTIFICATIONS)) {
                assertThat(Mailbox.parseList(value(field)).orElseThrow()).allSatisfy(named -> assertThat(replyTo)
                        .anyMatch(mailbox -> mailbox.address().isSameMailbox(named.address())));
            }
        });
    }

    @Property
    void otherFieldsAndTheBodyLeaveAsTheyCame(@ForAll("cases") Case each) {
        each.left().ifPresent(left -> {
            var came = each.parts();
            assertThat(left.body()).isEqualTo(came.body());
            assertThat(left.fields().getFirst()).startsWith("Received: from app.example");

            var written = List.of("From", "Reply-To", "Date", "Message-ID");
            assertThat(saying(left, "Date")).isNotEmpty().isEqualTo(left.named("Date")).containsAll(saying(came, "Date"));
            assertThat(saying(left, "Message-ID")).isNotEmpty().isEqualTo(left.named("Message-ID")).containsAll(saying(came, "Message-ID"));
            var touched = Stream.of(written.stream(), Stream.of(PRIVATE), Stream.of(NOTIFICATIONS))
                    .flatMap(names -> names)
                    .toArray(String[]::new);
            var untouched = left.without(touched);
            assertThat(untouched.subList(1, untouched.size())).isEqualTo(came.without(touched));
            assertThat(came.named(NOTIFICATIONS)).containsAll(left.named(NOTIFICATIONS));
        });
    }

    @Property
    void repliesGoToThisOfficeOrItsSender(@ForAll("cases") Case each) {
        each.left().ifPresent(left -> {
            var office = each.office();
            var free = office.contexts().values().stream()
                    .flatMap(context -> context.replyTo() instanceof ContextReplyTo.ToCompanyOr(var address) ? address.stream() : Stream.of());
            var onTheCard = isAbout(each, "R-1") ? people(each.card()) : Stream.<Mailbox>of();
            var allowed = Stream.of(Stream.of(office.company()), free, onTheCard, senders(each))
                    .flatMap(mailboxes -> mailboxes)
                    .map(Mailbox::address)
                    .toList();
            assertThat(mailboxes(left, "Reply-To"))
                    .allSatisfy(mailbox -> assertThat(allowed).anyMatch(address -> address.isSameMailbox(mailbox.address())));
        });
    }

    @Property
    void fromIsTheSharedAddressOrAVerifiedOneOfThisOffice(@ForAll("cases") Case each) {
        each.left().ifPresent(left -> {
            var from = mailboxes(left, "From").getFirst().address();
            var own = Stream.concat(
                    each.office().from().stream(),
                    each.office().contexts().values().stream().flatMap(context -> context.from().stream()))
                    .map(OfficeFrom::address)
                    .filter(address -> Set.of("dupont.example", "xn--bcher-kva.example").contains(address.asciiDomain()));
            assertThat(Stream.concat(Stream.of(WayIn.SHARED), own)).anyMatch(address -> address.isSameMailbox(from));
        });
    }

    @Property
    void recipientsLeaveAsTheyCame(@ForAll("cases") Case each) {
        each.kept().ifPresent(kept -> assertThat(kept.envelope().recipients()).extracting(ForwardPath::address).isEqualTo(each.recipients()));
    }

    @Property
    void whatWeWriteFitsTheEnvelopeAndTheUpstream(@ForAll("cases") Case each) {
        each.left().filter(_ -> each.encoding().and(each.upstream()) == HeaderEncoding.ASCII)
                .ifPresent(left -> assertThat(left.named("From", "Reply-To")).allMatch(field -> field.chars().allMatch(c -> c < 128)));
    }

    /// Even if the app said otherwise.
    @Property
    void theEnvelopeSaysWhatTheLetterHolds(@ForAll("cases") Case each) {
        each.kept().ifPresent(kept -> {
            var left = Parts.of(WayIn.octets(kept.message()));
            assertThat(kept.envelope().body()).isEqualTo(isAscii(left.body()) ? BodyType.SEVEN_BIT : BodyType.EIGHT_BIT);
            var needsUtf8 = each.encoding() == HeaderEncoding.UTF8 && !isAscii(String.join("", left.fields()))
                    || !each.recipients().stream().allMatch(Address::isAsciiCapable);
            assertThat(kept.envelope().encoding()).isEqualTo(needsUtf8 ? HeaderEncoding.UTF8 : HeaderEncoding.ASCII);
        });
    }

    private static boolean isAscii(String text) {
        return HeaderEncoding.ASCII.holds(text);
    }

    /// What left comes back, with the control fields that were taken away.
    ///
    /// From depends on the office and the context, so it is the same always. So is Reply-To, unless a rule asked for the
    /// sender: who wrote the letter is gone with the app's From, by design. On the second way the sender is the one that our
    /// own From names.
    @Property
    void whatLeftGetsTheSameIdentityAgain(@ForAll("cases") Case each) {
        each.kept().ifPresent(kept -> {
            var once = WayIn.octets(kept.message());
            var again = switch (each.submit(String.join("", each.parts().named("X-Context", "X-Relation-Id", "X-Office-Id")) + once)) {
                case Parsed.Good<Letter>(var letter) -> Parts.of(WayIn.octets(letter.message()));
                case Parsed.Bad<Letter>(var reply) -> throw new AssertionError(reply);
            };
            assertThat(again.named("From")).isEqualTo(Parts.of(once).named("From"));
            if (!asksForSender(kept)) {
                assertThat(String.join("", again.fields().subList(1, again.fields().size())) + "\r\n" + again.body()).isEqualTo(once);
            }
        });
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                ArbitraryOffices.offices(),
                ArbitraryOffices.cards(),
                ArbitraryLetters.letters(),
                ArbitraryOffices.addresses().list().ofMinSize(1).ofMaxSize(9),
                Arbitraries.of(HeaderEncoding.class),
                Arbitraries.of(HeaderEncoding.class))
                .as(Case::new);
    }

    private static boolean asksForSender(Letter letter) {
        return Stream.of(Rule.CONTEXT_SENDER, Rule.GENERAL_SENDER, Rule.SENDER_UNKNOWN)
                .anyMatch(rule -> rule.id().equals(letter.provenance().decision().replyTo().text()));
    }

    private static boolean isAbout(Case each, String relation) {
        return each.parts().named("X-Relation-Id").stream().map(field -> field.substring(field.indexOf(':') + 1).strip())
                .anyMatch(value -> value.equals(relation) || relation.equals("R-1") && ArbitraryLetters.ENCODED.contains(value));
    }

    /// Who may count as the one who wrote it: those whom the one From or the one Sender names.
    private static Stream<Mailbox> senders(Case each) {
        return Stream.of(each.parts().named("From"), each.parts().named("Sender"))
                .filter(fields -> fields.size() == 1)
                .flatMap(fields -> Mailbox.parseMeant(value(fields.getFirst())) instanceof LenientMailbox.Clear(var mailbox) ? Stream.of(mailbox)
                        : Stream.of())
                .filter(mailbox -> each.office().users().isEmpty() || each.office().user(mailbox.address()).isPresent());
    }

    /// Fields that aren't empty in one way or another.
    private static List<String> saying(Parts parts, String name) {
        return parts.named(name).stream()
                .filter(field -> name.equals("Date") ? DAY.matcher(field).find() : MessageId.names(value(field)))
                .toList();
    }

    private static Stream<Mailbox> people(RelationCard card) {
        return card.roles().values().stream().flatMap(List::stream);
    }

    private static List<Mailbox> mailboxes(Parts parts, String name) {
        var fields = parts.named(name);
        assertThat(fields).hasSize(1);
        return Mailbox.parseList(value(fields.getFirst())).orElseThrow();
    }

    /// Unfolded and trimmed; a field of ours is UTF-8, and so it is tried first.
    private static String value(String field) {
        var octets = field.substring(field.indexOf(':') + 1).replace("\r\n", "").getBytes(StandardCharsets.ISO_8859_1);
        var text = new String(octets, StandardCharsets.UTF_8);
        return (text.contains("\uFFFD") ? new String(octets, StandardCharsets.ISO_8859_1) : text).strip();
    }

    private static OfficeSettings strangers() {
        return new OfficeSettings(STRANGERS, "1", STRANGER, Optional.empty(), new ReplyTo.ToRole(Role.PARTNER), Map.of(), List.of(), Sandbox.OFF,
                WhenUnverified.FALLBACK);
    }

    private static RelationCard strangersCard() {
        return new RelationCard(ArbitraryOffices.ROLES.list().stream().collect(Collectors.toMap(role -> role, _ -> List.of(STRANGER))));
    }
}
