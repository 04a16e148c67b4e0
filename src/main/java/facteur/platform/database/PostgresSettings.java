package facteur.platform.database;

import facteur.platform.config.Secret;
import facteur.platform.config.Section;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// How to reach a PostgreSQL. Immutable.
///
/// @param url of JDBC, without a password; empty when there is none
/// @param connections at most, at the same time
/// @param timeout for a connection, and again for each answer; whole seconds count
/// @param lease how long the letters of a node that has fallen silent wait for another; the same on all of them
public record PostgresSettings(
        String url, Optional<String> user, Optional<Secret> password, int connections, Duration timeout, Duration lease) {
    /// Long enough for most outages of a network to pass, with what became of letters meanwhile.
    public static final Duration LEASE = Duration.ofMinutes(5);

    /// Half of them commit, one reads, and the others write large bodies.
    private static final int FEWEST_CONNECTIONS = 3;

    private static final String SCHEME = "jdbc:postgresql:";
    private static final Pattern PASSWORD = Pattern.compile("(?i)(password|passwd|pwd)\\s*=");

    static PostgresSettings from(Section section) {
        return new PostgresSettings(
                section.value("url", PostgresSettings::url).orElse(""),
                section.text("user"),
                section.secret("password"),
                section.integer("connections", 8, FEWEST_CONNECTIONS, 100),
                section.duration("timeout", Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(60)),
                section.duration("lease", LEASE, Duration.ofSeconds(5), Duration.ofHours(1)));
    }

    private static String url(String text) {
        if (!text.isEmpty() && !text.startsWith(SCHEME)) {
            throw new IllegalArgumentException("must be empty, or begin with " + SCHEME + ", such as jdbc:postgresql://127.0.0.1/facteur");
        }
        if (PASSWORD.matcher(text).find()) {
            throw new IllegalArgumentException("a password in the URL would be seen in logs; it has its own key");
        }
        return text;
    }
}
