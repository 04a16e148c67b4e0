package facteur.cli;

import facteur.access.Scope;
import facteur.access.Token;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Tokens of the API for people and for programs; nothing of it lets anyone in. Immutable.
///
/// @param now for what has ended
record TokenLines(Instant now) {
    private static final String FORM = "%-10s  %-16s  %-16s  %-20s  %-20s  %s";

    /// After one was made.
    String made(Token token) {
        return "token " + token.name() + " (" + token.id() + ") for " + (token.isForAll() ? "all offices" : "office " + token.officeText())
                + ": " + scopes(token) + token.suite().map(suite -> ", for the suite " + suite).orElse("") + "; until " + seconds(token.until())
                + ". It can't be shown again";
    }

    String text(List<Token> tokens) {
        var lines = new ArrayList<String>();
        lines.add(FORM.formatted("id", "name", "office", "until", "last used", "scopes"));
        tokens.forEach(token -> lines.add(FORM.formatted(
                token.id(),
                token.name(),
                token.officeText(),
                end(token),
                token.usedAt().map(TokenLines::seconds).orElse("never"),
                scopes(token))));
        return String.join("\n", lines);
    }

    private String end(Token token) {
        if (token.revocation().isPresent()) {
            return "revoked";
        }
        return isEnded(token) ? "ended" : seconds(token.until());
    }

    private boolean isEnded(Token token) {
        return !now.isBefore(token.until());
    }

    private static String scopes(Token token) {
        return token.scopes().stream().map(Scope::word).collect(Collectors.joining(","));
    }

    private static String seconds(Instant instant) {
        return Instant.ofEpochSecond(instant.getEpochSecond()).toString();
    }

    Map<String, Object> members(Token token) {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", token.id());
        members.put("name", token.name());
        members.put("office", token.officeText());
        members.put("scopes", token.scopes().stream().map(Scope::word).toList());
        members.put("suite", token.suite().orElse(""));
        members.put("madeAt", token.madeAt());
        members.put("madeBy", token.madeBy());
        members.put("until", token.until());
        members.put("ended", isEnded(token));
        members.put("usedAt", token.usedAt().map(Instant::toString).orElse(""));
        members.put("revokedAt", token.revocation().map(Token.Revocation::at).map(Instant::toString).orElse(""));
        members.put("revokedBy", token.revocation().map(Token.Revocation::by).orElse(""));
        return members;
    }
}
