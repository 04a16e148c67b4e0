package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// What a browser writes is read as it was typed, in whatever pieces it arrives.
final class FormPropertyTest {
    private static final String BOUNDARY = "----b";

    @Property(tries = 300)
    void anUrlEncodedFormIsReadAsItWasTyped(@ForAll("forms") List<Form.Field> fields) {
        var body = fields.stream()
                .map(field -> URLEncoder.encode(field.name(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        assertThat(UrlEncodedForm.parse(body.getBytes(StandardCharsets.US_ASCII)).fields()).isEqualTo(fields);
    }

    @Property(tries = 300)
    void aFormInPartsIsReadAsItWasTyped(@ForAll("forms") List<Form.Field> fields, @ForAll @IntRange(min = 1, max = 40) int piece) {
        var body = fields.stream()
                .map(field -> "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field.name() + "\"\r\n\r\n" + field.value() + "\r\n")
                .collect(Collectors.joining("", "", "--" + BOUNDARY + "--\r\n"));
        assertThat(new MultipartForm(slowly(body, piece), BOUNDARY, Optional.empty()).read().fields()).isEqualTo(fields);
    }

    /// Of a name, nothing that a browser would write in another way; of a value, no line that is the boundary.
    @Provide
    Arbitrary<List<Form.Field>> forms() {
        var names = Arbitraries.strings().withCharRange('a', 'z').withChars('.', '-', '_', 'é', '%').ofMinLength(1).ofMaxLength(8);
        var ends = Arbitraries.of("\r\n", "\r", "\n", "\r\n--", "\r\n----", "\r\n-----b", "--", "&", "=", "+", "%41", "é", "😀", "\"", "x");
        var values = ends.list().ofMaxSize(12).map(parts -> String.join("", parts));
        return Combinators.combine(names, values).as(Form.Field::new).list().ofMaxSize(12);
    }

    private static InputStream slowly(String text, int piece) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, piece));
            }
        };
    }
}
