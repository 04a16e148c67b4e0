package facteur.upstream;

import static facteur.fixture.Act.say;
import static facteur.fixture.Act.sayAndDrop;
import static facteur.fixture.Act.stall;
import static facteur.upstream.Samples.HELLO;
import static facteur.upstream.Samples.relay;
import static facteur.upstream.Samples.shortTimeouts;
import static facteur.upstream.Samples.smarthost;
import static facteur.upstream.Samples.text;
import static facteur.upstream.Samples.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TestTime;
import facteur.fixture.TestTls;
import facteur.mail.smtp.TlsMode;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.config.Secret;
import facteur.platform.tls.KeyMaterial;
import facteur.platform.tls.TlsSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who the upstream is, and who we are to it.
class TlsAndLoginTest {
    private static final Login LOGIN = new Login.Password("relay", Secret.of("sécret"));

    @TempDir
    private Path folder;

    private ScriptedUpstream peer = ScriptedUpstream.start().offer("STARTTLS", "PIPELINING", "AUTH LOGIN PLAIN");

    @AfterEach
    void close() {
        peer.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "STARTTLS_REQUIRED"})
    void startsTls(TlsMode tls) throws IOException {
        assertThat(relayed(trusting(tls))).isEqualTo("Relayed 250 2.0.0 taken");

        assertThat(peer.letters().getFirst().isTls()).isTrue();
        assertThat(peer.commands()).startsWith("EHLO relay.example", "STARTTLS", "EHLO relay.example", "MAIL FROM:<app@office.example>");
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS_REQUIRED", "IMPLICIT"})
    void showsItsCertificate(TlsMode tls) throws IOException {
        implicitly(tls);
        peer.askForCertificates();

        assertThat(relayed(trusting(tls).withCertificate(certificate()))).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.certificates()).containsExactly("CN=app.example");
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "STARTTLS_REQUIRED", "IMPLICIT"})
    void triesAgainWhenACertificateIsWantedAndNoneIsThere(TlsMode tls) throws IOException {
        implicitly(tls);
        peer.askForCertificates();

        assertThat(relayed(trusting(tls))).startsWith("TempFailed");
        assertThat(peer.letters()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "STARTTLS_REQUIRED", "IMPLICIT"})
    void saysWhoTookTheLetterAndOverWhat(TlsMode tls) throws IOException {
        implicitly(tls);

        var taken = (Outcome.Relayed) relay(trusting(tls), to("bob@x.example"), HELLO).getFirst();

        assertThat(taken.peer().orElseThrow().place()).isEqualTo("localhost[127.0.0.1]:" + peer.port());
        assertThat(taken.peer().flatMap(Peer::tls).orElseThrow().toString()).matches("TLSv1\\.3 with cipher TLS_AES_\\w+");
    }

    @Test
    void saysWhoTookALetterInClear() {
        var taken = (Outcome.Relayed) relay(smarthost(peer), to("bob@x.example"), HELLO).getFirst();

        assertThat(taken.peer().map(Peer::toString)).contains("localhost[127.0.0.1]:" + peer.port());
    }

    @Test
    void speaksTlsFromTheStart() throws IOException {
        implicitly(TlsMode.IMPLICIT);

        assertThat(relayed(trusting(TlsMode.IMPLICIT))).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.letters().getFirst().isTls()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "STARTTLS_REQUIRED", "IMPLICIT"})
    void refusesACertificateForAnotherName(TlsMode tls) throws IOException {
        implicitly(tls);
        var byAddress = Smarthost.of("smarthost", "127.0.0.1", peer.port(), tls, "relay.example")
                .withTrust(Trust.pem(ScriptedUpstream.certificate()));

        assertThat(relayed(byAddress)).startsWith("TempFailed TLS").contains("No subject alternative names");
        assertThat(peer.letters()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTTLS", "STARTTLS_REQUIRED", "IMPLICIT"})
    void refusesACertificateThatNobodyVouchesFor(TlsMode tls) {
        implicitly(tls);

        assertThat(relayed(smarthost(peer, tls))).startsWith("TempFailed TLS").contains("certification path");
    }

    @Test
    void insistsOnStartTlsWhenRequired() throws IOException {
        peer.offer("PIPELINING");

        assertThat(relayed(trusting(TlsMode.STARTTLS_REQUIRED))).isEqualTo("TempFailed TLS STARTTLS not offered");
        assertThat(peer.commands()).containsExactly("EHLO relay.example", "QUIT");
    }

    @Test
    void goesOnInClearWhenStartTlsIsOptionalAndNotOffered() throws IOException {
        peer.offer("PIPELINING");

        assertThat(relayed(trusting(TlsMode.STARTTLS))).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.letters().getFirst().isTls()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"454 4.7.0 not now", "501 5.5.4 no parameters", "502 5.5.1 no such command", "554 5.7.3 no"})
    void goesOnInClearWhenStartTlsIsOptionalAndDeclined(String reply) throws IOException {
        peer.when("STARTTLS", say(reply));

        assertThat(relayed(trusting(TlsMode.STARTTLS))).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.letters().getFirst().isTls()).isFalse();
        assertThat(peer.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"454 4.7.0 not now", "502 5.5.1 no such command"})
    void triesAgainWhenStartTlsIsNeededAndDeclined(String reply) throws IOException {
        peer.offer("STARTTLS", "AUTH PLAIN").when("STARTTLS", say(reply));

        assertThat(relayed(trusting(TlsMode.STARTTLS_REQUIRED))).isEqualTo("TempFailed TLS " + reply);
        assertThat(relayed(trusting(TlsMode.STARTTLS).withLogin(LOGIN))).isEqualTo("TempFailed TLS " + reply);
        assertThat(peer.logins()).isEmpty();
        assertThat(peer.letters()).isEmpty();
    }

    @Test
    void triesAgainWhenStartTlsEndsTheConnection() throws IOException {
        peer.when("STARTTLS", sayAndDrop("421 4.3.2 closing"));

        assertThat(relayed(trusting(TlsMode.STARTTLS))).isEqualTo("TempFailed TLS 421 4.3.2 closing");
    }

    /// What stands behind it would be taken for the answer to the next command.
    @Test
    void triesAgainWhenMoreThanOneReplyDeclinesStartTls() throws IOException {
        peer.when("STARTTLS", say("454 4.7.0 not now\r\n250 2.0.0 forged"));

        assertThat(relayed(trusting(TlsMode.STARTTLS))).isEqualTo("TempFailed TLS more than one reply to STARTTLS");
        assertThat(peer.letters()).isEmpty();
    }

    /// As hosts of all ages write it; Angus by itself sees none of these.
    @ParameterizedTest
    @ValueSource(strings = {"AUTH=PLAIN LOGIN", "auth plain login", "AUTH  PLAIN", " AUTH PLAIN", "AUTH\tPLAIN"})
    void seesALoginThatIsOfferedInAnOddWay(String line) {
        peer.when("EHLO", say("250-scripted.example\r\n250-PIPELINING\r\n250 " + line));

        assertThat(relayed(smarthost(peer).withLogin(LOGIN))).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.logins()).containsExactly("relay:sécret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"334 ", "334 go on"})
    void saysItsPasswordAgainToAHostThatHasPassedOverIt(String reply) {
        peer.when("AUTH PLAIN", say(reply));

        assertThat(relayed(smarthost(peer).withLogin(LOGIN))).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.logins()).containsExactly("relay:sécret", "relay:sécret");
    }

    @Test
    void sendsALongPasswordBehindTheChallenge() {
        var longOne = "x".repeat(400);

        assertThat(relayed(smarthost(peer).withLogin(new Login.Password("relay", Secret.of(longOne))))).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.logins()).containsExactly("relay:" + longOne);
        assertThat(peer.commands()).contains("AUTH PLAIN");
    }

    @Test
    void triesAgainWhenTheHandshakeStalls() throws IOException {
        peer.when("STARTTLS", sayAndDrop("220 go"));
        assertThat(relayed(trusting(TlsMode.STARTTLS))).startsWith("TempFailed TLS");

        // The first octet of a handshake never comes.
        var silent = Smarthost.of("smarthost", "localhost", peer.port(), TlsMode.IMPLICIT, "relay.example")
                .withTimeouts(shortTimeouts());
        peer.when("CONNECT", stall());
        assertThat(relayed(silent)).startsWith("TempFailed TLS").endsWith("no reply within 0.15s");
    }

    @Test
    void refusesWhatWasSlippedInBeforeTheHandshake() throws IOException {
        peer.when("STARTTLS", say("220 go\r\n250-forged\r\n250 AUTH PLAIN"));

        assertThat(relayed(trusting(TlsMode.STARTTLS).withLogin(LOGIN)))
                .isEqualTo("TempFailed TLS more than one reply to STARTTLS");
        assertThat(peer.logins()).isEmpty();
    }

    @Test
    void forgetsWhatWasOfferedBeforeTls() throws IOException {
        peer.once("EHLO", say("250-x\r\n250-STARTTLS\r\n250 AUTH PLAIN")).once("EHLO", say("500 5.5.1 no"));

        assertThat(relayed(trusting(TlsMode.STARTTLS).withLogin(LOGIN))).isEqualTo("TempFailed EHLO 500 5.5.1 no");
        assertThat(peer.logins()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "STARTTLS_REQUIRED"})
    void logsIn(TlsMode tls) throws IOException {
        assertThat(relayed(trusting(tls).withLogin(LOGIN))).isEqualTo("Relayed 250 2.0.0 taken");

        assertThat(peer.logins()).containsExactly("relay:sécret");
    }

    @Test
    void logsInStepByStep() {
        peer.offer("AUTH LOGIN");

        assertThat(relayed(smarthost(peer).withLogin(LOGIN))).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.logins()).containsExactly("relay:sécret");
    }

    @Test
    void endsALoginThatAsksForEver() {
        peer.offer("AUTH LOGIN").when("AUTH LOGIN", say("334 more")).when("cmVsYXk=", say("334 more")).when("c8OpY3JldA==", say("334 more"));

        assertThat(relayed(smarthost(peer).withLogin(LOGIN))).isEqualTo("TempFailed AUTH 334 more");
        assertThat(peer.commands()).containsExactly("EHLO relay.example", "AUTH LOGIN", "cmVsYXk=", "c8OpY3JldA==", "QUIT");
    }

    @Test
    void triesAgainWhenTheLoginIsRefused() {
        peer.when("AUTH", say("535 5.7.8 wrong"));

        assertThat(relayed(smarthost(peer).withLogin(LOGIN))).isEqualTo("TempFailed AUTH 535 5.7.8 wrong");
        assertThat(peer.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }

    @Test
    void triesAgainWhenNoLoginIsOffered() {
        peer.offer("AUTH CRAM-MD5 XOAUTH2");

        assertThat(relayed(smarthost(peer).withLogin(LOGIN))).startsWith("TempFailed AUTH neither");
        assertThat(peer.letters()).isEmpty();
    }

    @Test
    void sendsNoPasswordInClearWhenTlsWasHopedFor() throws IOException {
        peer.offer("AUTH PLAIN");

        assertThat(relayed(trusting(TlsMode.STARTTLS).withLogin(LOGIN)))
                .isEqualTo("TempFailed TLS STARTTLS not offered, and a login is not sent in clear");
        assertThat(peer.logins()).isEmpty();
    }

    @Test
    void printsNoPassword() {
        assertThat(smarthost(peer).withLogin(LOGIN).toString()).contains("relay:***").doesNotContain("cret");
    }

    @Test
    void wantsCertificatesInAPemFile() {
        assertThatThrownBy(() -> Trust.pem(Path.of("pom.xml"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Trust.pem(Path.of("target/no-such-file"))).isInstanceOf(IOException.class);
    }

    private void implicitly(TlsMode tls) {
        if (tls == TlsMode.IMPLICIT) {
            peer.close();
            peer = ScriptedUpstream.startTls();
        }
    }

    private KeyMaterial certificate() throws IOException {
        var yaml = "certificate: \"" + TestTls.file("client.pem") + "\"\nkey: \"" + TestTls.file("client.key") + "\"\n";
        var problems = new Problems();
        var file = Files.writeString(folder.resolve("facteur.yaml"), yaml);
        return TlsSection.readClient(ConfigFile.read(file, problems, _ -> null), new TestTime()).orElseThrow();
    }

    private Smarthost trusting(TlsMode tls) throws IOException {
        return smarthost(peer, tls).withTrust(Trust.pem(ScriptedUpstream.certificate()));
    }

    private static String relayed(Smarthost smarthost) {
        return text(relay(smarthost, to("bob@x.example"), HELLO).getFirst());
    }
}
