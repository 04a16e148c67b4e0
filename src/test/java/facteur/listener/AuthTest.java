package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.app.Admission;
import facteur.app.App;
import facteur.fixture.CountingDerivation;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.listener.Conversation.Greeting;
import facteur.login.Account;
import facteur.login.Authenticator;
import facteur.login.Derivations;
import facteur.login.LoginLimits;
import facteur.login.PasswordHash;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.MailArguments;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.TlsMode;
import facteur.mail.smtp.TlsSession;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.tls.TlsKeys;
import facteur.returns.ClosedDoor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.Session;

/// When AUTH is offered, and when it listens; the dialogues themselves are those of `ListenerIT`.
final class AuthTest {
    private static final App SUITE = new App("suite", List.of(), App.Scope.ANY);
    private static final App LOCAL = new App("local", List.of(), App.Scope.ANY);

    private static final Account ACCOUNT =
            new Account("suite", PasswordHash.of("sesame", new CountingDerivation(), new SecureRandom()));

    private final CountingDerivation derivation = new CountingDerivation();
    private final Authenticator oneAccount =
            authenticator(List.of(new Account("suite", PasswordHash.of("sesame", derivation, new SecureRandom()))));
    private final Authenticator noAccounts = authenticator(List.of());
    private final Admission admission = new Admission(List.of());
    private final Conversations conversations = conversations();

    @Test
    void isOfferedWhereNobodyListensInAndSomebodyCouldLogIn() throws UnknownHostException {
        assertThat(offer(oneAccount, "127.0.0.1")).endsWith("AUTH PLAIN LOGIN");
        assertThat(offer(oneAccount, "::1")).endsWith("AUTH PLAIN LOGIN");
        assertThat(offer(oneAccount, "192.0.2.1")).doesNotContain("AUTH");
        assertThat(offer(noAccounts, "127.0.0.1")).doesNotContain("AUTH");
    }

    @Test
    void wantsEncryptionFromAfar() throws UnknownHostException {
        assertThat(refusal(oneAccount, greeted("192.0.2.1")))
                .contains("538 5.7.11 Encryption required for requested authentication mechanism");
        assertThat(refusal(oneAccount, greeted("127.0.0.1"))).isEmpty();
    }

    @Test
    void wantsEhloFirst() throws UnknownHostException {
        var conversation = conversation("127.0.0.1");
        assertThat(refusal(oneAccount, conversation)).contains("503 5.5.1 EHLO first");
        conversation.greet(Greeting.HELO, "app.example");
        assertThat(refusal(oneAccount, conversation)).contains("503 5.5.1 EHLO first");
        assertThat(refusal(noAccounts, conversation)).contains("502 5.5.1 Command not implemented");
    }

    @Test
    void listensOnceAndNotDuringATransaction() throws UnknownHostException {
        var conversation = greeted("127.0.0.1");
        if (MailArguments.parse("FROM:<>") instanceof Parsed.Good<MailArguments>(var mail)) {
            conversation.start(new Transaction(mail, new ReceivingMemory(1 << 20)));
        }
        assertThat(refusal(oneAccount, conversation)).contains("503 5.5.1 Not during a mail transaction");
        conversation.reset();
        conversation.logIn(SUITE, ACCOUNT);
        assertThat(refusal(oneAccount, conversation)).contains("503 5.5.1 Already authenticated");
    }

    @Test
    void endsTheConnectionAfterThreeFailures() throws UnknownHostException {
        var conversation = greeted("127.0.0.1");
        conversation.failLogin();
        conversation.failLogin();
        assertThat(refusal(oneAccount, conversation)).isEmpty();
        conversation.failLogin();
        assertThat(refusal(oneAccount, conversation)).contains("421 4.7.0 Too many failed logins, closing");
    }

    @Test
    void aLoginCountsMoreThanANetworkAndOutlastsEhloAndRset() {
        var conversation = new Conversation(
                InetAddress.getLoopbackAddress(), InetAddress.getLoopbackAddress(), Optional.of(LOCAL), TlsMode.STARTTLS);
        conversation.greet(Greeting.EHLO, "app.example");
        assertThat(conversation.app()).contains(LOCAL);
        assertThat(conversation.protocol(HeaderEncoding.ASCII)).isEqualTo("ESMTP");
        conversation.failLogin();
        assertThat(conversation.app()).contains(LOCAL);

        conversation.logIn(SUITE, ACCOUNT);
        conversation.reset();
        conversation.greet(Greeting.EHLO, "app.example");
        assertThat(conversation.app()).contains(SUITE);
        // RFC 3848, RFC 6531 §4.3.
        assertThat(conversation.protocol(HeaderEncoding.ASCII)).isEqualTo("ESMTPA");
        assertThat(conversation.protocol(HeaderEncoding.UTF8)).isEqualTo("UTF8SMTPA");
    }

