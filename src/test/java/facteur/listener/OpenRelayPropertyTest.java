package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.intake.SubmissionResult;
import facteur.mail.letter.QueueIds;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKey;
import facteur.mail.returnpath.ReturnKeys;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Reply;
import facteur.returns.ArrivedReturn;
import facteur.returns.CheckedDoor;
import facteur.returns.ReturnDoor;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// A listener for returns takes nothing for elsewhere, however a recipient is written, and whatever good token is in it.
final class OpenRelayPropertyTest {
    private static final String DOMAIN = "return.example.org";

    private static final ReturnKeys KEYS =
            new ReturnKeys(List.of(new ReturnKey(0, ReturnKey.newSecret(new SecureRandom()), Instant.EPOCH)));
    private static final ReturnAddresses OURS =
            new ReturnAddresses(new ReturnAddresses.Domains(DOMAIN, Optional.empty()), () -> KEYS);
    private static final Address MADE = OURS.of(ReturnKind.BOUNCE, new QueueIds(new TestTime(), new SecureRandom()).next()).orElseThrow();

    /// It would take everything.
    private static final ReturnDoor LAX = new ReturnDoor() {
        @Override
        public Optional<Reply> refusal(Address recipient) {
            return Optional.empty();
        }

        @Override
        public SubmissionResult accept(ArrivedReturn arrived) {
            throw new IllegalStateException("no letter is sent");
        }
    };

    private static Optional<Listener> listener = Optional.empty();
    private static Optional<AppConnection> connection = Optional.empty();

    @BeforeContainer
    static void start() throws IOException {
        var started = new ReturnListener(new CheckedDoor(() -> Optional.of(OURS), LAX), new RecordingJournal()).endless();
        listener = Optional.of(started);
        connection = Optional.of(AppConnection.greeted(started.port()));
    }

    @AfterContainer
    static void stop() throws IOException {
        connection.orElseThrow().close();
        listener.ifPresent(Listener::close);
    }

    /// Fewer letters than a network may begin within a minute.
    @Property(tries = 400)
    void takesNothingForElsewhere(@ForAll("paths") String path, @ForAll("senders") String sender) throws IOException {
        var host = connection.orElseThrow();
        assertThat(host.say("MAIL FROM:<" + sender + ">").code()).isEqualTo(250);
        var reply = host.say("RCPT TO:" + path);
        if (reply.isPositive()) {
            // What is in the path is the one address that we made, by the reading of any host.
            assertThat(written(path)).isEqualToIgnoringCase(MADE.toString());
        } else {
            assertThat(reply.code()).as(path).isIn(501, 550, 553, 555);
        }
        assertThat(host.say("RSET").code()).isEqualTo(250);
    }

    /// Without brackets, source route, quotes and the root's dot.
    private static String written(String path) {
        return path.replaceAll("[<> ]", "").replaceFirst("\\.$", "").replaceFirst("^@[^:]*:", "").replaceFirst("^\"([^@\"]*)\"@", "$1@");
    }

    @Property(tries = 1)
    void takesWhatIsOurs() throws IOException {
        var host = connection.orElseThrow();
        host.say("MAIL FROM:<>");
        assertThat(host.say("RCPT TO:<" + MADE + ">").code()).isEqualTo(250);
        assertThat(host.say("RSET").code()).isEqualTo(250);
    }

    @Provide
    static Arbitrary<String> senders() {
        return Arbitraries.of("", "jan@dupont.example", "inbox@shared.example", "mailer-daemon@" + DOMAIN, MADE.toString());
    }

    @Provide
    static Arbitrary<String> paths() {
        var token = MADE.localPart();
        var domains =
                Arbitraries.of(DOMAIN, DOMAIN + ".", "elsewhere.example", "[127.0.0.1]", "relay.example.org", "x." + DOMAIN, DOMAIN + ".example",
                        "RETURN.example.org", "shared.example");
        var locals = Arbitraries.of(token, token.toUpperCase(Locale.ROOT), "jan", "\"" + token + "\"", token + "%elsewhere.example",
                "elsewhere.example!" + token, token + "+jan", "jan+" + token, "\"" + token + "@" + DOMAIN + "\"", "jan%elsewhere.example", "b-",
                "r-" + token.substring(2));
        var routes = Arbitraries.of("", "", "@elsewhere.example:", "@" + DOMAIN + ":", "@a.example,@b.example:");
        var forms =
                Arbitraries.of("<%s>", "%s", "< %s >", "<%s>,<jan@elsewhere.example>", "<%s> <jan@elsewhere.example>", "<jan@elsewhere.example>,<%s>",
                        "<%s> ORCPT=rfc822;jan@elsewhere.example", "Jan <%s>", "<<%s>");
        return Combinators.combine(forms, routes, locals, domains).as((form, route, local, domain) -> form.formatted(route + local + "@" + domain));
    }
}
