package facteur.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keys that signatures are checked with, of a JWK Set (RFC 7517 §5). Where a key says that there is more to be had at some address, it
/// isn't fetched. Immutable; no message and no printed form has anything of a key.
public final class VerificationKeys {
    private static final int MOST = 50;
    private static final int LONGEST = 256 * 1024;
    private static final int RSA_BITS = 2048;
    private static final int SECRET_OCTETS = 32;

    private final List<JWK> keys;

    private VerificationKeys(List<JWK> keys) {
        this.keys = List.copyOf(keys);
    }

    /// Keys that an operator wrote: each must be good for the algorithm.
    ///
    /// @throws IllegalArgumentException says which one isn't, and why
    static VerificationKeys configured(String jwks, SigningAlgorithm algorithm) {
        var keys = new ArrayList<JWK>();
        var names = new HashSet<String>();
        for (var written : elements(jwks)) {
            var place = "key " + (keys.size() + 1);
            var key = parse(written).orElseThrow(() -> new IllegalArgumentException(place + " is no valid key; " + algorithm + " needs "
                    + algorithm.keyWords()));
            unfit(key, algorithm).ifPresent(why -> {
                throw new IllegalArgumentException(place + " " + why);
            });
            if (key.getKeyID() != null && !names.add(key.getKeyID())) {
                throw new IllegalArgumentException(place + " has the kid of another");
            }
            keys.add(key);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("the list has no key");
        }
        return new VerificationKeys(keys);
    }

    /// Keys that a provider publishes: those that aren't good for one of the algorithms are for something else.
    ///
    /// @throws IllegalArgumentException when it is no JWK Set
    static VerificationKeys published(String jwks, List<SigningAlgorithm> algorithms) {
        return new VerificationKeys(elements(jwks).stream()
                .flatMap(written -> parse(written).stream())
                .filter(key -> algorithms.stream().anyMatch(algorithm -> unfit(key, algorithm).isEmpty()))
                .toList());
    }

    private static List<JsonValue> elements(String jwks) {
        if (jwks.length() > LONGEST) {
            throw new IllegalArgumentException("must have " + LONGEST + " characters at most");
        }
        try {
            if (JsonReader.read(jwks) instanceof JsonValue.Members set
                    && set.member("keys").orElse(JsonValue.NULL) instanceof JsonValue.Array(var elements)) {
                if (elements.size() > MOST) {
                    throw new IllegalArgumentException("has more than " + MOST + " keys");
                }
                return elements;
            }
        } catch (JsonException e) {
            throw new IllegalArgumentException("is no JSON (line " + e.line() + ", column " + e.column() + ")", e);
        }
        throw new IllegalArgumentException("must be a JWK Set: {\"keys\": […]}");
    }

    /// Nimbus tells in its messages what it read.
    private static Optional<JWK> parse(JsonValue written) {
        try {
            return written instanceof JsonValue.Members ? Optional.of(JWK.parse(written.toString())) : Optional.empty();
        } catch (ParseException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /// Why a key can't check signatures of the algorithm.
    private static Optional<String> unfit(JWK key, SigningAlgorithm algorithm) {
        if (!isOfKind(key, algorithm)) {
            return Optional.of("is of another kind: " + algorithm + " needs " + algorithm.keyWords());
        }
        if (key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm.jws())) {
            return Optional.of("has another alg than " + algorithm);
        }
        if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)
                || key.getKeyOperations() != null && !key.getKeyOperations().contains(KeyOperation.VERIFY)) {
            return Optional.of("is not for checking signatures: its use or key_ops say so");
        }
        if (key instanceof OctetSequenceKey secret) {
            return secret.toByteArray().length < SECRET_OCTETS
                    ? Optional.of("is too short: a secret needs " + SECRET_OCTETS + " octets at least")
                    : Optional.empty();
        }
        return key.isPrivate() ? Optional.of("is a private key: only its holder may have it, and the public half is needed here") : Optional.empty();
    }

    private static boolean isOfKind(JWK key, SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> key instanceof ECKey ec && ec.getCurve().equals(Curve.P_256);
            case PS256, RS256 -> key instanceof RSAKey rsa && rsa.size() >= RSA_BITS;
            case HS256 -> key instanceof OctetSequenceKey;
        };
    }

    /// Those that may have signed: a `kid` is a name among these, and nothing else.
    VerificationKeys named(Optional<String> kid) {
        return kid.isEmpty() ? this : new VerificationKeys(keys.stream().filter(key -> kid.get().equals(key.getKeyID())).toList());
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /// Whether one of them made the signature, by that algorithm.
    ///
    /// @param token that claims the algorithm
    boolean verify(CompactJws token, SigningAlgorithm algorithm) {
        return keys.stream().filter(key -> unfit(key, algorithm).isEmpty()).anyMatch(key -> isSignedBy(key, token));
    }

    private static boolean isSignedBy(JWK key, CompactJws token) {
        try {
            return verifier(key).verify(JWSHeader.parse(new Base64URL(token.encodedHeader())), token.signingInput(),
                    new Base64URL(token.signature()));
        } catch (JOSEException | ParseException unreadable) {
            return false;
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (key) {
            case ECKey ec -> new ECDSAVerifier(ec);
            case RSAKey rsa -> new RSASSAVerifier(rsa);
            case OctetSequenceKey secret -> new MACVerifier(secret);
            default -> throw new JOSEException("no kind of key that was taken");
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerificationKeys same && keys.equals(same.keys);
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }

    @Override
    public String toString() {
        return keys.size() + " keys";
    }
}
