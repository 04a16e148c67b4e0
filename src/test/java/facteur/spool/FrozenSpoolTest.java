package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.letter.QueueId;
import facteur.mail.letter.RouteId;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Notify;
import facteur.mail.smtp.OriginalRecipient;
import facteur.mail.smtp.ReturnContent;
import facteur.mail.smtp.ReversePath;
import facteur.mail.smtp.Xtext;
import facteur.platform.database.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Spools that earlier versions wrote are opened and delivered by this one.
final class FrozenSpoolTest {
    private static final String HEADER =
            """
            From: Cabinet Dupont <inbox@relay.example>\r
            Reply-To: An Peeters <an@dupont.example>\r
            Subject: Facture\r
             1042\r
            """;

    @TempDir
    private Path temp;

    @Test
    void deliversTheLettersOfVersion1() throws Exception {
        try (var open = open("v1")) {
            var spool = open.spool();
            var due = (ClaimedWork.Now) spool.due(RouteId.UNKNOWN, NOON.plusSeconds(3600), 100);
            assertThat(due.letters()).hasSize(4);

            var active = due.letters().get(0);
            assertThat(text(active)).isEqualTo(HEADER + "\r\nactive");
            assertThat(active.attempts()).isZero();

            var tried = due.letters().get(1);
            assertThat(text(tried)).isEqualTo(HEADER + "\r\nBonjour\r\n");
            assertThat(tried.attempts()).isEqualTo(1);
            assertThat(tried.recipients())
                    .containsExactly(
                            new Recipient(to("client@one.example"), Recipient.Status.RELAYED, "250 2.0.0 queued"),
                            new Recipient(to("\"second one\"@two.example"), Recipient.Status.PENDING, "450 4.2.1 later"));
            assertThat(tried.letter().envelope().dsn()).isEqualTo(DsnRequest.NONE);
            assertThat(tried.letter().provenance()).isEqualTo(Letters.PROVENANCE);
            assertThat(tried.letter().originalReversePath()).hasToString("<jan@dupont.example>");

            var wide = due.letters().get(2);
            var octets = Letters.octets(wide.letter());
            assertThat(Arrays.copyOfRange(octets, octets.length - 256, octets.length)).isEqualTo(everyOctet());
            assertThat(wide.letter().envelope().reversePath()).isEqualTo(ReversePath.NULL);
            assertThat(wide.letter().envelope().encoding()).isEqualTo(HeaderEncoding.UTF8);
            assertThat(wide.pending()).containsExactly(to("jörg@bücher.example"));

            assertThat(text(due.letters().get(3))).isEqualTo(HEADER + "\r\n" + "x".repeat(5000));

            for (var letter : due.letters()) {
                spool.settle(letter, letter.recipients(), new QueueState.Ended(NOON));
            }
            assertThat(spool.due(RouteId.UNKNOWN, NOON.plusSeconds(3600), 100)).isEqualTo(new ClaimedWork.Idle());
            int onHold =
                    open.database().reading(statements -> statements.first("select count(*) from queue where state = 'hold'", row -> row.getInt(1)))
                            .orElseThrow();
            assertThat(onHold).isEqualTo(1);
        }
    }

    @Test
    void deliversTheLettersOfVersion2() throws Exception {
        try (var open = open("v2")) {
            var spool = open.spool();
            var due = (ClaimedWork.Now) spool.due(RouteId.UNKNOWN, NOON.plusSeconds(3600), 100);
            assertThat(due.corrupt()).isEmpty();
            assertThat(due.letters()).hasSize(2);

            var tried = due.letters().getFirst();
            assertThat(text(tried)).isEqualTo(HEADER + "\r\nBonjour\r\n");
            assertThat(tried.attempts()).isEqualTo(1);
            assertThat(tried.letter().envelope().dsn())
                    .isEqualTo(new DsnRequest(Optional.of(ReturnContent.FULL), Optional.of(new Xtext("QQ+20314159;a+3Db"))));
            assertThat(tried.recipients())
                    .containsExactly(
                            new Recipient(
                                    new ForwardPath(
                                            Address.of("client@one.example"),
                                            Optional.of(Notify.of("SUCCESS,FAILURE")),
                                            Optional.of(OriginalRecipient.of("rfc822;old+2Bclient@one.example"))),
                                    Recipient.Status.RELAYED,
                                    "250 2.0.0 queued"),
                            new Recipient(
                                    new ForwardPath(
                                            Address.of("jörg@bücher.example"),
                                            Optional.of(Notify.of("NEVER")),
                                            Optional.of(OriginalRecipient.of("utf-8;jörg\\x{4E2D}@bücher.example"))),
                                    Recipient.Status.PENDING,
                                    "450 4.2.1 later"));

            var large = due.letters().getLast();
            assertThat(text(large)).isEqualTo(HEADER + "\r\n" + "x".repeat(5000));
            assertThat(large.letter().envelope().dsn()).isEqualTo(DsnRequest.NONE);
            assertThat(large.pending()).containsExactly(to("client@one.example"));
        }
    }

