package facteur.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryText;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

final class ReplyPropertyTest {
    private static final String END = "(?:\r\n|\r|\n)";

    /// RFC 5321 §4.2.1, lenient in line ends and in what a line may hold.
    private static final Pattern REPLY = Pattern.compile(
            "(?:([2-5][0-9]{2})-[^\r\n]*%1$s(?:\\1-[^\r\n]*%1$s)*\\1|[2-5][0-9]{2})(?: [^\r\n]*)?%1$s?".formatted(END));

    private static final Pattern STATUS = Pattern.compile("[245]\\.(\\d{1,3})\\.(\\d{1,3})");

    @Property
    void readsRepliesAndNothingElse(@ForAll("nearlyReplies") String response) {
        assertThat(Reply.parse(response).isPresent()).isEqualTo(REPLY.matcher(response).matches());
    }

    @Property
    void hasTheLinesOfTheResponse(@ForAll("nearlyReplies") String response) {
        Reply.parse(response).ifPresent(reply -> assertThat(reply.lines().size()).isEqualTo(response.lines().count()));
    }

    @Provide
    static Arbitrary<String> nearlyReplies() {
        return ArbitraryText.of(
                9, "250", "250-", "250 ", "550 ", "25", "\u0662\u0665\u0660 ", "\r\n", "\n", "\r", "-", " ", "ok", "\u0085", "\uD83D");
    }

    @Property
    void readsStatusesAndNothingElse(@ForAll("nearlyStatuses") String text) {
        var matcher = STATUS.matcher(text);
        assertThat(EnhancedStatus.parse(text).map(status -> status.subject() + "." + status.detail()).orElse(""))
                .isEqualTo(
                        matcher.matches() ? Integer.parseInt(matcher.group(1)) + "." + Integer.parseInt(matcher.group(2)) : "");
    }

    @Provide
    static Arbitrary<String> nearlyStatuses() {
        return ArbitraryText.of(6, "2", "4", "5", "2.", "5.7.", ".", "0", "07", "123", "x", " ", "/", ":", "\u0662");
    }

    @Property
    void cleansEachCharacterOfALine(@ForAll("texts") String text) {
        var cleaned = text.codePoints()
                .limit(400)
                .mapToObj(c -> c < ' ' ? " " : c < 127 ? Character.toString(c) : "?")
                .collect(Collectors.joining());
        assertThat(Reply.plain(250, text).lines()).containsExactly(cleaned);
    }

    @Provide
    static Arbitrary<String> texts() {
        var clean = Arbitraries.strings().withCharRange(' ', '~');
        return Arbitraries.frequencyOf(Tuple.of(9, clean.ofMaxLength(150)), Tuple.of(1, Arbitraries.strings().ofMaxLength(3)))
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }
}
