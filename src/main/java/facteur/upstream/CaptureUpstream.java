package facteur.upstream;

import facteur.mail.letter.QueueId;
import facteur.mail.message.Message;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Reply;
import facteur.platform.disk.PrivateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Keeps each letter in a folder and relays nothing: for trying out, and for tests. The letter is `<queue id>.eml`, its
/// envelope `<queue id>.json`, written after it: where there is an envelope, the letter is whole. A later attempt for
/// the same letter overwrites both.
///
/// Files are for their owner alone (0600, a new folder 0700) and on disk (fsync) when the letter counts as relayed.
/// Thread-safe, for different letters.
public final class CaptureUpstream implements Upstream {
    private final String name;
    private final Path folder;

    /// @param folder made when it is first needed
    public CaptureUpstream(String name, Path folder) {
        this.name = name;
        this.folder = folder;
    }

    /// Why a folder can't be written; a new one is made when it is first needed.
    static Optional<String> trouble(Path folder) {
        var nearest = folder.toAbsolutePath();
        for (var parent = nearest.getParent(); parent != null && !Files.exists(nearest); parent = nearest.getParent()) {
            nearest = parent;
        }
        if (!Files.isDirectory(nearest)) {
            return Optional.of(nearest + " is no folder");
        }
        return Files.isWritable(nearest) ? Optional.empty() : Optional.of(nearest + " can't be written");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public HeaderEncoding encoding() {
        return HeaderEncoding.UTF8;
    }

    @Override
    public List<Outcome> relay(QueueId id, Envelope envelope, Message message) {
        return Collections.nCopies(envelope.recipients().size(), capture(id, envelope, message));
    }

    private Outcome capture(QueueId id, Envelope envelope, Message message) {
        try {
            var captured = new PrivateFolder(folder).make();
            var json = EnvelopeJson.of(id, envelope).getBytes(StandardCharsets.UTF_8);
            captured.place(id + ".eml", message::writeTo);
            captured.place(id + ".json", out -> out.write(json));
            captured.sync();
        } catch (IOException e) {
            return switch (LostConnection.cause("", e)) {
                case FailureCause.Shortage here -> new Outcome.NotTried(here);
                case FailureCause why -> new Outcome.TempFailed(Stage.DATA, why);
            };
        }
        return new Outcome.Relayed(Reply.of(250, 0, 0, "captured as " + id + ".eml"), Outcome.SuccessReport.BY_US);
    }
}
