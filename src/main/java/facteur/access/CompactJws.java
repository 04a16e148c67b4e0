package facteur.access;

import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The text of a signed token (RFC 7515 §7.1, RFC 7519), taken apart and not yet checked: nothing in it may be believed before
/// [VerificationKeys#verify]. Both objects are read strictly, so that no member comes twice.
///
/// @param encodedHeader as it was sent
/// @param encodedPayload as it was sent
/// @param signature as it was sent
record CompactJws(
        JsonValue.Members header, JsonValue.Members payload, String encodedHeader, String encodedPayload, String signature) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-]+");

    /// What would have us look for a key elsewhere, or read the token by other rules. A token that names one was not made for us.
    private static final List<String> REFUSED = List.of("jku", "jwk", "x5u", "x5c", "crit", "b64", "zip");

    /// What a text is.
    sealed interface Reading {
        record Read(CompactJws token) implements Reading {}

        /// @param why a sentence that quotes nothing
        record Unreadable(String why) implements Reading {}
    }

    /// @param longest characters
    static Reading parse(String text, int longest) {
        if (text.length() > longest) {
            return new Reading.Unreadable("has more than " + longest + " characters");
        }
        var parts = text.split("\\.", -1);
        if (parts.length != 3) {
            return new Reading.Unreadable("must be three parts with dots between");
        }
        // The last one is empty in a token that isn't signed at all.
        if (!PART.matcher(parts[0]).matches() || !PART.matcher(parts[1]).matches() || !PART.matcher(parts[2]).matches()) {
            return new Reading.Unreadable("must be three parts of base64url, the signature among them");
        }
        var header = members(parts[0]);
        var payload = members(parts[1]);
        if (header.isEmpty() || payload.isEmpty()) {
            return new Reading.Unreadable("its " + (header.isEmpty() ? "header" : "payload") + " is no JSON object with each member once");
        }
        var refused = REFUSED.stream().filter(name -> header.get().member(name).isPresent()).findFirst();
        if (refused.isPresent()) {
            return new Reading.Unreadable("its header has " + refused.get() + ": keys and rules come from the configuration alone");
        }
        var type = header.get().member("typ");
        if (type.isPresent() && !(type.get() instanceof JsonValue.Text(var word) && word.equalsIgnoreCase("JWT"))) {
            return new Reading.Unreadable("its typ is not JWT: it is a token for something else");
        }
        if (header.get().member("kid").filter(kid -> !(kid instanceof JsonValue.Text)).isPresent()) {
            return new Reading.Unreadable("its kid is no text");
        }
        return new Reading.Read(new CompactJws(header.get(), payload.get(), parts[0], parts[1], parts[2]));
    }

    private static Optional<JsonValue.Members> members(String encoded) {
        try {
            var octets = Base64.getUrlDecoder().decode(encoded);
            return JsonReader.read(new ByteArrayInputStream(octets)) instanceof JsonValue.Members members ? Optional.of(members) : Optional.empty();
        } catch (IllegalArgumentException | JsonException unreadable) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read from memory", e);
        }
    }

    /// As it is written; `""` when there is none.
    String algorithm() {
        return text(header, "alg").orElse("");
    }

    Optional<String> keyName() {
        return text(header, "kid");
    }

    private static Optional<String> text(JsonValue.Members members, String name) {
        return members.member(name).flatMap(value -> value instanceof JsonValue.Text(var text) ? Optional.of(text) : Optional.empty());
    }

    /// What the signature is of (RFC 7515 §5.1).
    byte[] signingInput() {
        return (encodedHeader + "." + encodedPayload).getBytes(StandardCharsets.US_ASCII);
    }

    /// Without what could be presented.
    @Override
    public String toString() {
        return "token by " + algorithm();
    }
}