    @Test
    void isOfferedOverTlsToEverybodyAndForgetsALoginInClear() throws UnknownHostException {
        var conversation = greeted("192.0.2.1");
        conversation.logIn(SUITE, ACCOUNT);
        conversation.secure(new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384"), Optional.empty(), admission);
        assertThat(conversation.app()).isEmpty();
        conversation.greet(Greeting.EHLO, "app.example");
        assertThat(ehlo(oneAccount).offer(conversation).wire())
                .endsWith("AUTH PLAIN LOGIN")
                .doesNotContain("STARTTLS");
        assertThat(refusal(oneAccount, conversation)).isEmpty();
        conversation.logIn(SUITE, ACCOUNT);
        assertThat(conversation.protocol(HeaderEncoding.ASCII)).isEqualTo("ESMTPSA");
    }

    @Test
    void isNotOfferedWhereTlsIsWantedFirst() throws UnknownHostException {
        var local = InetAddress.getLoopbackAddress();
        var conversation = new Conversation(local, local, Optional.empty(), TlsMode.STARTTLS_REQUIRED);
        assertThat(ehlo(oneAccount).offer(conversation).wire())
                .contains("STARTTLS")
                .doesNotContain("AUTH");
    }

    /// What a proxy on this machine brings from afar was readable on the way, and so was what one from afar brings from here.
    @Test
    void aProxyMakesNothingPrivate() throws UnknownHostException {
        var local = InetAddress.getLoopbackAddress();
        var far = InetAddress.getByName("192.0.2.1");
        assertThat(new Conversation(far, local, Optional.empty(), TlsMode.NONE).isPrivate()).isFalse();
        assertThat(new Conversation(local, far, Optional.empty(), TlsMode.NONE).isPrivate()).isFalse();
        assertThat(new Conversation(local, local, Optional.empty(), TlsMode.NONE).isPrivate()).isTrue();
    }

    /// At debug it prints each line of the app, and ours.
    @Test
    void theLibraryLogsNoDialogue() {
        assertThat(LoggerFactory.getLogger(Session.class).isInfoEnabled()).isFalse();
    }

    private String offer(Authenticator authenticator, String peer) throws UnknownHostException {
        return ehlo(authenticator).offer(greeted(peer)).wire();
    }

    private Optional<String> refusal(Authenticator authenticator, Conversation conversation) {
        return new Auth(() -> admission, authenticator, new RecordingJournal(), conversations)
                .refusal(conversation)
                .map(Object::toString);
    }

    private Ehlo ehlo(Authenticator authenticator) {
        return new Ehlo(settings(), conversation -> Auth.isOffered(authenticator, conversation), conversations);
    }

    private Conversations conversations() {
        var journal = new RecordingJournal();
        var keys = new TlsKeys(Optional.empty());
        var handshake = new Handshake(Duration.ofSeconds(1), Takes.APPS, keys, () -> admission, journal);
        return new Conversations(settings(), () -> admission, new ReturnHooks(new ClosedDoor(), new NetworkRates(new TestTime()), journal), handshake,
                journal);
    }

    private static ListenerSettings settings() {
        var root = ConfigFile.parse("", Path.of("facteur.yaml"), new Problems());
        return ListenerSettings.from(root, root.section("limits"), "relay.example.org").getFirst();
    }

    private static Conversation greeted(String peer) throws UnknownHostException {
        var conversation = conversation(peer);
        conversation.greet(Greeting.EHLO, "app.example");
        return conversation;
    }

    private static Conversation conversation(String peer) throws UnknownHostException {
        return new Conversation(InetAddress.getByName(peer), InetAddress.getByName(peer), Optional.empty(), TlsMode.STARTTLS);
    }

    private Authenticator authenticator(List<Account> accounts) {
        var limits = new LoginLimits(10, Duration.ofMinutes(10), Duration.ofSeconds(1));
        return new Authenticator(accounts, limits, new Derivations(derivation), new SecureRandom(), new TestTime());
    }
}
