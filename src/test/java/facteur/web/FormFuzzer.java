package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Bodies and cookies of strangers: each is read, or refused with a status that says so; and what was read is within bounds.
final class FormFuzzer {
    @FuzzTest(maxDuration = "1m")
    void anUrlEncodedFormIsReadOrRefused(byte[] body) {
        try {
            assertWithinBounds(UrlEncodedForm.parse(body));
        } catch (RefusedException refused) {
            assertThat(refused.answer().status()).isIn(400, 413);
        }
    }

    /// Its boundary is `x`.
    @FuzzTest(maxDuration = "1m")
    void aFormInPartsIsReadOrRefused(byte[] body) {
        try {
            assertWithinBounds(new MultipartForm(new ByteArrayInputStream(body), "x", Optional.empty()).read());
        } catch (RefusedException refused) {
            assertThat(refused.answer().status()).isIn(400, 413, 415);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void aCookieIsOneValueOrNone(byte[] field) {
        var text = new String(field, StandardCharsets.ISO_8859_1);
        Cookies.of(List.of(text)).value("facteur").ifPresent(value -> {
            assertThat(text).contains("facteur").contains(value);
            assertThat(value).doesNotContain(";");
            assertThat(Cookies.of(List.of("a=b; facteur=" + value)).value("facteur")).contains(value);
            assertThat(Cookies.of(List.of(text, "facteur=another-" + value)).value("facteur")).isEmpty();
        });
    }

    private static void assertWithinBounds(Form form) {
        assertThat(form.fields()).hasSizeLessThanOrEqualTo(FormBudget.MOST_FIELDS);
        for (var field : form.fields()) {
            assertThat(field.name()).isNotEmpty();
            assertThat(field.name().chars()).noneMatch(Character::isISOControl);
            assertThat(field.value()).doesNotContain("\0");
            assertThat(form.all(field.name())).contains(field.value());
        }
    }
}
