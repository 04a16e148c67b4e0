package facteur.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SecretTest {
    private record Login(String name, Secret password) {}

    @Test
    void printsAsStars() {
        assertThat(Secret.of("swordfish")).hasToString("***");
        assertThat(new Login("jan", Secret.of("swordfish"))).hasToString("Login[name=jan, password=***]");
    }

    @Test
    void revealsItselfOnlyWhenAsked() {
        assertThat(Secret.of("swordfish").reveal()).isEqualTo("swordfish");
    }

    @Test
    void equalsByItsTextWithoutTellingItByItsHash() {
        assertThat(Secret.of("swordfish"))
                .isEqualTo(Secret.of("swordfish"))
                .isNotEqualTo(Secret.of("catfish"))
                .isNotEqualTo("swordfish")
                .hasSameHashCodeAs(Secret.of("catfish"));
    }
}
