package facteur.settings;

import facteur.platform.config.Secret;
import facteur.platform.config.Section;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which database holds the settings, and how it is asked. Immutable.
///
/// @param url of JDBC; without a password
/// @param office gives the rows of one office
/// @param relation gives the rows of one relation card; empty when there are no cards
/// @param connections at most, at the same time
/// @param timeout for getting a connection, and again for an answer; whole seconds count
public record SqlSettings(
        String url,
        Optional<String> user,
        Optional<Secret> password,
        SqlStatement office,
        Optional<SqlStatement> relation,
        int connections,
        Duration timeout) {
    static final String OFFICE = "office";
    static final String RELATION = "relation";

    private static final SqlStatement NO_STATEMENT = new SqlStatement("", List.of());
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Pattern PASSWORD = Pattern.compile("(?i)(password|passwd|pwd)\\s*=");

    /// Reads the section `settings.sql`. Connects to nothing.
    public static SqlSettings from(Section section) {
        return new SqlSettings(
                section.requiredValue("url", SqlSettings::url, ""),
                section.text("user"),
                section.secret("password"),
                section.requiredValue(OFFICE, text -> SqlStatement.parse(text, List.of(OFFICE)), NO_STATEMENT),
                section.value(RELATION, text -> SqlStatement.parse(text, List.of(OFFICE, RELATION))),
                section.integer("connections", 4, 1, 100),
                section.duration("timeout", Duration.ofSeconds(5), SHORTEST, LONGEST));
    }

    /// What people call the database: the URL without anything that may be confidential.
    String name() {
        return url.replaceFirst("[?;].*", "").replaceFirst("^(jdbc:[^:]*:).*@", "$1…@");
    }

    boolean isPostgres() {
        return url.startsWith("jdbc:postgresql:");
    }

    private static String url(String text) {
        if (!text.startsWith("jdbc:")) {
            throw new IllegalArgumentException("must begin with jdbc:, such as jdbc:postgresql://127.0.0.1/offices");
        }
        if (PASSWORD.matcher(text).find()) {
            throw new IllegalArgumentException("a password in the URL would be seen in logs; it has its own key");
        }
        try {
            DriverManager.getDriver(text);
        } catch (SQLException none) {
            throw new IllegalArgumentException("no JDBC driver on the class path knows this URL", none);
        }
        return text;
    }
}
