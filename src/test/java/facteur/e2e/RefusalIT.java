package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.journal.MailEvent;
import facteur.platform.clock.SteadyTime;
import facteur.platform.config.Problems;
import facteur.relay.Config;
import facteur.relay.Daemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Letters that can't be taken now, or never: the right code, and nothing left behind.
final class RefusalIT {
    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path folder;

    @Test
    void anOfficeWithBrokenSettingsWaitsAndTheOthersGoOn() throws Exception {
        var problems = new Problems();
        var relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .office("broken", "company: no address\n")
                .capturing();
        var config = Config.read(relay.config(), new Problems(), name -> null);
        config.readOffices(problems);
        assertThat(problems.list()).singleElement().asString().contains("broken.yaml:1: company:");
        try (var daemon = Daemon.start(config, InstantSource.system(), SteadyTime.system(), journal)) {
            assertThat(submit(daemon, "X-Office-Id: broken\r\n")).startsWith("451 4.3.5");
            assertThat(submit(daemon, "X-Office-Id: dupont\r\n")).startsWith("250 2.0.0");
            journal.await(MailEvent.SettingsTrouble.class, 1);
            assertThat(journal.events(MailEvent.SettingsTrouble.class)).hasSize(1);
        }
    }

    @Test
    void aCardWithAMistakeStopsItsOwnLettersAlone() throws Exception {
        var relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT + "  R-7: { responsible: nowhere }\n  R-8: { responsible: An <an@dupont.example> }\n")
                .capturing();
        var config = Config.read(relay.config(), new Problems(), name -> null);
        try (var daemon = Daemon.start(config, InstantSource.system(), SteadyTime.system(), journal)) {
            assertThat(submit(daemon, "X-Context: invoice\r\nX-Relation-Id: R-7\r\n")).startsWith("451 4.3.5");
            assertThat(submit(daemon, "X-Context: task\r\nX-Relation-Id: R-7\r\n")).startsWith("250 2.0.0");
            assertThat(submit(daemon, "X-Context: invoice\r\nX-Relation-Id: R-8\r\n")).startsWith("250 2.0.0");
        }
    }

    @Test
    void aFullDiskIsNeverA250() throws Exception {
        var relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configured("spool: { free-space: 1000000GB }\nlimits: { body-in-memory: 1KB }\n");
        try (var daemon = relay.start(journal)) {
            assertThat(submit(daemon, "")).startsWith("452 4.3.1");
            assertThat(submit(daemon, "X-Filler: " + "x".repeat(900) + "\r\n")).startsWith("452 4.3.1");
            assertThat(journal.events(MailEvent.Accepted.class)).isEmpty();
            try (var left = Files.list(relay.state().resolve("incoming"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void anUnknownContextMayBeRefused() throws Exception {
        var relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configured("contexts: { unknown: refuse }\n");
        try (var daemon = relay.start(journal)) {
            assertThat(submit(daemon, "X-Context: unheard-of\r\n")).startsWith("550 5.7.0");
            assertThat(submit(daemon, "X-Context: task\r\n")).startsWith("250 2.0.0");
        }
    }

    @Test
    void anUnknownContextIsWarnedOf() throws Exception {
        var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).capturing();
        try (var daemon = relay.start(journal)) {
            assertThat(submit(daemon, "X-Context: unheard-of\r\n")).startsWith("250 2.0.0");
            assertThat(journal.await(MailEvent.Warned.class, 1).getFirst().warning()).contains("unknown context unheard-of");
        }
    }

    @Test
    void whatCannotBeReadForSureIsSaid() throws Exception {
        var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).capturing();
        try (var daemon = relay.start(journal)) {
            assertThat(submit(daemon, "X-Relation-Id: =?klingon?Q?R-1?=\r\n")).startsWith("250 2.0.0");
            var unclear = journal.await(MailEvent.Unclear.class, 1).getFirst();
            assertThat(unclear).isEqualTo(new MailEvent.Unclear(
                    journal.events(MailEvent.Accepted.class).getFirst().id(), "dupont", "X-Relation-Id",
                    "encoded words in an unknown charset, klingon"));
            assertThat(submit(daemon, "X-Office-Id: =?utf-8?Q?dup\r\n")).startsWith("550 5.7.1 App").contains("=?utf-8?Q?dup");
            assertThat(journal.await(MailEvent.Unclear.class, 2).getLast())
                    .isEqualTo(new MailEvent.Unclear("", "", "X-Office-Id", "an encoded word without an end"));
            assertThat(submit(daemon, "X-Office-Id: =?utf-8?Q?dupont?=\r\n")).startsWith("250 2.0.0");
        }
    }

    private static String submit(Daemon daemon, String fields) throws IOException {
        var letter = fields + "From: jan@dupont.example\r\nSubject: test\r\n\r\n" + "body\r\n".repeat(300);
        try (var app = AppConnection.greeted(daemon.ports().getFirst())) {
            return app.submit("<jan@dupont.example>", List.of("client@example.com"), letter.getBytes(StandardCharsets.US_ASCII))
                    .toString();
        }
    }
}
