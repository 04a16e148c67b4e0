package facteur.platform.dns;

import facteur.platform.idna.DomainName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// Knows where names are sold, and so which domain is the one that an organisation has bought (RFC 7489 §3.2): for
/// `mail.dupont.co.uk` that is `dupont.co.uk`. By the Public Suffix List, its private part too, as of the release.
///
/// Immutable; safe to share between threads.
public final class PublicSuffixes {
    /// Read when it is first needed.
    private static final class Packed {
        private static final PublicSuffixes LIST = read();

        private static PublicSuffixes read() {
            try (var in = PublicSuffixes.class.getResourceAsStream("public-suffixes.txt")) {
                if (in == null) {
                    throw new IllegalStateException("public-suffixes.txt is not packed");
                }
                return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Rules in A-labels: `co.uk`, `*.ck`, `!www.ck`.
    private final Set<String> rules;

    private PublicSuffixes(Set<String> rules) {
        this.rules = rules;
    }

    public static PublicSuffixes packed() {
        return Packed.LIST;
    }

    /// https://github.com/publicsuffix/list/wiki/Format
    static PublicSuffixes parse(String text) {
        var rules = new HashSet<String>();
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                .forEach(line -> rules.add(ascii(line)));
        return new PublicSuffixes(Set.copyOf(rules));
    }

    /// The marks of a rule are no part of the name.
    private static String ascii(String rule) {
        var name = rule.replaceFirst("^(?:!|\\*\\.)", "");
        return rule.substring(0, rule.length() - name.length())
                + DomainName.ascii(name).orElseThrow(() -> new IllegalStateException("not a domain in public-suffixes.txt: " + rule));
    }

    /// The domain itself when it is a public suffix, or no longer than one.
    ///
    /// @param domain in lower case and A-labels
    public String organisationalDomain(String domain) {
        var below = domain;
        for (var name = domain;; name = parent(name)) {
            if (isSuffix(name)) {
                return below;
            }
            below = name;
        }
    }

    /// Whether it is one under which anyone may have a domain.
    ///
    /// @param domain in lower case and A-labels
    public boolean has(String domain) {
        return isSuffix(domain);
    }

    /// The longest rule wins, an exception goes before a wildcard, and the last label alone always is one.
    private boolean isSuffix(String name) {
        if (rules.contains("!" + name)) {
            return false;
        }
        return !name.contains(".") || rules.contains(name) || rules.contains("*." + parent(name));
    }

    private static String parent(String name) {
        return name.substring(name.indexOf('.') + 1);
    }
}
