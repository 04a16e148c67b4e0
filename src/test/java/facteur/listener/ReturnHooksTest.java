package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.intake.SubmissionResult;
import facteur.journal.MailEvent;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.FileBody;
import facteur.mail.message.Header;
import facteur.mail.message.Message;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.MailArguments;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.ReversePath;
import facteur.mail.smtp.TlsMode;
import facteur.returns.ArrivedReturn;
import facteur.returns.ReturnDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What strangers may do, and what is left of a letter that isn't taken.
final class ReturnHooksTest {
    private static final Envelope ENVELOPE = new Envelope(
            ReversePath.NULL, List.of(Address.of("b@return.example.org")), BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
    private static final Reply LATER = Reply.of(451, 3, 0, "Later");

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();
    private final QueueId id = new QueueIds(time, RandomGenerator.getDefault()).next();

    private final List<ArrivedReturn> arrivals = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void aNetworkConnectsSoOften() {
        var hooks = hooks(new SubmissionResult.Queued(id));
        assertThat(IntStream.range(0, NetworkRates.CONNECTIONS_PER_MINUTE).mapToObj(i -> hooks.connected(peer("192.0.2." + i % 250))))
                .allMatch(Optional::isEmpty);
        assertThat(hooks.connected(peer("192.0.2.251"))).contains(Replies.TOO_MANY_CONNECTIONS);
        assertThat(hooks.connected(peer("192.0.3.1"))).isEmpty();
        assertThat(journal.events()).containsExactly(new MailEvent.Limited("connections-per-minute", "192.0.2.251", ""));
    }

    @Test
    void aNetworkBeginsSoManyLetters() {
        var hooks = hooks(new SubmissionResult.Queued(id));
        var conversation = conversation();
        assertThat(IntStream.range(0, NetworkRates.LETTERS_PER_MINUTE).mapToObj(_ -> hooks.letter(conversation))).allMatch(Optional::isEmpty);
        assertThat(hooks.letter(conversation)).contains(Replies.TOO_FAST);
        assertThat(journal.events()).containsExactly(new MailEvent.Limited("letters-per-minute", "192.0.2.1", ""));
    }

    @Test
    void theBodyOfALetterThatIsTakenIsTheDoors() throws IOException {
        var message = message();
        assertThat(hooks(new SubmissionResult.Queued(id)).take(conversation(), ENVELOPE, message, Optional.empty()))
                .isEqualTo(new SubmissionResult.Queued(id));
        assertThat(folder).isNotEmptyDirectory();
        assertThat(journal.events()).isEmpty();
    }

    @Test
    void nothingIsLeftOfALetterThatIsRefused() throws IOException {
        assertThat(hooks(new SubmissionResult.Refused(LATER)).take(conversation(), ENVELOPE, message(), Optional.empty()).reply()).isEqualTo(LATER);
        assertThat(folder).isEmptyDirectory();
        assertThat(journal.events()).containsExactly(new MailEvent.Refused("", "192.0.2.1", "<>", "451 4.3.0 Later"));
    }

    @Test
    void theDoorAndTheLogHearHowTheNullReversePathWasWritten() throws IOException {
        var conversation = conversation();
        if (MailArguments.parseOfBounce("FROM:<MAILER-DAEMON>") instanceof Parsed.Good<MailArguments>(var mail)) {
            conversation.start(new Transaction(mail, new ReceivingMemory(1 << 20)));
        }
        assertThat(hooks(new SubmissionResult.Refused(LATER)).take(conversation, ENVELOPE, message(), Optional.empty()).reply()).isEqualTo(LATER);
        assertThat(arrivals).singleElement().satisfies(arrived -> {
            assertThat(arrived.envelope().reversePath()).isEqualTo(ReversePath.NULL);
            assertThat(arrived.daemon()).hasValue("<MAILER-DAEMON>");
        });
        assertThat(journal.events()).containsExactly(new MailEvent.Refused("", "192.0.2.1", "<MAILER-DAEMON>", "451 4.3.0 Later"));
    }

    @Test
    void norOfOneThatMeetsABug() throws IOException {
        var message = message();
        var hooks = new ReturnHooks(new ReturnDoor() {
            @Override
            public Optional<Reply> refusal(Address recipient) {
                return Optional.empty();
            }

            @Override
            public SubmissionResult accept(ArrivedReturn arrived) {
                throw new IllegalStateException("a bug");
            }
        }, new NetworkRates(time), journal);
        assertThatIllegalStateException().isThrownBy(() -> hooks.take(conversation(), ENVELOPE, message, Optional.empty()));
        assertThat(folder).isEmptyDirectory();
    }

    private ReturnHooks hooks(SubmissionResult result) {
        return new ReturnHooks(new ReturnDoor() {
            @Override
            public Optional<Reply> refusal(Address recipient) {
                return Optional.empty();
            }

            @Override
            public SubmissionResult accept(ArrivedReturn arrived) {
                arrivals.add(arrived);
                return result;
            }
        }, new NetworkRates(time), journal);
    }

    private Message message() throws IOException {
        return new Message(Header.parse("Subject: x\r\n".getBytes(StandardCharsets.US_ASCII)),
                new FileBody(Files.writeString(folder.resolve("body"), "x\r\n"), 3));
    }

    private static Conversation conversation() {
        return new Conversation(peer("192.0.2.1"), peer("192.0.2.1"), Optional.empty(), TlsMode.NONE);
    }

    private static InetAddress peer(String text) {
        return InetAddress.ofLiteral(text);
    }
}
