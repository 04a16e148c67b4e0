package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.Ended;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.platform.log.LineFormat;
import facteur.platform.log.Lines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The log of the packaged program, as a collector gets it.
final class LogIT {
    private static final Pattern LISTENS = Pattern.compile("listens on 127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void isOneLineAnEventWithPriorityAndWithoutNames(LineFormat format) throws IOException, InterruptedException {
        var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured("""
                log: { format: %s, priorities: on }
                journal: { addresses: hashed }
                """.formatted(format == LineFormat.JSON ? "json" : "logfmt"));
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var process = PackagedRelay.command("run", "--config", relay.config().toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            var welcome = format == LineFormat.JSON ? err : out;
            await().until(() -> LISTENS.matcher(Files.readString(welcome)).find());
            try (var app = AppConnection.greeted(port(welcome))) {
                var reply = app.submit("<jan@dupont.example>", List.of("zoe.bakker@client.example"),
                        "From: jan@dupont.example\r\nX-Context: a zoe.bakker@client.example\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(reply.code()).isEqualTo(250);
            }
            await().until(() -> Files.readString(out).contains("relayed"));
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        var events = Files.readAllLines(out).stream()
                .filter(line -> format == LineFormat.JSON || line.startsWith("<"))
                .map(line -> {
                    assertThat(line).matches("<[346]>.*").doesNotContainIgnoringCase("bakker").doesNotContain("jan@");
                    return Lines.read(format, line.substring(3));
                })
                .toList();
        assertThat(events).extracting(event -> event.get("event")).contains("accepted", "warned", "relayed");
        assertThat(events).filteredOn(event -> "relayed".equals(event.get("event"))).singleElement()
                .satisfies(event -> assertThat(event.get("recipient")).matches("[0-9a-f]{12}@client\\.example"));
        assertThat(events).anySatisfy(event -> assertThat(event).containsEntry("logger", "facteur.relay.Service").containsEntry("msg", "stopped"));
        assertThat(relay.state().resolve("journal.key")).exists();
    }

    /// It may be another recipient than the one that the line is about, in any encoding, or a line about no recipient.
    @Test
    void hidesWhoeverAnUpstreamSpeaksOf() throws Exception {
        try (var upstream = ScriptedUpstream.start()) {
            upstream.when("DATA", Act.say("451 4.3.0 user zoe_BAKKER, https://mx.example/?u=piet.peeters%40e.com, rfc822;piet.peeters+40e.com"));
            var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured("""
                    journal: { addresses: hashed }
                    upstreams: [{ name: smarthost, kind: smtp, address: "127.0.0.1:%d", tls: none }]
                    """.formatted(upstream.port()));
            try (var running = PackagedRelay.run(relay.config()); var app = AppConnection.greeted(running.port())) {
                var reply = app.submit("<jan@dupont.example>", List.of("zoe_bakker@client.example", "piet.peeters@e.com"),
                        "From: jan@dupont.example\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(reply.code()).isEqualTo(250);
                await().until(() -> running.said().lines().filter(line -> line.contains(" event=deferred ")).count() == 2);
                assertThat(running.said()).contains("451 4.3.0 user ").doesNotContainIgnoringCase("bakker").doesNotContain("peeters");
            }
        }
    }

    @Test
    void tellsOfAnOfficeThatCannotBeUsedBeforeItsLettersCome() throws IOException, InterruptedException {
        var relay = new RelayFolder(folder).office("durand", "company: nowhere\n").configured("");
        var out = folder.resolve("out");
        var process = PackagedRelay.command("run", "--config", relay.config().toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            await().until(() -> Files.readString(out).contains("letters that need it get 451"));
            assertThat(Files.readAllLines(out))
                    .filteredOn(line -> line.contains("durand.yaml:1: company: "))
                    .singleElement()
                    .asString()
                    .contains(" level=WARN event=settings-trouble office=durand ");
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static int port(Path welcome) throws IOException {
        return LISTENS.matcher(Files.readString(welcome)).results().map(found -> Integer.parseInt(found.group(1))).findFirst().orElseThrow();
    }

    /// What a verb prints is its answer; what it has to tell besides is on standard error.
    @Test
    void aVerbLogsOnStandardError() throws IOException, InterruptedException {
        var relay = new RelayFolder(folder).office("durand", "reply-to: nowhere\n").configured("");
        var ended = Ended.of(PackagedRelay.command(
                "explain", "--json", "--office", "durand", "--sender", "jan@durand.example", "--config", relay.config().toString()));
        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains(" level=ERROR logger=facteur.settings.FilesSource msg=");
    }
}
