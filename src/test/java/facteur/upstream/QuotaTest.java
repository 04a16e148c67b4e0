package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.smtp.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Replies as providers are known to give them, and others that look like them.
final class QuotaTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "550 5.4.5 Daily user sending limit exceeded. For more information on Gmail;CONGESTION",
        "550 5.4.5 Daily sending quota exceeded. n37sm954097wag;CONGESTION",
        "550-5.7.1 Daily SMTP relay limit exceeded for customer. For more information on;DAILY_LIMIT",
        "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients;TENANT_LIMIT",
        "550 5.7.233 Your message can't be sent because your tenant exceeded its daily limit;TENANT_LIMIT",
        "550 5.7.705 Access denied, tenant has exceeded threshold;TENANT_LIMIT",
        "550 5.7.708 Access denied, traffic not accepted from this IP;TENANT_LIMIT",
        "454 Throttling failure: Daily message quota exceeded.;SES_DAY",
        "454 Throttling failure: Maximum sending rate exceeded.;SES_SECOND",
        "554 5.7.0 Your message could not be sent. The limit on the number of allowed outgoing messages was exceeded. Try again later.;PLESK",
        "552 Message would take you over your relay quota of 500;RELAY_QUOTA",
        "554 5.7.1 <DATA>: Data command rejected: limit of 400 rcpts per 24 hours for client jan@x.example reached;PER_PERIOD",
        "554 5.7.1 <DATA>: Data command rejected: only 10 messages per day;PER_PERIOD",
        "550 Hourly sending limit exceeded;SENDING_LIMIT",
        "550 5.4.6 Unusual sending activity detected. Please try after sometime;ZOHO",
        "554 Transaction failed, please try again later;TRY_LATER",
        "554 5.7.1 Service unavailable. Try again later.;TRY_LATER",
        "450 4.7.1 You have exceeded your hourly mail limit;SENDING_LIMIT",
        "550 Domain dupont.example has exceeded the max emails per hour (500/500 (100%)) allowed. Message discarded.;SENDER_DOMAIN",
    })
    void knowsWhatProvidersSay(String reply, Quota quota) {
        var parsed = Reply.parse(reply.replace("550-", "550 ")).orElseThrow();

        assertThat(Quota.of(parsed)).contains(quota);
        assertThat(Outcome.refused(Stage.END_OF_DATA, parsed)).isEqualTo(new Outcome.TempFailed(Stage.END_OF_DATA, new FailureCause.Answer(parsed)));
        assertThat(FailureScope.of(Stage.MAIL, new FailureCause.Answer(parsed)))
                .isEqualTo(quota == Quota.SENDER_DOMAIN ? FailureScope.LETTER : FailureScope.UPSTREAM);
    }

    @Test
    void takesAVagueReplyToRcptForTheRecipients() {
        var parsed = Reply.parse("554 try again later").orElseThrow();

        assertThat(Outcome.refused(Stage.RCPT, parsed)).isEqualTo(new Outcome.TempFailed(Stage.RCPT, new FailureCause.Answer(parsed)));
        assertThat(FailureScope.of(Stage.RCPT, new FailureCause.Answer(parsed))).isEqualTo(FailureScope.RECIPIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "250 2.0.0 daily limit exceeded",
        "552 5.2.2 The recipient's mailbox is full: over quota",
        "452 4.2.2 The email account that you tried to reach is over quota",
        "450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages",
        "552 5.3.4 Message size exceeds fixed limit",
        "550 5.7.1 message content rejected",
        "550 5.1.1 no such user",
        "550 5.1.1 no such user, try again later",
        "451 4.3.0 try again later",
        "451 4.7.1 Greylisted, try again later",
        "452 4.5.3 Too many recipients",
        "554 5.4.6 Too many hops",
    })
    void leavesOthersAlone(String reply) {
        assertThat(Quota.of(Reply.parse(reply).orElseThrow())).isEqualTo(Optional.empty());
    }
}
