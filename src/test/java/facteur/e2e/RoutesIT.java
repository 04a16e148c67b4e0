package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.journal.MailEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several upstreams: which one a letter leaves by, and which one stands in.
final class RoutesIT {
    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path folder;

    private RelayFolder relays(String lines) {
        return new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .office("durand", "company: Etude Durand <etude@durand.example>\n")
                .office("dubois", "company: Dubois <office@dubois.example>\nsandbox: true\n")
                .configured(lines);
    }

    private static String upstream(String name, int port) {
        return "  - { name: " + name + ", kind: smtp, address: \"127.0.0.1:" + port + "\", tls: none }\n";
    }

    private static String submit(int port, String office, String... recipients) throws Exception {
        var letter = "X-Office-Id: " + office + "\r\nFrom: jan@dupont.example\r\nSubject: for " + office + "\r\n\r\nGood day!\r\n";
        try (var app = AppConnection.greeted(port)) {
            var reply = app.submit("<jan@dupont.example>", List.of(recipients), letter.getBytes(StandardCharsets.US_ASCII));
            assertThat(reply.code()).isEqualTo(250);
            return reply.toString().replaceAll(".*queued as ", "");
        }
    }

    @Test
    void theNextUpstreamStandsInForOneThatIsGone() throws Exception {
        var first = ScriptedUpstream.start();
        try (first; var second = ScriptedUpstream.start()) {
            var lines = "upstreams:\n" + upstream("first", first.port()) + upstream("second", second.port());
            try (var relay = relays(lines).start(journal)) {
                submit(relay.ports().getFirst(), "dupont", "an@client.example");
                assertThat(journal.await(MailEvent.Relayed.class, 1).getFirst().upstream()).isEqualTo("first");
                first.close();
                submit(relay.ports().getFirst(), "dupont", "bo@client.example");
                assertThat(second.awaitLetters(1).getFirst().data()).contains("Subject: for dupont");
                assertThat(journal.await(MailEvent.Relayed.class, 2)).extracting(MailEvent.Relayed::upstream)
                        .containsExactly("first", "second");
                assertThat(journal.await(MailEvent.UpstreamFailed.class, 1)).singleElement()
                        .satisfies(failed -> assertThat(failed.upstream()).isEqualTo("first"));
                assertThat(journal.events(MailEvent.Deferred.class)).isEmpty();
            }
        }
    }

    @Test
    void eachOfficeAndEachDomainGoesItsWay() throws Exception {
        try (var ours = ScriptedUpstream.start(); var theirs = ScriptedUpstream.start(); var partner = ScriptedUpstream.start()) {
            var lines = "upstreams:\n" + upstream("ours", ours.port()) + upstream("theirs", theirs.port())
                    + upstream("partner", partner.port()) + """
                    routes:
                      - { office: durand, upstreams: theirs }
                      - { to-domain: partner.example, upstreams: partner }
                      - { upstreams: ours }
                    """;
            try (var relay = relays(lines).start(journal)) {
                var port = relay.ports().getFirst();
                submit(port, "durand", "an@partner.example");
                var id = submit(port, "dupont", "an@client.example", "bo@partner.example");
                var captured = submit(port, "dubois", "an@client.example");

                assertThat(theirs.awaitLetters(1).getFirst().data()).contains("Etude Durand <inbox@shared.example>");
                assertThat(ours.awaitLetters(1).getFirst().recipients()).containsExactly("RCPT TO:<an@client.example>");
                assertThat(partner.awaitLetters(1).getFirst().recipients()).containsExactly("RCPT TO:<bo@partner.example>");
                var split = journal.await(MailEvent.Split.class, 1).getFirst();
                assertThat(split.into()).hasSize(2).contains(id);
                Awaitility.await().untilAsserted(() -> assertThat(folder.resolve("var/captured/" + captured + ".eml")).isNotEmptyFile());
                assertThat(Files.readString(folder.resolve("var/captured/" + captured + ".eml"))).contains("From: Dubois <inbox@shared.example>");
            }
        }
    }

    @Test
    void aLetterWhoseUpstreamHasLeftTheConfigurationGoesByAnother() throws Exception {
        var gone = ScriptedUpstream.start();
        gone.close();
        try (var relay = relays("upstreams:\n" + upstream("old", gone.port())).start(journal)) {
            submit(relay.ports().getFirst(), "dupont", "an@client.example");
            journal.await(MailEvent.UpstreamFailed.class, 1);
        }
        try (var upstream = ScriptedUpstream.start();
                var relay = relays("upstreams:\n" + upstream("new", upstream.port())).start(journal)) {
            assertThat(relay.ports()).hasSize(1);
            assertThat(upstream.awaitLetters(1)).hasSize(1);
            assertThat(journal.await(MailEvent.Relayed.class, 1).getFirst().upstream()).isEqualTo("new");
        }
    }
}
