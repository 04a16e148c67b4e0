package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.Grant;
import facteur.access.Holder;
import facteur.access.NewPerson;
import facteur.access.NewSession;
import facteur.access.NewToken;
import facteur.access.PasswordResult;
import facteur.access.Person;
import facteur.access.PersonChanges;
import facteur.access.Persons;
import facteur.access.Rights;
import facteur.access.Scope;
import facteur.access.SecondStepResult;
import facteur.access.SessionLimits;
import facteur.access.Sessions;
import facteur.access.SignInResult;
import facteur.access.TicketKind;
import facteur.access.Tickets;
import facteur.access.Token;
import facteur.access.Tokens;
import facteur.access.Totp;
import facteur.access.UsedOnce;
import facteur.login.Derivations;
import facteur.login.Pbkdf2;
import facteur.office.OfficeId;
import facteur.platform.clock.SteadyTime;
import facteur.platform.database.Database;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Persons with passwords, second steps, sessions and links, and a token that launches people: what is frozen beside [FrozenStore] since version 16 of the schema, and must
/// let the same people in with every later one.
final class FrozenPersons {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final String PASSWORD = "correct horse battery staple";
    private static final Holder LAUNCHED = new Holder.SuiteUser("suite", "u-17", "Zoé Claes");
    private static final InetAddress PEER = InetAddress.getLoopbackAddress();

    // What people have, whose digests are frozen: by the random numbers below.
    private static final String JANS_COOKIE = "LqN-uzmX5IYnnB-HhOPwyZKZPYPUZJGs212xCF0XfnI";
    private static final String LAUNCHED_COOKIE = "xMCWrMaXDOq3SByR2HN52q0oAiFCxkze2npXtJgWwNc";
    private static final String JANS_LINK = "qH-g65vFrImAUxG14DV8vBqmYe_SOY6b48aaFXiL0NA";
    private static final String LAUNCH = "QcR4u9niw8sc34ayWGwFl5icPBWLLbpmCd_00Dd4Nf0";
    private static final String RECOVERY_CODE = "hs3y-55qb-jawf-1d9m";

    private FrozenPersons() {}

    /// The same numbers each time.
    private static final class Predictable extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final Random random = new Random(15);

