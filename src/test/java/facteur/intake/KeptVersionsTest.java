package facteur.intake;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MemorySettings;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.ReversePath;
import facteur.office.ContextName;
import facteur.office.ContextSettings;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A letter keeps the versions of what decided it: of the card only where one was asked for.
final class KeptVersionsTest {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final Mailbox AN = Mailbox.parse("An Peeters <an@dupont.example>").orElseThrow();

    private final WayIn way = new WayIn(
            new MemorySettings()
                    .with(office())
                    .with(DUPONT, new RelationId("R-1"), new RelationCard(Map.of(Role.PARTNER, List.of(AN))).withVersion("v57"))
                    .with(DUPONT, new RelationId("R-2"), new RelationCard(Map.of(Role.PARTNER, List.of(AN)))),
            DUPONT,
            HeaderEncoding.UTF8);

    @Test
    void thoseOfSettingsAndCard() {
        var decision = kept("X-Context: invoice\r\nX-Relation-Id: R-1\r\n");
        assertThat(decision.settingsVersion()).isEqualTo("v42");
        assertThat(decision.cardVersion()).isEqualTo("v57");
    }

    @Test
    void noneOfACardThatDidNotDecide() {
        assertThat(kept("X-Relation-Id: R-1\r\n").cardVersion()).isEmpty();
    }

    @Test
    void noneOfACardThatIsNotThere() {
        assertThat(kept("X-Context: invoice\r\nX-Relation-Id: R-9\r\n").cardVersion()).isEmpty();
    }

    @Test
    void noneOfACardWhoseSourceCountsNone() {
        assertThat(kept("X-Context: invoice\r\nX-Relation-Id: R-2\r\n").cardVersion()).isEmpty();
    }

    private Provenance.Decision kept(String control) {
        var envelope = new Envelope(
                ReversePath.NULL, List.of(Address.of("client@one.example")), BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
        return switch (way.submit(control + "From: jan@dupont.example\r\n\r\nBonjour\r\n", envelope)) {
            case Parsed.Good<Letter>(var letter) -> letter.provenance().decision();
            case Parsed.Bad<Letter>(var reply) -> throw new AssertionError(reply);
        };
    }

    private static OfficeSettings office() {
        var invoice = new ContextSettings(new ReplyTo.ToRole(Role.PARTNER), Optional.empty());
        return new OfficeSettings(DUPONT, "v42", Mailbox.parse("Cabinet Dupont <office@dupont.example>").orElseThrow(), Optional.empty(),
                new ReplyTo.ToCompany(), Map.of(new ContextName("invoice"), invoice), List.of(), Sandbox.OFF, WhenUnverified.FALLBACK);
    }
}
