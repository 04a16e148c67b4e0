package facteur.mail.returned;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExcerptTest {
    private static final String NAME = "client@example.com";

    private static String of(String text) {
        return Excerpt.of(text, List.of("list@example.com", NAME), List.of("second@example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "An error has occurred for:\n\nclient@example.com: 550 no such mailbox\n\nBelow is a copy.",
        "client@example.com: 550 no such mailbox\nsecond@example.com: 550 no room",
        "client@example.com: 550 no such mailbox\nthird@example.com: 550 no room",
        "<Client@Example.com>: 550 no such mailbox",
        "  client@example.com\n    550 no such mailbox\n  second@example.com\n    550 no room",
        "  client@example.com\n    550 no\n    such mailbox\nGoodbye",
        "<client@example.com>:\n550 no such mailbox\n\n--- Below is a copy",
        "<client@example.com>:\n\t550 no such mailbox\n<second@example.com>:\n\t550 no room",
        "client@example.com\n\n<client@example.com>: 550 no such mailbox",
        "list@example.com: 550 no such mailbox"
    })
    void findsWhatStandsBesideTheAddressOrSetInBelow(String text) {
        assertThat(of(text)).isEqualTo("550 no such mailbox");
    }

    /// None rather than another's.
    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "client@example.com",
        "client@example.com:",
        "client@example.com: 550",
        "client@example.com:\n\n550 no such mailbox",
        "client@example.com\n550 no such mailbox",
        "client@example.com has not got your letter: no such mailbox",
        "Your letter to client@example.com: no such mailbox",
        "client@example.com.evil: 550 no such mailbox",
        "client@example.com, second@example.com: 550 no such mailbox",
        "Some recipients failed: <client@example.com>, <second@example.com>",
        "client@example.com: refused, as is second@example.com",
        "second@example.com: 550 no such mailbox",
        "  client@example.com\n  second@example.com\n    550 no such mailbox",
        "client@example.com:\nsecond@example.com: 550 no such mailbox",
        "client@example.com>x: 550 no such mailbox"
    })
    void findsNothingInProseAndInListsThatAreNotSure(String text) {
        assertThat(of(text)).isEmpty();
    }

    @Test
    void isShort() {
        var words = "x".repeat(9_000);
        assertThat(of("client@example.com: " + words)).hasSize(Excerpt.CHARACTERS).endsWith("x…");
        assertThat(of("client@example.com\n" + " no\n".repeat(9_000))).hasSizeLessThanOrEqualTo(Excerpt.CHARACTERS);
        assertThat(of("client@example.com: " + "é𝒳".repeat(200))).hasSizeLessThanOrEqualTo(Excerpt.CHARACTERS).doesNotContain("\uFFFD");
    }

    /// Of all reports in the corpus, those that name no diagnostic.
    @Test
    void givesTheReasonOfThoseInTheCorpusThatHaveIt() throws IOException {
        var corpus = Path.of(Objects.requireNonNull(ExcerptTest.class.getResource("corpus")).getPath());
        var found = new TreeMap<String, String>();
        try (var files = Files.list(corpus)) {
            for (var file : files.filter(name -> name.toString().endsWith(".eml")).toList()) {
                var octets = Files.readString(file, StandardCharsets.ISO_8859_1).replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
                if (Returns.readOctets("<>", octets) instanceof ReturnedMail.Report(var report)) {
                    report.recipients().stream()
                            .filter(recipient -> recipient.diagnostic().isEmpty())
                            .forEach(recipient -> found.put(file.getFileName() + " " + recipient.recipient(), report.excerpt(recipient)));
                }
            }
        }
        assertThat(found).containsOnly(
                Map.entry("exim.eml client@example.com", "no such mailbox here"),
                Map.entry("exim.eml second@example.com", "no such mailbox here"),
                Map.entry("exim-delayed.eml client@example.com", "Delay reason: Connection timed out"),
                Map.entry("opensmtpd.eml client@example.com", "550 5.1.1 no mailbox"),
                Map.entry("haraka-some.eml client@example.com", ""),
                Map.entry("haraka-some.eml second@example.com", ""),
                Map.entry("sendmail-delayed.eml client@example.com", ""));
    }
}
