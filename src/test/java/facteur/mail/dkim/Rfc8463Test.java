package facteur.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.message.Header;
import facteur.platform.pem.PrivateKeyFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of RFC 8463, appendix A: its keys, its letter, and the signatures that must come of them.
final class Rfc8463Test {
    private static final String ED25519_SEED = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
    private static final String ED25519_RECORD = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    private static final String RSA_KEY = """
            -----BEGIN RSA PRIVATE KEY-----
            MIICXQIBAAKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi
            Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqM
            KrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB
            AoGAH0cxOhFZDgzXWhDhnAJDw5s4roOXN4OhjiXa8W7Y3rhX3FJqmJSPuC8N9vQm
            6SVbaLAE4SG5mLMueHlh4KXffEpuLEiNp9Ss3O4YfLiQpbRqE7Tm5SxKjvvQoZZe
            zHorimOaChRL2it47iuWxzxSiRMv4c+j70GiWdxXnxe4UoECQQDzJB/0U58W7RZy
            6enGVj2kWF732CoWFZWzi1FicudrBFoy63QwcowpoCazKtvZGMNlPWnC7x/6o8Gc
            uSe0ga2xAkEA8C7PipPm1/1fTRQvj1o/dDmZp243044ZNyxjg+/OPN0oWCbXIGxy
            WvmZbXriOWoSALJTjExEgraHEgnXssuk7QJBALl5ICsYMu6hMxO73gnfNayNgPxd
            WFV6Z7ULnKyV7HSVYF0hgYOHjeYe9gaMtiJYoo0zGN+L3AAtNP9huqkWlzECQE1a
            licIeVlo1e+qJ6Mgqr0Q7Aa7falZ448ccbSFYEPD6oFxiOl9Y9se9iYHZKKfIcst
            o7DUw1/hz2Ck4N5JrgUCQQCyKveNvjzkkd8HjYs0SwM0fPjK16//5qDZ2UiDGnOe
            uEzxBDAr518Z8VFbR41in3W4Y3yCDgQlLlcETrS+zYcL
            -----END RSA PRIVATE KEY-----
            """;
    private static final String RSA_RECORD = "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5"
            + "qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kr"
            + "yOTIKT+l/K4w3QIDAQAB";

    private static final String SIGNATURE = """
            DKIM-Signature: v=1; a=%s; c=relaxed/relaxed;
             d=football.example.com; i=@football.example.com;
             q=dns/txt; s=%s; t=1528637909; h=from : to :
             subject : date : message-id : from : subject : date;
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
             b=
            """;
    private static final String FIELDS = """
            From: Joe SixPack <joe@football.example.com>
            To: Suzie Q <suzie@shopping.example.net>
            Subject: Is dinner ready?
            Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
            Message-ID: <20030712040037.46341.5F8J@football.example.com>
            """;
    private static final String BODY = """
            Hi.

            We lost the game.  Are you hungry yet?

            Joe.

            """;

    @Test
    void signsWithEd25519() throws Exception {
        var key = DkimKey.of("brisbane", ed25519Key());

        assertThat(key.recordText()).isEqualTo(ED25519_RECORD);
        assertThat(signature(key, SIGNATURE.formatted("ed25519-sha256", "brisbane")))
                .isEqualTo("/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==");
    }

    @Test
    void signsWithRsa(@TempDir Path folder) throws Exception {
        var key = DkimKey.of("test", PrivateKeyFile.read(Files.writeString(folder.resolve("rsa.key"), RSA_KEY)));

        assertThat(key.recordText()).isEqualTo(RSA_RECORD);
        assertThat(signature(key, SIGNATURE.replaceAll(" :\n subject : date", " : subject :\n date").formatted("rsa-sha256", "test")))
                .isEqualTo("F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz"
                        + "dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=");
    }

    @Test
    void hashesTheBody() throws Exception {
        var out = new ByteArrayOutputStream();
        var relaxed = new RelaxedBody(out);
        relaxed.write(octets(BODY));
        relaxed.finish();

        assertThat(base64(MessageDigest.getInstance("SHA-256").digest(out.toByteArray())))
                .isEqualTo("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
    }

    private static String signature(DkimKey key, String unsigned) throws Exception {
        var hashed = new ByteArrayOutputStream();
        for (var field : Header.parse(octets(FIELDS + unsigned)).fields()) {
            hashed.writeBytes(RelaxedHeader.of(field));
        }
        var octets = hashed.toByteArray();
        return base64(key.sign(Arrays.copyOf(octets, octets.length - 2)));
    }

    /// PKCS#8 around the octets of the key (RFC 8410 §7).
    private static PrivateKey ed25519Key() throws Exception {
        var prefix = "302e020100300506032b657004220420";
        var encoded = HexFormat.of().parseHex(prefix + HexFormat.of().formatHex(Base64.getDecoder().decode(ED25519_SEED)));
        return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    private static byte[] octets(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
