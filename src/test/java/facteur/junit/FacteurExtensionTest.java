package facteur.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FacteurExtensionTest {
    @Test
    void saysThatItIsNotRegistered() {
        var facteur = FacteurExtension.create().office("dupont", Office.of("Dupont <office@dupont.example>"));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(facteur::port)
                .withMessageContaining("@RegisterExtension");
    }

    @Test
    void findsTheQueueIdInAReply() {
        assertThat(FacteurExtension.queueId("250 2.0.0 Ok: queued as 01m8468qb1dasymv\r\n")).isEqualTo("01m8468qb1dasymv");
    }

    @Test
    void aKeyOfTheTestGoesBeforeOurs() {
        var setup = new Setup();
        setup.trust(List.of("dupont.example"));
        setup.configure("hostname: mine.example\nlimits:\n  recipients: 5");
        assertThat(setup.yaml(List.of("dupont")).lines())
                .contains("hostname: mine.example", "limits:", "  recipients: 5")
                .doesNotContain("hostname: \"relay.example.org\"")
                .anyMatch(line -> line.startsWith("domains: ") && line.contains("dupont.example"))
                .anyMatch(line -> line.startsWith("apps: ") && line.contains("\"dupont\""));
    }
}
