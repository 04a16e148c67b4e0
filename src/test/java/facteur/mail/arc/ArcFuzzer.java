package facteur.mail.arc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.fixture.PlainArc;
import facteur.fixture.RsaKeys;
import facteur.mail.dkim.TagList;
import facteur.mail.message.Collected;
import facteur.mail.message.LineEndings;
import facteur.mail.message.Message;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.MessageLimits;
import facteur.mail.message.ReceivingMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Any letter that comes to a return address: what is said of its signatures and its chain is written in plain US-ASCII, and what is
/// sealed holds.
final class ArcFuzzer {
    private static final MessageLimits LIMITS = new MessageLimits(1 << 20, 128 << 10, 1_000, 64 << 10, 1 << 20);
    private static final PlainArc PLAIN = new PlainArc("plain.example", RsaKeys.next(1024), FacteurArc.published());
    private static final FacteurArc FACTEUR = new FacteurArc(List.of(PLAIN.published()));

    @FuzzTest(maxDuration = "1m")
    void sealsWhateverLetter(byte[] octets) {
        collected(octets).map(FacteurArc::text).ifPresent(ArcFuzzer::seal);
    }

    private static void seal(String letter) {
        switch (FACTEUR.sealing(letter)) {
            case Sealing.Sealed(var message, var status) -> {
                var sealed = FacteurArc.text(message);
                assertThat(sealed).endsWith("\r\n" + letter);
                assertThat(sealed.substring(0, sealed.length() - letter.length())).matches("(?:[ -~\t]|\r\n)*");
                assertThat(FACTEUR.verify(sealed)).startsWith(status == ChainStatus.FAIL ? "fail" : "pass");
            }
            case Sealing.Left(var reason) -> assertThat(reason).isNotEmpty();
            case Sealing.Unfit(var reason) -> assertThat(reason).isNotEmpty();
            case Sealing.NoKey() -> throw new AssertionError("there is a key");
        }
    }

    /// What is written anew of the tags reads as they were.
    @FuzzTest(maxDuration = "1m")
    void readsTagsAsTheyStand(byte[] octets) {
        var text = new String(octets, StandardCharsets.ISO_8859_1);
        TagList.parse(text).ifPresent(tags -> {
            for (var name : List.of("a", "b", "bh", "d", "h", "i", "p", "s", "v")) {
                var value = tags.value(name);
                assertThat(tags.has(name)).isEqualTo(value.isPresent());
                value.ifPresent(written -> assertThat(TagList.parse(name + "=" + written).orElseThrow().value(name)).contains(written));
            }
        });
    }

    private static Optional<Message> collected(byte[] letter) {
        try (var collector = new MessageCollector(LIMITS, LineEndings.REPAIR, new ReceivingMemory(1 << 30), () -> {
            throw new IOException("no file wanted");
        })) {
            collector.write(letter, 0, letter.length);
            return switch (collector.finish()) {
                case Collected.Whole(var message, _) -> Optional.of(message);
                case Collected.Refused _ -> Optional.empty();
            };
        }
    }
}
