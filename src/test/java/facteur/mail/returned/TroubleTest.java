package facteur.mail.returned;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TroubleTest {
    private static ReportedRecipient recipient(String status, String diagnostic) {
        return new ReportedRecipient(Optional.empty(), "a@example.com", Action.FAILED, status, diagnostic, "");
    }

    @ParameterizedTest
    @CsvSource({
        "5.1.1, NO_MAILBOX",
        "5.1.10, NO_MAILBOX",
        "4.1.1, OTHER",
        "5.1.0, OTHER",
        "5.1.8, NOT_AUTHENTICATED",
        "5.1.2, NO_DOMAIN",
        "5.4.4, NO_DOMAIN",
        "4.4.4, UNREACHABLE",
        "5.2.1, MAILBOX_CLOSED",
        "4.2.1, OTHER",
        "5.2.2, MAILBOX_FULL",
        "4.2.2, MAILBOX_FULL",
        "5.2.3, TOO_LARGE",
        "5.3.4, TOO_LARGE",
        "4.3.2, UNREACHABLE",
        "4.4.7, UNREACHABLE",
        "5.4.6, LOOP",
        "5.6.3, NOT_SUPPORTED",
        "5.7.1, REFUSED",
        "5.7.26, NOT_AUTHENTICATED",
        "5.5.0, OTHER",
        "5.0.0, OTHER",
        "'', OTHER",
        "5.99.99, OTHER"
    })
    void isToldByTheStatus(String status, Trouble expected) {
        assertThat(recipient(status, "").trouble()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "5.0.0, 551 user moved, NO_MAILBOX",
        "5.0.0, 556 domain takes no mail, NO_DOMAIN",
        "'', 521 host takes no mail, NO_DOMAIN",
        "5.0.0, 550 no such user, OTHER",
        "5.0.0, 552 full or too large, OTHER",
        "5.2.2, 556 no, MAILBOX_FULL",
        "5.4.1, 550 Access denied, OTHER",
        "5.4.1, no answer, UNREACHABLE"
    })
    void isToldByTheReplyCodeWhereTheStatusSaysNothing(String status, String diagnostic, Trouble expected) {
        assertThat(recipient(status, diagnostic).trouble()).isEqualTo(expected);
    }

    @Test
    void addressesThatDoNotWorkAreToldFromSendersThatAreRefused() {
        var bad = Arrays.stream("5.1.0 5.1.1 5.1.2 5.1.3 5.1.6 5.1.7 5.1.8 5.1.10 5.2.1 5.2.2 5.7.1 4.1.1 5.0.0".split(" "))
                .filter(status -> recipient(status, "").isBadAddress())
                .collect(Collectors.joining(" "));
        assertThat(bad).isEqualTo("5.1.1 5.1.2 5.1.3 5.1.6 5.1.10 5.2.1");
        assertThat(recipient("5.1.1", "450 4.1.1 unknown, and perhaps known later").isBadAddress()).isFalse();
        assertThat(new ReportedRecipient(Optional.empty(), "a@example.com", Action.DELAYED, "5.1.1", "", "").isBadAddress()).isFalse();
    }
}
