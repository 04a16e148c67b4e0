package facteur.returns;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import facteur.fixture.TestTime;
import facteur.mail.arc.ArcSealer;
import facteur.mail.dkim.PublishedKeys;
import facteur.mail.dkim.SigningKeys;
import facteur.mail.dkim.TestKeys;
import facteur.mail.smtp.Address;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// A fault of ours costs the seal, never the reply.
final class ReplySealTest {
    private static final ArrivedReturn ARRIVED =
            TwoWays.arrived("<bob@bakker.example>", Address.of("reply@reply.example.org"), "From: bob@bakker.example\r\n\r\nYes.\r\n");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(ReplySeal.class);
    }

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(log);
    }

    private void assertLeavesWithout(SigningKeys keys, PublishedKeys published) {
        var seal = new ReplySeal(new ArcSealer(keys, published, new TestTime()), () -> Optional.of("reply.example.org"));
        var leaving = ARRIVED.message();
        assertThat(seal.seal(ARRIVED, leaving, TwoWays.HOST)).isEqualTo(new ReplySeal.Sealed(leaving, "", Optional.of("odd")));
        assertThat(log.list).singleElement().extracting(ILoggingEvent::getLevel).isEqualTo(Level.ERROR);
    }

    @Test
    void aFaultWhileVerifyingIsSaid() {
        assertLeavesWithout(_ -> TestKeys.BOTH, _ -> {
            throw new IllegalStateException("odd");
        });
    }

    @Test
    void aFaultWhileSealingIsSaid() {
        assertLeavesWithout(
                _ -> {
                    throw new IllegalStateException("odd");
                },
                _ -> Map.of());
    }
}
