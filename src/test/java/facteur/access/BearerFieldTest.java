package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.config.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BearerFieldTest {
    @ParameterizedTest
    @CsvSource({"Bearer fct_x,fct_x", "bearer   fct_x ,fct_x", "BEARER a.b~c+d/e-f==,a.b~c+d/e-f=="})
    void presentsAToken(String field, String token) {
        assertThat(BearerField.parse(List.of(field))).isEqualTo(new BearerField.Presented(Secret.of(token)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic amFuOmh1c2g=", "Bearerfct_x", "fct_x", "Token fct_x", "Bearer\tx"})
    void anotherSchemeIsNone(String field) {
        assertThat(BearerField.parse(List.of(field))).isEqualTo(new BearerField.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer hush hush", "Bearer hush,", "Bearer \"hush\"", "Bearer =", "Bearer hush=x", "Bearer hüsh"})
    void whatIsNoTokenIsNotQuoted(String field) {
        assertThat(BearerField.parse(List.of(field))).isInstanceOf(BearerField.Unreadable.class).asString().doesNotContain("hush", "hüsh");
    }

    @Test
    void oneFieldCounts() {
        assertThat(BearerField.parse(List.of())).isEqualTo(new BearerField.None());
        assertThat(BearerField.parse(List.of("Bearer a", "Bearer a"))).isInstanceOf(BearerField.Unreadable.class);
    }

    @Test
    void printsNoToken() {
        assertThat(BearerField.parse(List.of("Bearer hush"))).asString().doesNotContain("hush");
    }
}
