package facteur.access;

import facteur.platform.config.ProblemCode;
import facteur.platform.config.Secret;
import facteur.platform.config.Section;
import facteur.platform.http.ServiceUrl;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The section `console.oidc`: a provider that people sign in at. Immutable; prints without its secret.
///
/// @param issuer as the provider writes it, to the last slash
/// @param officeClaim of the ID token, which names offices, or `*`
/// @param roleClaim of the ID token
/// @param name what the sign-in page calls it
public record OidcSettings(
        ServiceUrl issuer, String clientId, Secret clientSecret, List<String> scopes, String officeClaim, String roleClaim, String name) {
    private static final ServiceUrl NOWHERE = ServiceUrl.parse("https://nowhere.invalid");
    private static final List<String> SCOPES = List.of("openid", "profile", "email");
    private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]+"); // RFC 6749 §3.3
    private static final int LONGEST_NAME = 60;

    public OidcSettings {
        scopes = List.copyOf(scopes);
    }

    /// Reads `oidc`.
    ///
    /// @param console the section around it
    /// @return empty when none of its keys is set
    public static Optional<OidcSettings> from(Section console) {
        var section = console.section("oidc");
        var settings = new OidcSettings(
                section.value("issuer", OidcSettings::issuer).orElse(NOWHERE),
                section.text("client-id", ""),
                section.secret("client-secret").orElse(Secret.of("")),
                scopes(section),
                section.value("office", OidcSettings::claim).orElse("facteur_office"),
                section.value("role", OidcSettings::claim).orElse("facteur_role"),
                section.value("name", OidcSettings::label).orElse("Company login"));
        if (section.keys().stream().noneMatch(section::has)) {
            return Optional.empty();
        }
        for (var key : List.of("issuer", "client-id", "client-secret")) {
            if (!section.has(key)) {
                section.problem(key, ProblemCode.VALUE_MISSING, "is missing");
            }
        }
        if (settings.officeClaim.equals(settings.roleClaim)) {
            section.problem("role", "must be another claim than that of office");
        }
        return Optional.of(settings);
    }

    private static ServiceUrl issuer(String text) {
        var url = ServiceUrl.parse(text);
        if (url.isReadableOnTheWay()) {
            throw new IllegalArgumentException("must begin with https:// off loopback: who signs in is learned there");
        }
        if (url.uri().getRawQuery() != null) {
            throw new IllegalArgumentException("must not have a query (OpenID Connect Discovery §2)");
        }
        return url;
    }

    private static List<String> scopes(Section section) {
        var scopes = section.has("scopes") ? section.values("scopes", OidcSettings::scope) : SCOPES;
        if (!scopes.contains("openid")) {
            section.problem("scopes", "must have openid: without it there is no ID token");
        }
        return scopes;
    }

    private static String scope(String text) {
        if (!SCOPE.matcher(text).matches()) {
            throw new IllegalArgumentException("a scope is one word without quotes and backslashes");
        }
        return text;
    }

    private static String claim(String text) {
        if (text.isBlank() || !text.strip().equals(text)) {
            throw new IllegalArgumentException("must be the name of a claim");
        }
        return text;
    }

    private static String label(String text) {
        var shown = text.strip();
        if (shown.isEmpty() || shown.length() > LONGEST_NAME || shown.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("must be the text of a link, of " + LONGEST_NAME + " characters at most");
        }
        return shown;
    }
}
