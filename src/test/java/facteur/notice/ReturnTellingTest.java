package facteur.notice;

import static facteur.notice.ReturnNoticesRig.REPLY_TO;
import static facteur.notice.ReturnNoticesRig.text;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.DkimVerifier.Published;
import facteur.fixture.MigratedDatabase;
import facteur.fixture.PlainVerifier;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.mail.automatic.Language;
import facteur.mail.dkim.DkimKey;
import facteur.mail.dkim.StoredKey;
import facteur.mail.dkim.TestKeys;
import facteur.mail.letter.LateBound;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Mailbox;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.Address;
import facteur.office.BounceReaders;
import facteur.office.Lookup;
import facteur.office.OfficeReturns;
import facteur.spool.SpoolException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told, by whose wish, and in which words.
final class ReturnTellingTest {
    private static final String APP = "bounces@suite.example";
    private static final String AN = "an@dupont.example";
    private static final String JAN = "jan@dupont.example";

    @TempDir
    private Path temp;

    private List<DkimKey> keys;
    private ReturnNoticesRig rig;
    private ReturnNotices notices;

    @BeforeEach
    void open() throws Exception {
        keys = TestKeys.folder(Files.createDirectory(temp.resolve("keys"))).create("shared.example", TestTime.START).keys().stream()
                .map(StoredKey::key)
                .toList();
        rig = new ReturnNoticesRig(temp.resolve("state"), MigratedDatabase::open, keys);
        notices = rig.node(rig::store);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void signsWhatItSends() throws Exception {
        rig.comesBack(leaves(), 0, "failed", "5.1.1");
        notices.run();
        var verifier = new PlainVerifier(Published.of("shared.example", keys));
        assertThat(rig.sent).hasSize(3).allSatisfy(sent -> assertThat(verifier.verify(ReturnSamples.octets(sent.message())))
                .hasSameSizeAs(keys).containsOnly("pass"));
    }

    @Test
    void recordsWhomItTells() throws Exception {
        var letter = leaves();
        rig.comesBack(letter, 0, "failed", "5.1.1");
        notices.run();
        assertThat(rig.journal.events(MailEvent.ReturnTold.class)).containsExactly(
                new MailEvent.ReturnTold(letter.text(), rig.to(AN).getFirst().id().text(), "dupont", AN),
                new MailEvent.ReturnTold(letter.text(), rig.to(JAN).getFirst().id().text(), "dupont", JAN));
        assertThat(rig.journal.events(MailEvent.Bounced.class)).containsExactly(
                new MailEvent.Bounced(letter.text(), rig.to(APP).getFirst().id().text(), "<" + APP + ">"));
    }

    @Test
    void tellsThoseOfTodayOfALateBoundLetterInTheLanguageOfTheOffice() throws Exception {
        rig.office = new Lookup.Found<>(
                ReturnReadersTest.office(new OfficeReturns(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Language.NL))),
                TestTime.START);
        rig.late = new Lookup.Found<>(List.of(new Mailbox("Eva", Address.of("eva@dupont.example"))), TestTime.START);
        var replies = rig.addresses.of(ReturnKind.REPLY, new QueueId("01m8468qb1dasymv")).orElseThrow();
        var then = new LateBound(List.of(new Mailbox("An", Address.of(AN))), new Mailbox("Dupont", Address.of("office@dupont.example")));
        rig.comesBack(rig.leaves("<>", "Dupont <" + replies + ">", Optional.of(then)), 0, "failed", "5.2.2");
        notices.run();
        assertThat(rig.told()).containsExactly("eva@dupont.example");
        assertThat(text(rig.sent.getFirst())).contains("De mailbox is vol.");
    }

    @Test
    void tellsNoOneWhereThatIsWanted() throws Exception {
        rig.telling = Optional.of(rig.telling(BounceReaders.NONE, false));
        rig.comesBack(leaves(), 0, "failed", "5.1.1");
        notices.run();
        assertThat(rig.sent).isEmpty();
        // That is over: what was not told is not told later.
        rig.telling = Optional.of(rig.telling(BounceReaders.REPLY_TO, true));
        rig.time.advance(Duration.ofHours(1));
        notices.run();
        assertThat(rig.sent).isEmpty();
    }

    @Test
    void keepsWhatIsToBeToldWhileReturnsAreOff() throws Exception {
        var telling = rig.telling;
        rig.telling = Optional.empty();
        rig.comesBack(leaves(), 0, "failed", "5.1.1");
        notices.run();
        assertThat(rig.sent).isEmpty();
        rig.telling = telling;
        notices.run();
        assertThat(rig.sent).hasSize(3);
    }

    @Test
    void tellsTheAppAlsoOfSuccessThatItAskedFor() throws Exception {
        var letter = leaves();
        rig.comesBack(letter, 0, "delivered", "2.0.0");
        rig.comesBack(letter, 1, "delayed", "4.4.1");
        notices.run();
        assertThat(rig.told()).containsExactly(APP);
        assertThat(ReturnSamples.octets(rig.sent.getFirst().message())).contains("Action: delivered\r\n", "Subject: Your letter was delivered\r\n")
                .doesNotContain("boek@client.example");
        assertThat(rig.journal.events(MailEvent.Confirmed.class)).hasSize(1);
    }

    @Test
    void tellsOfABounceThatCannotBeRead() throws Exception {
        rig.comesBack(leaves(), 1, "", "");
        notices.run();
        assertThat(rig.told()).containsExactlyInAnyOrder(AN, JAN, APP);
        assertThat(text(rig.to(AN).getFirst())).contains("has probably not reached boek@client.example.", "> Zugestellt? Nein.\r\n");
    }

    private QueueId leaves() throws SpoolException {
        return rig.leaves("<" + APP + ">", REPLY_TO);
    }
}
