package facteur.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

final class FieldsTest {
    private static final Fields FIELDS = new Fields() {
        @Override
        public int size() {
            return 2;
        }

        @Override
        protected String key(int index) {
            return index == 0 ? "event" : "recipient";
        }

        @Override
        protected Object value(int index) {
            return index == 0 ? "relayed" : "jan@dupont.example";
        }

        @Override
        protected Object forVeil(int index) {
            return index == 0 ? "relayed" : new Personal("jan@dupont.example");
        }
    };

    @Test
    void arePairsForAnyAppender() {
        var context = new LoggerContext();
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        var logger = context.getLogger("journal");
        logger.addAppender(appender);
        logger.setLevel(ch.qos.logback.classic.Level.WARN);
        FIELDS.log(logger, Level.INFO);
        FIELDS.log(logger, Level.WARN);
        assertThat(appender.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(ch.qos.logback.classic.Level.WARN);
            assertThat(event.getFormattedMessage()).isEmpty();
            assertThat(event.getThrowableProxy()).isNull();
            assertThat(event.getKeyValuePairs()).containsExactly(
                    new KeyValuePair("event", "relayed"), new KeyValuePair("recipient", new Personal("jan@dupont.example")));
        });
    }

    /// Another log than Logback, which knows no pairs.
    @Test
    void areTextForALogThatKnowsNoPairs() {
        var lines = new ArrayList<String>();
        FIELDS.log(new LegacyAbstractLogger() {
            @Override
            protected @Nullable String getFullyQualifiedCallerName() {
                return null;
            }

            @Override
            protected void handleNormalizedLoggingCall(
                    Level level, @Nullable Marker marker, String message, Object @Nullable [] arguments, @Nullable Throwable thrown) {
                lines.add(level + " " + message.strip());
            }

            @Override
            public boolean isTraceEnabled() {
                return true;
            }

            @Override
            public boolean isDebugEnabled() {
                return true;
            }

            @Override
            public boolean isInfoEnabled() {
                return true;
            }

            @Override
            public boolean isWarnEnabled() {
                return true;
            }

            @Override
            public boolean isErrorEnabled() {
                return true;
            }
        }, Level.INFO);
        assertThat(lines).containsExactly("INFO event=relayed recipient=jan@dupont.example");
    }
}
