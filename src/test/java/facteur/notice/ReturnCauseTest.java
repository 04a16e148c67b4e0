package facteur.notice;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.automatic.Language;
import facteur.mail.automatic.Texts;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReturnCauseTest {
    /// What real hosts say; the words are no part of the decision, the codes are.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5.1.1   | smtp; 550 5.1.1 <jan@client.example>: Recipient address rejected: User unknown | NO_MAILBOX
            5.1.0   | smtp; 550 address unknown                                                      | NO_MAILBOX
            5.4.1   | smtp; 550 5.4.1 Recipient address rejected: Access denied                      | NO_MAILBOX
            5.4.1   | connect to mx.client.example: Connection refused                               | GAVE_UP
            5.2.1   | smtp; 550 5.2.1 The email account that you tried to reach is disabled          | CLOSED_MAILBOX
            5.1.6   | smtp; 551 5.1.6 moved                                                          | CLOSED_MAILBOX
            5.2.2   | smtp; 552 5.2.2 mailbox over quota                                             | FULL_MAILBOX
            4.2.2   | smtp; 452 4.2.2 The email account is over quota                                | FULL_MAILBOX
            5.0.0   | smtp; 552 Requested mail action aborted                                        | FULL_MAILBOX
            ''      | 552 quota                                                                      | FULL_MAILBOX
            5.1.2   | Host not found                                                                 | NO_DOMAIN
            5.4.4   | Host or domain name not found. Name service error                              | NO_DOMAIN
            5.1.10  | smtp; 556 5.1.10 Domain has null MX                                            | NO_DOMAIN
            5.4.310 | DNS domain client.example does not exist                                       | NO_DOMAIN
            5.3.4   | smtp; 552 5.3.4 message size exceeds limit                                     | TOO_LARGE
            5.2.3   | smtp; 550 5.2.3 too long                                                       | TOO_LARGE
            5.7.1   | smtp; 550 5.7.1 looks like spam                                                | REFUSED
            5.7.606 | smtp; 550 5.7.606 Access denied, banned sending IP                             | REFUSED
            5.7.26  | smtp; 550 5.7.26 DMARC                                                         | UNVERIFIED
            5.1.8   | smtp; 553 5.1.8 sender domain doesn't resolve                                  | UNVERIFIED
            4.4.1   | connect: Connection timed out                                                  | GAVE_UP
            4.4.7   | delivery time expired                                                          | GAVE_UP
            5.4.7   | delivery time expired                                                          | GAVE_UP
            4.7.1   | smtp; 451 4.7.1 greylisted                                                     | GAVE_UP
            5.5.0   | smtp; 554 5.5.0 error                                                          | OTHER
            5.0.0   | smtp; 550 no                                                                   | OTHER
            ''      | ''                                                                             | OTHER
            nonsense| 550 5.1.1 in the words                                                         | OTHER
            """)
    void isSaidByTheCode(String status, String diagnostic, ReturnCause cause) {
        assertThat(ReturnCause.of(status, diagnostic)).isEqualTo(cause);
    }

    @Test
    void hasItsSentencesInEachLanguage() {
        for (var language : Language.values()) {
            var texts = Texts.in(language, ReturnCause.class);
            assertThat(Arrays.stream(ReturnCause.values()))
                    .allSatisfy(cause -> assertThat(texts.say("returned.why." + cause.word()) + texts.say("returned.do." + cause.word()))
                            .endsWith("."));
        }
    }
}
