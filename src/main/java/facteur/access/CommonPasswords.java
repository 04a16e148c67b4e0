package facteur.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The 10,000 most common passwords among those of 12 characters or more, from leaks. The file says where it comes from. It is read
/// when a password is set, which is seldom; in memory it would lie for nothing.
final class CommonPasswords {
    private static final String FILE = "common-passwords.txt";
    private static final String COMMENT = "//";

    private CommonPasswords() {}

    /// @param lower in lower case
    static boolean contain(String lower) {
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(FILE), FILE), StandardCharsets.UTF_8))) {
            return lines.lines().anyMatch(line -> !line.startsWith(COMMENT) && line.equals(lower));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
