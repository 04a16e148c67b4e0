package facteur.domain;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.dns.DnsAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaultFinderTest {
    private static final String NAME = "_facteur.dupont.example";
    private static final String TEXT = "facteur-verification=0123456789abcdef";
    private static final String KEY = "v=DKIM1; k=rsa; p=" + "MIIBIjANBgkqhkiG9w0BAQ".repeat(15);

    private static DnsAnswer found(String... texts) {
        return new DnsAnswer.Found(List.of(texts), List.of(), DnsAnswer.Validation.UNSIGNED, Duration.ofMinutes(5));
    }

    private static DnsAnswer none() {
        return new DnsAnswer.Absent(DnsAnswer.Absence.NO_NAME, List.of(), DnsAnswer.Validation.UNSIGNED, Duration.ofMinutes(5));
    }

    private static Optional<RecordFault> fault(Map<String, DnsAnswer> dns) {
        var finding = Finding.of(NAME, TEXT, dns.getOrDefault(NAME, none()), TEXT::equals);
        return new FaultFinder((name, _) -> dns.getOrDefault(name, none())).of(finding, "dupont.example");
    }

    @ParameterizedTest
    @CsvSource({
        "_facteur.dupont.example.dupont.example, NAME_DOUBLED", "dupont.example, NAME_LEFT_OUT", "facteur.dupont.example, UNDERSCORE_LEFT_OUT"
    })
    void findsTheTextAtAnotherName(String at, RecordFault.Kind kind) {
        assertThat(fault(Map.of(at, found("v=spf1 -all", TEXT)))).contains(new RecordFault(NAME, kind, at));
    }

    @Test
    void aTextInAnotherPlaceExplainsMoreThanAnOldOneInItsPlace() {
        assertThat(fault(Map.of(NAME, found("facteur-verification=ffff"), NAME + ".dupont.example", found(TEXT))))
                .contains(new RecordFault(NAME, RecordFault.Kind.NAME_DOUBLED, NAME + ".dupont.example"));
    }

    @Test
    void anotherTokenIsAnotherText() {
        assertThat(fault(Map.of(NAME, found("facteur-verification=ffff")))).contains(new RecordFault(NAME, RecordFault.Kind.OTHER_TEXT, NAME));
    }

    @Test
    void aNameWithoutTextAnywhereHasNoKnownFault() {
        assertThat(fault(Map.of())).isEmpty();
        assertThat(fault(Map.of(NAME, found("google-site-verification=abc")))).isEmpty();
    }

    @Test
    void knowsWhatFormsMakeOfAKey() {
        assertThat(FaultFinder.kind(KEY.substring(0, 255), KEY)).contains(RecordFault.Kind.TEXT_CUT);
        assertThat(FaultFinder.kind(KEY.substring(255), KEY)).contains(RecordFault.Kind.TEXT_CUT);
        assertThat(FaultFinder.kind('"' + KEY.substring(0, 255) + "\" \"" + KEY.substring(255) + '"', KEY)).contains(RecordFault.Kind.QUOTES_DOUBLED);
        assertThat(FaultFinder.kind(KEY.replace(";", "\\;"), KEY)).contains(RecordFault.Kind.BACKSLASHES);
        assertThat(FaultFinder.kind(NAME + " TXT " + KEY, KEY)).contains(RecordFault.Kind.TEXT_LONGER);
        assertThat(FaultFinder.kind("v=DKIM1; p=AAAA", KEY)).contains(RecordFault.Kind.OTHER_TEXT);
        assertThat(FaultFinder.kind("v=D", KEY)).isEmpty();
    }
}