        @Override
        public void nextBytes(byte[] octets) {
            random.nextBytes(octets);
        }
    }

    private static Persons persons(Database database, Derivations derivations) {
        return new Persons(database, derivations, () -> NOON, SteadyTime.of(() -> NOON), new Predictable());
    }

    private static Sessions sessions(Database database) {
        return new Sessions(database, () -> SessionLimits.STANDARD, () -> NOON, new Random(16));
    }

    private static Tickets tickets(Database database) {
        return new Tickets(database, () -> NOON, new Random(17));
    }

    private static Tokens tokens(Database database) {
        return new Tokens(database, () -> NOON, new Random(18));
    }

    private static NewPerson person(String login, Grant... grants) {
        return new NewPerson(login, "", Optional.empty(), List.of(grants));
    }

    static void write(OpenSpool open) throws Exception {
        var database = open.database();
        try (var derivations = new Derivations(new Pbkdf2())) {
            var persons = persons(database, derivations);
            var made = (Persons.Addition.Made) persons.add(
                    new NewPerson("jan@dupont.example", "Jan Janssens", Optional.of("jan@dupont.example"),
                            List.of(Grant.admin(DUPONT), Grant.reader(new OfficeId("durand")))),
                    "root");
            assertThat(persons.setPassword(made.link().text(), PASSWORD)).isEqualTo(new PasswordResult.Set("jan@dupont.example"));
            persons.language("jan@dupont.example", Optional.of("fr"));
            var steps = persons.secondSteps();
            var secret = steps.secret("jan@dupont.example").orElseThrow();
            var codes = steps.enrol("jan@dupont.example", Totp.code(secret, NOON)).orElseThrow();
            assertThat(persons.add(person("piet", Grant.operator()), "root")).isInstanceOf(Persons.Addition.Made.class);
            assertThat(persons.add(person("an", Grant.viewer()), "root")).isInstanceOf(Persons.Addition.Made.class);
            assertThat(persons.disable("an", "piet")).isPresent();
            assertThat(new PersonChanges(database).tell(2)).hasSize(2);

            var link = persons.reset("jan@dupont.example").orElseThrow().text();
            var jan = persons.find("jan@dupont.example").orElseThrow();
            var sessions = sessions(database);
            var cookie = sessions.begin(NewSession.of(jan, false, "192.0.2.7", "Browser/1")).cookie();
            var launched = sessions.begin(NewSession.of(LAUNCHED, List.of(Grant.reader(DUPONT)), "192.0.2.8", "Browser/2")
                    .withLanguage(Optional.of("nl"))
                    .withReturnTo(Optional.of("https://app.example.org/settings"))
                    .withEmbed(Optional.of("https://app.example.org"))).cookie();
            var launch = tickets(database).make(TicketKind.LAUNCH, "suite", "{\"office\": \"dupont\"}").text();
            assertThat(new UsedOnce(database).take("launch", "jti-1", NOON.plus(Duration.ofMinutes(2)))).isTrue();
            var token = new NewToken("launcher", Optional.of(DUPONT), Set.of(Scope.SESSIONS_CREATE), Optional.of("suite"), Optional.empty());
            assertThat(tokens(database).add(token, "root")).isInstanceOf(Tokens.Addition.Made.class);
            assertThat(List.of(cookie, launched, link, launch, codes.getFirst()))
                    .containsExactly(JANS_COOKIE, LAUNCHED_COOKIE, JANS_LINK, LAUNCH, RECOVERY_CODE);
        }
    }

    static void check(OpenSpool open) throws Exception {
        var database = open.database();
        try (var derivations = new Derivations(new Pbkdf2())) {
            var persons = persons(database, derivations);
            checkPersons(persons);
            checkWhoIsSignedIn(sessions(database));
            assertThat(tokens(database).list()).filteredOn(token -> token.name().equals("launcher")).extracting(Token::suite)
                    .containsExactly(Optional.of("suite"));
            assertThat(new PersonChanges(database).tell(9)).hasSize(2);
            assertThat(persons.signIn("jan@dupont.example", PASSWORD, PEER)).isInstanceOf(SignInResult.Good.class);
            assertThat(persons.secondSteps().judge("jan@dupont.example", RECOVERY_CODE, PEER)).isEqualTo(new SecondStepResult.Good(9));
            assertThat(new UsedOnce(database).take("launch", "jti-1", NOON)).isFalse();
            assertThat(tickets(database).redeem(TicketKind.LAUNCH, LAUNCH).map(Tickets.Ticket::body)).contains("{\"office\": \"dupont\"}");
            assertThat(persons.setPassword(JANS_LINK, "another pass phrase")).isEqualTo(new PasswordResult.Set("jan@dupont.example"));
            assertThat(sessions(database).find(JANS_COOKIE)).isEmpty();
        }
    }

    private static void checkPersons(Persons persons) throws Exception {
        assertThat(persons.list()).extracting(Person::login).containsExactly("an", "jan@dupont.example", "piet");
        var jan = persons.find("jan@dupont.example").orElseThrow();
        assertThat(jan.name()).isEqualTo("Jan Janssens");
        assertThat(jan.address()).contains("jan@dupont.example");
        assertThat(jan.language()).contains("fr");
        assertThat(jan.hasSecondStep()).isTrue();
        assertThat(jan.rights()).isEqualTo(new Rights(List.of(Grant.admin(DUPONT), Grant.reader(new OfficeId("durand")))));
        assertThat(jan.signedInAt()).contains(NOON);
        assertThat(persons.find("piet").map(Person::hasPassword)).contains(false);
        assertThat(persons.find("an").flatMap(Person::disabling)).contains(new Person.Disabling(NOON, "piet"));
    }

    private static void checkWhoIsSignedIn(Sessions sessions) throws Exception {
        var jan = sessions.find(JANS_COOKIE).orElseThrow();
        assertThat(jan.holder()).isEqualTo(new Holder.Person("jan@dupont.example", "Jan Janssens"));
        assertThat(jan.until()).isEqualTo(NOON.plus(Duration.ofHours(12)));
        var launched = sessions.find(LAUNCHED_COOKIE).orElseThrow();
        assertThat(launched.holder()).isEqualTo(LAUNCHED);
        assertThat(launched.rights().grants()).containsExactly(Grant.reader(DUPONT));
        assertThat(launched.embed()).contains("https://app.example.org");
    }
}
