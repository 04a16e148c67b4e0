package facteur.warmup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// What the trial relay reads: its configuration, two offices of which one signs, a certificate, DKIM keys. All made afresh, for this
/// run alone.
final class TrialFiles {
    static final int APP_LISTENERS = 2;
    static final String CONFIG = "facteur.yaml";
    static final String LOGIN = "suite";
    static final String PASSWORD = "sesame";

    /// Signs its letters by both algorithms.
    static final String SIGNER = "signer";

    /// Signs nothing.
    static final String PLAIN = "plain";

    private static final int LINE = 64;
    private static final String STORE_PASSWORD = "of-the-trial";
    private static final int RSA_BITS = 2048;

    /// JSON, which the API takes, is YAML, too.
    private static final String OFFICE = """
            {
              "company": "Trial <office@%1$s.example>",
              "from": { "address": "office@%1$s.example", "name": "Trial Company" },
              "reply-to": "company",
              "contexts": {
                "task": { "reply-to": "general", "address": "tasks@%1$s.example" },
                "invoice": { "reply-to": "responsible" }
              },
              "users": ["Jan Janssens <jan@%1$s.example>", "An Peeters <an@%1$s.example>"]%2$s
            }
            """;

    /// The hash of [#PASSWORD].
    private static final String HASH = "pbkdf2-sha512$210000$AAECAwQFBgcICQoLDA0ODw"
            + "$n+a9yXhsFR9d8vXJco5l7Pt4/d7ExL6x/3rnc9O3jWVJkbNY1HtLUVRPxfie7fmSTVMTLqETn85fvkSsSyx96Q";

    private static final String MORNING = """
            listeners:
              - address: 127.0.0.1:0
              - { address: "127.0.0.1:0", tls: starttls }
            delivery: { retry: [1s] }
            """;

    private final Path folder;
    private final TrialUpstream upstream;
    private final int returnsPort;

    TrialFiles(Path folder, TrialUpstream upstream) throws IOException {
        returnsPort = freePort();
        this.folder = folder;
        this.upstream = upstream;
    }

    Path folder() {
        return folder;
    }

    static String office(String id) {
        return OFFICE.formatted(id, "");
    }

    static String card(String office) {
        return """
            { "collaborator": "Jan Janssens <jan@%1$s.example>", "responsible": "An Peeters <an@%1$s.example>" }
            """.formatted(office);
    }

    /// Where letters are queued.
    void prepare() throws IOException {
        configure(MORNING);
        Files.createDirectories(folder.resolve("offices"));
        for (var id : new String[] {PLAIN, SIGNER}) {
            Files.writeString(folder.resolve("offices/" + id + ".yaml"), OFFICE.formatted(id, ", \"relations\": { \"R-1\": " + card(id) + "}"));
        }
        try {
            sign();
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    /// Where apps wait for the upstream, letters come back, and settings are the relay's own.
    void afternoon() throws IOException {
        configure("""
            listeners:
              - address: 127.0.0.1:0
              - { address: "127.0.0.1:0", tls: starttls }
              - { address: "127.0.0.1:%d", takes: returns }
            delivery: { retry: [1s], accept: pass-through, reverse-path: returns }
            returns: { domain: return.example.org }
            settings: { source: store }
            """.formatted(returnsPort));
    }

    /// Known before the relay opens it, since a reload tells no ports.
    int returnsPort() {
        return returnsPort;
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private void configure(String lines) throws IOException {
        Files.writeString(folder.resolve(CONFIG), """
            hostname: trial.example.org
            shared-address: trial@example.org
            state: .
            tls: { certificate: certificate.pem, key: key.pem }
            apps:
              - { name: suite, login: suite, password: "%s", offices: [plain, signer] }
              - { name: trial, networks: [127.0.0.0/8], offices: [plain, signer] }
            domains: { verify: none, trusted: [plain.example, signer.example] }
            admin: { address: "127.0.0.1:0" }
            console: { address: "127.0.0.1:0", second-step: none }
            limits: { login-delay: 10ms }
            upstreams:
              - { name: clear, kind: smtp, address: "127.0.0.1:%d", tls: none }
              - { name: secured, kind: smtp, address: "127.0.0.1:%d", tls: starttls-required, trust: certificate.pem }
            routes:
              - { to-domain: secured.example, upstreams: secured }
              - { upstreams: clear }
            """.formatted(HASH, upstream.port(), upstream.port()) + lines);
    }

    /// Put there by the operator, keys count as published.
    private void sign() throws IOException, GeneralSecurityException {
        var keys = Files.createDirectories(folder.resolve("keys/" + SIGNER + ".example"));
        var rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(RSA_BITS);
        pem(keys.resolve("rsa.pem"), "PRIVATE KEY", rsa.generateKeyPair().getPrivate().getEncoded());
        pem(keys.resolve("ed.pem"), "PRIVATE KEY", KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded());
    }

    private static void pem(Path file, String kind, byte[] octets) throws IOException {
        var text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(octets);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    /// Makes a certificate for this machine: `certificate.pem` and `key.pem`, and a context that has it and trusts it alone.
    static SSLContext certificate(Path folder) throws IOException, InterruptedException {
        var file = folder.resolve("certificate.p12");
        var keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "trial", "-keyalg", "EC",
                "-groupname", "secp256r1", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1", "-validity", "60",
                "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", STORE_PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        if (!keytool.waitFor(WarmUp.PATIENCE.toMillis(), TimeUnit.MILLISECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool made no certificate: " + Files.readString(folder.resolve("keytool.log")));
        }
        try {
            return context(folder, KeyStore.getInstance(file.toFile(), STORE_PASSWORD.toCharArray()));
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    private static SSLContext context(Path folder, KeyStore store) throws IOException, GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, STORE_PASSWORD.toCharArray());
        pem(folder.resolve("key.pem"), "PRIVATE KEY", store.getKey("trial", STORE_PASSWORD.toCharArray()).getEncoded());
        pem(folder.resolve("certificate.pem"), "CERTIFICATE", store.getCertificate("trial").getEncoded());
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("trial", store.getCertificate("trial"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
