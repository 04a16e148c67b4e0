package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class CommonPasswordsTest {
    @Test
    void thereAreTenThousandOfTheLengthThatCounts() throws IOException {
        try (var file = Objects.requireNonNull(CommonPasswords.class.getResourceAsStream("common-passwords.txt"))) {
            var passwords = new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("//"))
                    .toList();
            assertThat(passwords).hasSize(10_000).doesNotHaveDuplicates().allMatch(password -> password.length() >= 12);
            assertThat(passwords).allMatch(password -> password.equals(password.toLowerCase(Locale.ROOT)));
            assertThat(CommonPasswords.contain(passwords.getFirst())).isTrue();
            assertThat(CommonPasswords.contain(passwords.getLast())).isTrue();
        }
    }

    @Test
    void othersAreNotAmongThem() {
        assertThat(CommonPasswords.contain("correct horse battery staple")).isFalse();
        assertThat(CommonPasswords.contain("// this source code form is subject to the terms of the mozilla public")).isFalse();
        assertThat(CommonPasswords.contain("")).isFalse();
    }
}