    @Test
    void deliversTheLettersOfVersion3() throws Exception {
        try (var open = open("v3")) {
            var spool = open.spool();
            var due = (ClaimedWork.Now) spool.due(RouteId.UNKNOWN, NOON.plusSeconds(3600), 100);
            assertThat(due.corrupt()).isEmpty();
            assertThat(due.letters()).hasSize(2);
            assertThat(text(due.letters().getFirst())).isEqualTo(HEADER + "\r\nactive");
            var tried = due.letters().getLast();
            assertThat(text(tried)).isEqualTo(HEADER + "\r\nBonjour\r\n");
            assertThat(tried.pending()).containsExactly(to("second@two.example"));

            var desk = new QueueDesk(open.database(), temp, () -> NOON);
            assertThat(desk.life(tried.id()).orElseThrow().attempts())
                    .containsExactly(
                            new Attempt(1, 0, NOON, "smarthost", "", "rcpt", Attempt.Result.RELAYED, "250 2.0.0 queued"),
                            new Attempt(1, 1, NOON, "smarthost", "", "rcpt", Attempt.Result.TEMP_FAILED, "450 4.2.1 later"));
            assertThat(desk.life(new QueueId("01m844dzg0mfp3kf")).orElseThrow().recipients())
                    .extracting(LetterHistory.OfRecipient::status)
                    .containsExactly("removed");
            assertThat(desk.line(new QueueId("01m844dzg0m4vycj")).map(QueueLine::standing)).contains(QueueStatus.HOLD);
            var held = new QueueId("01m844dzg0cvh76r");
            assertThat(desk.move(QueueAct.RELEASE, List.of(held))).containsExactly(MoveResult.RELEASED);
            assertThat(text(((ClaimedWork.Now) spool.due(RouteId.UNKNOWN, NOON, 1)).letters().getFirst()))
                    .isEqualTo(HEADER + "\r\n" + "x".repeat(5000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v4", "v8", "v9"})
    void deliversTheLettersOfEachVersionSince(String version) throws Exception {
        try (var open = open(version)) {
            FrozenLetters.check(open, temp);
        }
    }

    @Test
    void goesByTheSettingsOfVersion14() throws Exception {
        try (var open = open("v14")) {
            FrozenStore.check(open, temp);
            FrozenLetters.check(open, temp, FrozenStore.LETTERS);
        }
    }

    @Test
    void letsThePersonsOfVersion16In() throws Exception {
        try (var open = open("v16")) {
            FrozenPersons.check(open);
            FrozenStore.check(open, temp);
            FrozenLetters.check(open, temp, FrozenStore.LETTERS);
        }
    }

    @Test
    void goesOnWithTheReturnsOfVersion17() throws Exception {
        try (var open = open("v17")) {
            FrozenReturns.check(open);
            FrozenPersons.check(open);
            FrozenStore.check(open, temp);
            FrozenLetters.check(open, temp, FrozenStore.LETTERS + FrozenReturns.LETTERS);
        }
    }

    private OpenSpool open(String version) throws Exception {
        copy(version);
        var folder = StateFolder.open(temp);
        var database = Database.open(temp);
        return new OpenSpool(folder, database, SqlSpool.open(folder, database, 0, () -> NOON, event -> {}));
    }

    private static ForwardPath to(String address) {
        return ForwardPath.of(Address.of(address));
    }

    private static String text(LeasedLetter letter) throws IOException {
        return new String(Letters.octets(letter.letter()), StandardCharsets.US_ASCII);
    }

    private static byte[] everyOctet() {
        var octets = new byte[256];
        for (var i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
        }
        return octets;
    }

    private void copy(String version) throws Exception {
        var frozen = Path.of(FrozenSpoolTest.class.getResource("/spool/" + version).toURI());
        try (var paths = Files.walk(frozen)) {
            for (var path : paths.toList()) {
                var target = temp.resolve(frozen.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
