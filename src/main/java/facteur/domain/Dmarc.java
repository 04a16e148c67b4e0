package facteur.domain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a domain asks of receivers (RFC 7489).
public sealed interface Dmarc {
    /// @param name where it was found
    /// @param request for this domain: of a subdomain without a record of its own, `sp` of the organisational one
    record Policy(String name, Request request, Mode dkim, Mode spf, String text) implements Dmarc {}

    /// It asks for nothing.
    record None(String why) implements Dmarc {}

    record Unclear(String why) implements Dmarc {}

    /// What is to be done with a letter that fails (RFC 7489 §6.3, `p` and `sp`).
    enum Request {
        NONE,
        QUARANTINE,
        REJECT
    }

    /// How alike two domains must be (RFC 7489 §3.1, `adkim` and `aspf`).
    enum Mode {
        /// One organisation.
        RELAXED,
        /// One name.
        STRICT
    }

    /// RFC 7489 §6.6.3 (2): only a record that starts so counts.
    static boolean isRecord(String text) {
        return text.matches("v[ \t]*=[ \t]*DMARC1[ \t]*(;.*)?");
    }

    /// Reads a record.
    ///
    /// @param part whom it is to speak of
    static Dmarc parse(String name, String text, Part part) {
        var tags = tags(text);
        var own = request(tags.get("p"));
        if (own.isEmpty() && !tags.getOrDefault("rua", "").contains("mailto:")) {
            return new None(name + " has a record without a policy");
        }
        // RFC 7489 §6.6.3 (6): with an address for reports it is p=none.
        var request = switch (part) {
            case ITSELF -> own;
            case SUBDOMAIN -> request(tags.get("sp")).or(() -> own);
        };
        return new Policy(name, request.orElse(Request.NONE), mode(tags.get("adkim")), mode(tags.get("aspf")), text);
    }

    /// Whom a record speaks of.
    enum Part {
        ITSELF,
        SUBDOMAIN
    }

    private static Map<String, String> tags(String text) {
        var tags = new HashMap<String, String>();
        for (var tag : text.split(";")) {
            var equals = tag.indexOf('=');
            if (equals > 0) {
                tags.putIfAbsent(tag.substring(0, equals).strip(), tag.substring(equals + 1).strip().toLowerCase(Locale.ROOT));
            }
        }
        return tags;
    }

    private static Optional<Request> request(@Nullable String word) {
        return switch (word) {
            case "none" -> Optional.of(Request.NONE);
            case "quarantine" -> Optional.of(Request.QUARANTINE);
            case "reject" -> Optional.of(Request.REJECT);
            case null, default -> Optional.empty();
        };
    }

    private static Mode mode(@Nullable String word) {
        return "s".equals(word) ? Mode.STRICT : Mode.RELAXED;
    }
}
