package facteur.intake;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.letter.QueueId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueuedReplyTest {
    private static final String ID = "01m8468qb1dasymv";

    @Test
    void namesTheQueueIdAsPostfixDoes() {
        assertThat(QueuedReply.of(new QueueId(ID))).hasToString("250 2.0.0 Ok: queued as " + ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "250 2.0.0 Ok: queued as 01m8468qb1dasymv",
        "250 2.0.0 Ok: queued as 01m8468qb1dasymv\r\n",
        "2.0.0 Ok: queued as 01m8468qb1dasymv",
        "Ok: queued as 01m8468qb1dasymv",
        "250 2.1.5 Ok\r\n250 2.0.0 Ok: queued as 01m8468qb1dasymv\r\n421 4.3.0 Shutting down\r\n"
    })
    void readsWhatItWrites(String replies) {
        assertThat(QueuedReply.queueIds(replies)).containsExactly(new QueueId(ID));
    }

    @Test
    void readsOneForEachLetter() {
        assertThat(QueuedReply.queueIds("250 2.0.0 Ok: queued as " + ID + "\r\n250 2.0.0 Ok\r\n250 2.0.0 Ok: queued as 01m8468qb1dasymw\r\n"))
                .containsExactly(new QueueId(ID), new QueueId("01m8468qb1dasymw"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "451 4.3.0 Settings not available, try again later",
        "553 5.1.3 <Ok: queued as 01m8468qb1dasymv> is no address",
        "250 2.0.0 Ok: queued as 01m8468qb1dasymvx",
        "550 2.0.0 Ok: queued as 01m8468qb1dasymv"
    })
    void findsNoneWhereNoLetterWasTaken(String replies) {
        assertThat(QueuedReply.queueIds(replies)).isEmpty();
    }
}
