package facteur.upstream;

import facteur.mail.smtp.HeaderEncoding;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;

/// What a host offers by its reply to EHLO (RFC 5321 §4.1.1.1). Immutable.
///
/// Read as Postfix reads it, not as the grammar has it: a keyword counts in any case, with any blanks before and behind it,
/// and with an equals sign between it and its parameters (`AUTH=PLAIN LOGIN`, `SIZE=1000`), as old hosts write them. A keyword
/// that comes twice has the parameters of both: such hosts say `AUTH` and `AUTH=` side by side.
///
/// @param parameters by keyword, both in upper case
record Extensions(Map<String, Set<String>> parameters) {
    /// Of a host that doesn't know EHLO.
    static final Extensions NONE = new Extensions(Map.of());

    private static final int CODE_LENGTH = 3;

    /// @param response all lines of a positive reply, with their codes; the first one is the host's name
    static Extensions parse(String response) {
        var parameters = new LinkedHashMap<String, Set<String>>();
        response.lines().skip(1).filter(line -> line.length() > CODE_LENGTH).forEach(line -> {
            var words = new StringTokenizer(line.substring(CODE_LENGTH + 1).toUpperCase(Locale.ROOT), " \t\r\n=");
            if (words.hasMoreTokens()) {
                var values = parameters.computeIfAbsent(words.nextToken(), _ -> new LinkedHashSet<>());
                while (words.hasMoreTokens()) {
                    values.add(words.nextToken());
                }
            }
        });
        return new Extensions(Collections.unmodifiableMap(parameters));
    }

    /// @param keyword in upper case
    boolean offers(String keyword) {
        return parameters.containsKey(keyword);
    }

    /// @param mechanism of AUTH (RFC 4954 §3), in upper case
    boolean offersLogin(String mechanism) {
        return parameters.getOrDefault("AUTH", Set.of()).contains(mechanism);
    }

    /// What a header may hold there.
    HeaderEncoding encoding() {
        return offers("SMTPUTF8") ? HeaderEncoding.UTF8 : HeaderEncoding.ASCII;
    }

    /// `8BITMIME`, `AUTH PLAIN LOGIN`: as they were understood.
    List<String> lines() {
        return parameters.entrySet().stream()
                .map(offer -> (offer.getKey() + " " + String.join(" ", offer.getValue())).strip())
                .toList();
    }
}
