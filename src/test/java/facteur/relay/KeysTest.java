package facteur.relay;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every key that the program asks the configuration for is in the man page and in the shipped file.
final class KeysTest {
    /// Configurations that together make the program ask for everything.
    private static final String[] CONFIGURATIONS = {
        """
        apps: [{ name: a, networks: [127.0.0.1], offices: ['*'] }]
        listeners: [{ address: "127.0.0.1:0" }]
        upstreams: [{ name: s, kind: smtp, address: "smtp.example.net:587" }]
        routes: [{ upstreams: [s] }]
        """,
        """
        roles: [{ name: senior }]
        settings: { source: http, http: { url: "https://suite.example.org/api" } }
        spool: { url: "jdbc:postgresql://db.example.org/facteur" }
        upstreams:
          - name: m
            kind: smtp
            address: "smtp.example.net:587"
            auth: xoauth2
            login: relay@example.org
            token: { url: "https://login.example.net/token", grant: refresh-token, client-id: i, refresh-token: r }
        """,
        """
        settings: { source: sql, sql: { url: "jdbc:postgresql://db.example.org/suite", office: "select 1", relation: "select 2" } }
        upstreams: [{ name: c, kind: capture }, { name: d, kind: discard }]
        """,
        """
        settings: { source: store }
        console: { suites: [{ name: suite }] }
        returns: { domain: return.example.org }
        """,
    };

    @TempDir
    private Path folder;

    private final Set<String> keys = new TreeSet<>();

    @BeforeEach
    void askForEverything() throws IOException {
        Files.createDirectories(folder.resolve("offices"));
        for (var configuration : CONFIGURATIONS) {
            var file = Files.writeString(folder.resolve("facteur.yaml"), "shared-address: inbox@example.org\n" + configuration);
            var root = ConfigFile.read(file, new Problems(), _ -> null);
            Config.of(root, _ -> null);
            keys.addAll(root.asked());
        }
        assertThat(keys).hasSizeGreaterThan(100).contains("journal.addresses", "metrics.per-office", "upstreams.token.scope",
                "settings.http.response-size", "roles.nl");
    }

    @Test
    void theManPageHasEveryKey() throws IOException {
        var page = Files.readString(Path.of("src", "man", "facteur.yaml.5"));
        var missing = keys.stream()
                .filter(key -> !Pattern.compile("(?m)^\\.(It |Ss |)(Cm |).*(?<![\\w-])" + word(key) + "(?![\\w-])")
                        .matcher(section(page, key)).find())
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void theShippedFileHasEveryKey() throws IOException {
        var shipped = Files.readString(Path.of("conf", "facteur.yaml"));
        var missing = keys.stream()
                .filter(key -> !Pattern.compile("(?<![\\w-])" + word(key) + ":").matcher(blocks(shipped, key)).find())
                .toList();
        assertThat(missing).isEmpty();
    }

    private static String word(String key) {
        return Pattern.quote(key.substring(key.lastIndexOf('.') + 1));
    }

    private static String top(String key) {
        return key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
    }

    /// What the page says of a section; of a key without one, all of it.
    private static String section(String page, String key) {
        var start = page.indexOf("\n.Ss " + top(key) + "\n");
        if (start < 0) {
            return page;
        }
        var next = Pattern.compile("\n\\.S[sh] ").matcher(page);
        assertThat(next.find(start + 1)).isTrue();
        return page.substring(start, next.start());
    }

    /// The examples of a section.
    private static String blocks(String shipped, String key) {
        var blocks = new StringBuilder();
        var block = Pattern.compile("(?ms)^#?" + Pattern.quote(top(key)) + ":.*?(?=^#?[a-z-]+:|\\z)").matcher(shipped);
        block.results().forEach(found -> blocks.append(found.group()));
        return blocks.toString();
    }
}
