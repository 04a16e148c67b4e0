package facteur.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.event.KeyValuePair;

final class LineEncoderTest {
    private static final String AT = "2026-11-23T08:05:00.120Z";

    @Test
    void writesAMessage() {
        var event = event(Level.WARN, "{} is odd");
        event.setArgumentArray(new Object[] {"a \"b\" <jan@dupont.example>\r\nevent=relayed"});
        assertThat(line(LineFormat.LOGFMT, new Veil.Masked(), Priorities.OFF, event)).isEqualTo(
                "ts=" + AT + " level=WARN logger=facteur.relay.Daemon msg=\"a \\\"b\\\" <j***@dupont.example>\\r\\nevent=relayed is odd\"\n");
    }

    @Test
    void writesTheFieldsOfAnEvent() {
        var event = event(Level.INFO, "");
        event.addKeyValuePair(new KeyValuePair("event", "relayed"));
        event.addKeyValuePair(new KeyValuePair("recipient", new Personal("jan@dupont.example")));
        event.addKeyValuePair(new KeyValuePair("age-millis", 5L));
        assertThat(line(LineFormat.JSON, new Veil.None(), Priorities.ON, event)).isEqualTo("<6>{\"ts\":\"" + AT
                + "\",\"level\":\"INFO\",\"event\":\"relayed\",\"recipient\":\"jan@dupont.example\",\"age-millis\":5}\n");
    }

    /// A second line would have no priority, and might look like anything.
    @ParameterizedTest
    @EnumSource
    void aStackIsAFieldOfTheSameLine(LineFormat format) {
        var event = event(Level.ERROR, "stopping");
        event.setThrowableProxy(new ch.qos.logback.classic.spi.ThrowableProxy(
                new IllegalStateException("jan@dupont.example\n<0>event=relayed", new RuntimeException("\u2028why"))));
        var line = line(format, new Veil.Masked(), Priorities.ON, event);
        assertThat(line).startsWith("<3>").endsWith("\n");
        assertThat(line.lines()).hasSize(1);
        assertThat(Lines.read(format, line.substring(3).stripTrailing()).get("stack"))
                .contains("IllegalStateException: j***@dupont.example\n<0>event", "Caused by: java.lang.RuntimeException: \u2028why",
                        "\tat facteur.platform.log.LineEncoderTest");
    }

    @ParameterizedTest
    @CsvSource({"ERROR, 3", "WARN, 4", "INFO, 6", "DEBUG, 7", "TRACE, 7"})
    void aLevelHasItsPriority(String level, String priority) {
        assertThat(line(LineFormat.LOGFMT, new Veil.None(), Priorities.ON, event(Level.toLevel(level), "x")))
                .startsWith("<" + priority + ">ts=");
    }

    @Test
    void prioritiesAreForTheJournalThatReadsUs() {
        var output = Priorities.identity(Path.of("/proc/self/fd/1"));
        assertThat(output).matches("\\d+:\\d+");
        assertThat(Priorities.AUTO.areWritten(output)).isTrue();
        assertThat(Priorities.AUTO.areWritten(output + "1")).isFalse();
        assertThat(Priorities.AUTO.areWritten(null)).isFalse();
        assertThat(Priorities.ON.areWritten(null)).isTrue();
        assertThat(Priorities.OFF.areWritten(output)).isFalse();
        assertThat(Priorities.identity(Path.of("/nowhere"))).isEmpty();
    }

    private static LoggingEvent event(Level level, String message) {
        var logger = new LoggerContext().getLogger("facteur.relay.Daemon");
        var event = new LoggingEvent("", logger, level, message, null, null);
        event.setInstant(Instant.parse(AT));
        return event;
    }

    private static String line(LineFormat format, Veil veil, Priorities priorities, LoggingEvent event) {
        return new String(new LineEncoder(format, veil, priorities).encode(event), StandardCharsets.UTF_8);
    }
}
