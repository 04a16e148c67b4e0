package facteur.access;

import com.nimbusds.jose.JWSAlgorithm;
import facteur.platform.config.InvalidValueException;
import facteur.platform.config.ProblemCode;
import java.util.List;
import java.util.stream.Stream;

/// How a token may be signed (RFC 7518 §3.1). There is no `none`, and no EdDSA: Nimbus needs another library for it.
public enum SigningAlgorithm {
    ES256,
    PS256,
    RS256,
    HS256;

    /// @throws InvalidValueException for any other word, with the nearest
    public static SigningAlgorithm parse(String word) {
        return Stream.of(values()).filter(algorithm -> algorithm.name().equals(word)).findFirst().orElseThrow(() -> unknown(word));
    }

    private static InvalidValueException unknown(String word) {
        var words = Stream.of(values()).map(SigningAlgorithm::name).toList();
        return switch (word) {
            case "none" -> new InvalidValueException(ProblemCode.VALUE_INVALID, "'none' would let anyone in: it must be one of " + listed(words));
            case "EdDSA", "Ed25519" ->
                new InvalidValueException(ProblemCode.VALUE_INVALID, "'" + word + "' is not supported: it must be one of " + listed(words));
            default -> InvalidValueException.unknownWord("'" + word + "' is not one of " + listed(words), word, words);
        };
    }

    private static String listed(List<String> words) {
        return String.join(", ", words);
    }

    /// The word for Nimbus.
    JWSAlgorithm jws() {
        return JWSAlgorithm.parse(name());
    }

    /// What a key of it must be (RFC 7517 §4.1), for messages.
    String keyWords() {
        return switch (this) {
            case ES256 -> "kty EC and crv P-256";
            case PS256, RS256 -> "kty RSA and 2048 bits at least";
            case HS256 -> "kty oct";
        };
    }
}
