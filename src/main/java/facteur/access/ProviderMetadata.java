package facteur.access;

import facteur.platform.http.ServiceUrl;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.net.URI;
import java.util.Optional;

/// What a provider says of itself (OpenID Connect Discovery §3). Immutable.
///
/// @param namesItself whether its answers must name it (RFC 9207)
/// @param wantsPostedSecret whether the client's secret goes into the form, since the provider doesn't take it in the header
record ProviderMetadata(URI authorization, URI token, URI keys, boolean namesItself, boolean wantsPostedSecret) {
    private static final String BASIC = "client_secret_basic";
    private static final String POST = "client_secret_post";

    static URI place(OidcSettings settings) {
        return URI.create(settings.issuer().toString().replaceAll("/+$", "") + "/.well-known/openid-configuration");
    }

    /// @throws IllegalArgumentException says what is wrong with it
    static ProviderMetadata read(String text, OidcSettings settings) {
        try {
            if (JsonReader.read(text) instanceof JsonValue.Members members) {
                return read(new Claims(members), settings);
            }
        } catch (JsonException e) {
            throw new IllegalArgumentException("its description is no JSON: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("its description is no JSON object");
    }

    private static ProviderMetadata read(Claims said, OidcSettings settings) {
        if (!said.text("issuer").equals(Optional.of(settings.issuer().toString()))) {
            throw new IllegalArgumentException("it calls itself " + said.text("issuer").orElse("nothing") + ", not as console.oidc.issuer does: "
                    + settings.issuer());
        }
        var methods = said.texts("token_endpoint_auth_methods_supported");
        if (!methods.isEmpty() && !methods.contains(BASIC) && !methods.contains(POST)) {
            throw new IllegalArgumentException("it takes no client secret, neither by " + BASIC + " nor by " + POST);
        }
        var challenges = said.texts("code_challenge_methods_supported");
        if (!challenges.isEmpty() && !challenges.contains("S256")) {
            throw new IllegalArgumentException("it has PKCE, but not by S256");
        }
        return new ProviderMetadata(
                endpoint(said, "authorization_endpoint"),
                endpoint(said, "token_endpoint"),
                endpoint(said, "jwks_uri"),
                said.members().member("authorization_response_iss_parameter_supported").equals(Optional.of(new JsonValue.Bool(true))),
                !methods.isEmpty() && !methods.contains(BASIC));
    }

    private static URI endpoint(Claims said, String name) {
        var url = said.text(name).orElseThrow(() -> new IllegalArgumentException("its description has no " + name));
        try {
            var service = ServiceUrl.parse(url);
            if (service.isReadableOnTheWay()) {
                throw new IllegalArgumentException("must begin with https:// off loopback");
            }
            return service.uri();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("its " + name + " " + wrong.getMessage(), wrong);
        }
    }
}
