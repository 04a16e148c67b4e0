package facteur.notice;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.Grant;
import facteur.access.NewPerson;
import facteur.access.PasswordResult;
import facteur.access.Persons;
import facteur.fixture.CountingDerivation;
import facteur.fixture.MigratedDatabase;
import facteur.fixture.TestTime;
import facteur.login.Derivations;
import facteur.mail.automatic.Language;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueIds;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import facteur.platform.database.Database;
import facteur.spool.SpoolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PasswordNoticesTest {
    private static final Pattern LINK = Pattern.compile("https://mail\\.example\\.org/password/([A-Za-z0-9_-]{43})");

    @TempDir
    private Path state;

    private final TestTime time = new TestTime();
    private final Derivations derivations = new Derivations(new CountingDerivation());
    private final List<Letter> sent = new ArrayList<>();
    private Database database;
    private Persons persons;

    @BeforeEach
    void open() throws SQLException {
        database = MigratedDatabase.open(state);
        persons = new Persons(database, derivations, time, time, new SecureRandom());
    }

    @AfterEach
    void close() {
        derivations.close();
        database.close();
    }

    private PasswordNotices notices(ChangeNotices.Outbox outbox) {
        return new PasswordNotices(
                persons,
                language -> new PasswordNoticeWriter(
                        "relay.example.org",
                        Address.of("inbox@shared.example"),
                        ReversePath.NULL,
                        language.map(word -> Language.valueOf(word.toUpperCase(Locale.ROOT))).orElse(Language.EN)),
                () -> URI.create("https://mail.example.org"),
                new Signer(_ -> List.of(), time),
                outbox,
                new QueueIds(time, new Random(1)),
                time);
    }

    private void person(String login, String address) throws SQLException {
        var _ = persons.add(new NewPerson(login, "Zoé Claes", Optional.of(address), List.of(Grant.viewer())), "root");
    }

    private static String text(Letter letter) throws IOException {
        var octets = new ByteArrayOutputStream();
        letter.message().writeTo(octets);
        return octets.toString(StandardCharsets.US_ASCII).replace("=\r\n", "");
    }

    @Test
    void aLinkSetsAPassword() throws Exception {
        person("zoe", "zoe@dupont.example");
        notices(sent::add).send("zoe");
        assertThat(sent).singleElement().satisfies(letter -> {
            assertThat(letter.envelope().reversePath()).isEqualTo(ReversePath.NULL);
            assertThat(letter.envelope().recipients()).extracting(Object::toString).singleElement().asString().contains("zoe@dupont.example");
        });
        var text = text(sent.getFirst());
        assertThat(text).contains("To: =?", "<zoe@dupont.example>", "Auto-Submitted: auto-generated", "of the account zoe at mail.example.org.");
        var link = LINK.matcher(text);
        assertThat(link.find()).isTrue();
        assertThat(persons.setPassword(link.group(1), "correct horse battery staple")).isEqualTo(new PasswordResult.Set("zoe"));
    }

    @ParameterizedTest
    @CsvSource({"en,Subject: New password for", "fr,Subject: Nouveau mot de passe pour", "nl,Subject: Nieuw wachtwoord voor"})
    void itIsInThePersonsLanguage(String language, String subject) throws Exception {
        person("zoe", "zoe@dupont.example");
        persons.language("zoe", Optional.of(language));
        notices(sent::add).send("zoe@dupont.example");
        assertThat(text(sent.getFirst())).contains(subject + " mail.example.org\r\n");
    }

    @Test
    void whoCanNotBeReachedGetsNone() throws Exception {
        person("zoe", "zoe at dupont");
        notices(sent::add).send("zoe");
        notices(sent::add).send("nobody");
        assertThat(sent).isEmpty();
    }

    @Test
    void aSpoolThatIsFullIsNoFaultOfTheOneWhoAsks() throws Exception {
        person("zoe", "zoe@dupont.example");
        notices(_ -> {
            throw new SpoolException("full");
        }).send("zoe");
        assertThat(sent).isEmpty();
    }
}
