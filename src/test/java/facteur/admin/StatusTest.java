package facteur.admin;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.journal.RecentEvents;
import facteur.platform.json.JsonObject;
import facteur.spool.QueueCensus;
import facteur.spool.QueueCount;
import facteur.spool.QueueStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    /// Five hours are found to be a little less or more, since the clocks are read one after the other.
    @ParameterizedTest
    @CsvSource({"17999999, 18000", "18000001, 18000", "-17999999, -18000", "-18000001, -18000", "-61500, -61", "0, 0"})
    void tellsAJumpOfTheClockInWholeSeconds(long millis, long seconds) {
        var jump = new Status.ClockJump(NOON, Duration.ofMillis(millis), NOON);
        var status = new Status(
                "1", NOON, NOON, List.of(), List.of(), List.of(), Optional.empty(), Map.of(), List.of(), List.of(), Map.of(),
                new Status.LockedOut(0, List.of()),
                Optional.empty(), Optional.of(jump));
        assertThat(new String(status.answer().body(), StandardCharsets.UTF_8)).contains("\"bySeconds\": " + seconds + ",");
    }

    /// So that a command sees what the daemon saw.
    @Test
    void isReadAsItWasWritten() {
        var earlier = NOON.minusSeconds(90);
        var later = NOON.plusSeconds(90);
        var minute = Arrays.stream(RecentEvents.Sort.values()).collect(Collectors.toMap(sort -> sort, sort -> (long) sort.name().length()));
        var status = new Status(
                "0.1.0",
                earlier,
                NOON,
                List.of("starting", "the disk \"failed\": \u00e9"),
                List.of(new Status.ListenerState("[::1]:465", "apps", "implicit", 3)),
                List.of(
                        new Status.UpstreamState("main", Optional.of(new Status.Down(earlier, later, "connect: refused")), Optional.empty()),
                        new Status.UpstreamState("capped", Optional.empty(), Optional.of(later)),
                        new Status.UpstreamState("up", Optional.empty(), Optional.empty())),
                Optional.of(new QueueCensus.Counted(NOON, List.of(new QueueCount(QueueStatus.HOLD, 5_000_000_000L, earlier)))),
                minute,
                List.of(new RecentEvents.Trouble(earlier, "event=upstream-failed upstream=main")),
                List.of(new FileReport("offices/dupont.yaml", 3, "company: is missing", earlier, true, "letters get 451")),
                Map.of("pending", 1L, "verified", 7L),
                new Status.LockedOut(2, List.of(new Status.LockedAddress("192.0.2.1", Duration.ofSeconds(60)))),
                Optional.of(later),
                Optional.of(new Status.ClockJump(earlier, Duration.ofHours(-5), later)));
        var text = new String(status.answer().body(), StandardCharsets.UTF_8);
        assertThat(StatusJson.read(JsonObject.parse(text))).isEqualTo(status);
    }

    /// Which is another thing than one that can't be counted.
    @Test
    void anEmptyQueueIsReadAsOne() {
        for (var queue : List.of(Optional.of(new QueueCensus.Counted(NOON, List.of())), Optional.<QueueCensus.Counted>empty())) {
            var status = new Status(
                    "1", NOON, NOON, List.of(), List.of(), List.of(), queue, Map.of(), List.of(), List.of(), Map.of(),
                    new Status.LockedOut(0, List.of()), Optional.empty(), Optional.empty());
            var text = new String(status.answer().body(), StandardCharsets.UTF_8);
            assertThat(StatusJson.read(JsonObject.parse(text)).queue()).isEqualTo(queue);
        }
    }

    /// Of another version, or another program.
    @Test
    void whatIsMissingIsNeutral() {
        var read = StatusJson.read(JsonObject.parse("{ \"now\": \"noon\", \"queue\": [ { \"state\": \"frozen\" } ], \"upstreams\": [ {} ] }"));
        assertThat(read.version()).isEqualTo("?");
        assertThat(read.now()).isEqualTo(Instant.EPOCH);
        assertThat(read.queue().orElseThrow().counts()).isEmpty();
        assertThat(read.upstreams()).singleElement().extracting(Status.UpstreamState::down).isEqualTo(Optional.empty());
    }
}
