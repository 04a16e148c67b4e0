package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whose signature counts, and by which key.
final class LaunchSignatureTest extends LaunchesOfSuites {
    @Test
    void takesNoOthersSignature() throws SQLException {
        assertThat(refusal(STRANGER.token(claims()))).isEqualTo(LaunchRefusal.SIGNATURE);
        var good = SIGNER.token(claims()).split("\\.");
        var other = SIGNER.token(with("role", "reader")).split("\\.");
        assertThat(refusal(good[0] + "." + other[1] + "." + good[2])).isEqualTo(LaunchRefusal.SIGNATURE);
        // Zeros, which some libraries once took for anyone's signature (CVE-2022-21449).
        assertThat(refusal(good[0] + "." + good[1] + "." + base64(new byte[64]))).isEqualTo(LaunchRefusal.SIGNATURE);
        assertThat(refusal(good[0] + "." + good[1] + ".AA")).isEqualTo(LaunchRefusal.SIGNATURE);
    }

    @Test
    void takesNoTokenWithoutASignature() throws SQLException {
        var payload = SIGNER.token(claims()).split("\\.")[1];
        for (var alg : List.of("none", "None", "NONE", "")) {
            var header = base64("{\"alg\":\"" + alg + "\"}");
            assertThat(refusal(header + "." + payload + ".")).isEqualTo(LaunchRefusal.UNREADABLE);
            assertThat(refusal(header + "." + payload + ".AA")).isEqualTo(LaunchRefusal.ALGORITHM);
        }
        assertThat(refusal(base64("{}") + "." + payload + ".AA")).isEqualTo(LaunchRefusal.ALGORITHM);
    }

    /// Its public key is no secret: who has it could sign by HS256, if the token said how it is to be checked.
    @Test
    void takesNoPublicKeyForASecret() throws SQLException, JOSEException {
        for (var secret : List.of(RSA.publicKey(), RSA.jwks(), RSA.key().toRSAKey().toPublicKey().toString())) {
            var claims = with("iss", "rsa");
            var token = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("r1").build(), new Payload(claims));
            token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
            assertThat(refusal(token.serialize())).isEqualTo(LaunchRefusal.ALGORITHM);
        }
        var der = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("r1").build(), new Payload(with("iss", "rsa")));
        der.sign(new MACSigner(RSA.key().toRSAKey().toPublicKey().getEncoded()));
        assertThat(refusal(der.serialize())).isEqualTo(LaunchRefusal.ALGORITHM);
    }

    @Test
    void anAlgorithmOfTheSameKeyIsAnother() throws SQLException {
        var token = RSA.token(new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("r1").build(), with("iss", "rsa"));
        assertThat(refusal(token)).isEqualTo(LaunchRefusal.ALGORITHM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k2", "", "../../dev/null", "/etc/facteur/suite.jwks", "https://evil.example/keys", "' or 1=1 --", "K1"})
    void aKidIsOnlyAName(String kid) throws SQLException {
        assertThat(refusal(SIGNER.token(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(kid).build(), claims()))).isEqualTo(LaunchRefusal.KEY);
    }

    @Test
    void aKeyNeedsNoName() throws SQLException {
        assertThat(tokens.accept(SIGNER.token(new JWSHeader(JWSAlgorithm.ES256), claims()))).isInstanceOf(LaunchResult.Accepted.class);
        assertThat(refusal(STRANGER.token(new JWSHeader(JWSAlgorithm.ES256), claims()))).isEqualTo(LaunchRefusal.SIGNATURE);
    }

    @Test
    void takesNoKeyFromTheToken() throws SQLException {
        var es256 = new JWSHeader.Builder(JWSAlgorithm.ES256);
        for (var header : List.of(
                es256.jwk(STRANGER.key().toPublicJWK()).build(),
                new JWSHeader.Builder(JWSAlgorithm.ES256).jwkURL(URI.create("https://evil.example/keys")).build(),
                new JWSHeader.Builder(JWSAlgorithm.ES256).x509CertURL(URI.create("https://evil.example/cert")).build(),
                new JWSHeader.Builder(JWSAlgorithm.ES256).customParam("zip", "DEF").build(),
                new JWSHeader.Builder(JWSAlgorithm.ES256).criticalParams(Set.of("exp")).customParam("exp", 1).build())) {
            assertThat(refusal(STRANGER.token(header, claims()))).isEqualTo(LaunchRefusal.UNREADABLE);
            assertThat(refusal(SIGNER.token(header, claims()))).isEqualTo(LaunchRefusal.UNREADABLE);
        }
    }

    @Test
    void aTokenForSomethingElseIsNone() throws SQLException {
        for (var type : List.of("at+jwt", "logout+jwt", "JOSE")) {
            var header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType(type)).build();
            assertThat(refusal(SIGNER.token(header, claims()))).isEqualTo(LaunchRefusal.UNREADABLE);
        }
    }

    @Test
    void aMemberComesOnce() throws SQLException, JOSEException {
        var text = "{\"iss\":\"suite\",\"office\":\"dupont\",\"office\":\"janssens\"}";
        var token = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(), new Payload(text));
        token.sign(new ECDSASigner(SIGNER.key().toECKey()));
        assertThat(refusal(token.serialize())).isEqualTo(LaunchRefusal.UNREADABLE);
        var parts = SIGNER.token(claims()).split("\\.");
        assertThat(refusal(base64("{\"alg\":\"ES256\",\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2])).isEqualTo(LaunchRefusal.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b", "a.b.c.d", "a.b.c", "e30.e30.e30", "e30.e30.", "\u0000.\u0000.\u0000", "fct_0123456789_x"})
    void anythingElseIsNoToken(String text) throws SQLException {
        assertThat(refusal(text)).isIn(LaunchRefusal.UNREADABLE, LaunchRefusal.SUITE);
    }

    @Test
    void isShort() throws SQLException {
        var claims = new HashMap<>(claims());
        claims.put("more", "x".repeat(LaunchTokens.LONGEST));
        assertThat(refusal(SIGNER.token(claims))).isEqualTo(LaunchRefusal.UNREADABLE);
        var token = SIGNER.token(claims());
        assertThat(refusal(token + "=")).isEqualTo(LaunchRefusal.UNREADABLE);
        assertThat(refusal(" " + token)).isEqualTo(LaunchRefusal.UNREADABLE);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
