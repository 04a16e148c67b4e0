package facteur.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/// A form as browsers send it with a file (RFC 7578). One thread.
final class MultipartForm {
    static final long MOST_FILE = 32L * 1024 * 1024;

    private final MultipartBody body;
    private final Optional<Path> uploads;
    private final FormBudget budget = new FormBudget();
    private Optional<Form.File> file = Optional.empty();
    private boolean hadFile;

    /// @param uploads folder for the file; without, it is read and dropped
    MultipartForm(InputStream body, String boundary, Optional<Path> uploads) {
        this.body = new MultipartBody(body, boundary);
        this.uploads = uploads;
    }

    /// @throws RefusedException when it isn't one, or is too large; nothing is left of its file then
    Form read() {
        var isRead = false;
        try {
            for (var isPart = body.first(); isPart; isPart = body.isAtPart()) {
                budget.countOne();
                part(PartHead.parse(body.head()));
            }
            isRead = true;
            return budget.form(file);
        } finally {
            if (!isRead) {
                file.ifPresent(taken -> taken.upload().close());
            }
        }
    }

    private void part(PartHead head) {
        if (!head.isFile()) {
            var octets = octets();
            var value = FormBudget.text(ByteBuffer.wrap(octets)).orElseThrow(() -> FormBudget.unreadable("has a field that is no UTF-8"));
            budget.countOctets(head.name().length() + octets.length);
            budget.add(head.name(), value);
        } else if (head.isUnnamed()) {
            if (octets().length > 0) {
                throw FormBudget.unreadable("has a file without a name");
            }
        } else if (hadFile) {
            throw ProblemDetails.of(400, "form.files", head.name(), "one file at a time").refused();
        } else {
            hadFile = true;
            file = uploads.map(folder -> new Form.File(head.name(), upload(folder)));
            if (file.isEmpty()) {
                drop();
            }
        }
    }

    private byte[] octets() {
        try (var content = body.content()) {
            var octets = content.readNBytes(budget.octetsLeft() + 1);
            if (octets.length > budget.octetsLeft()) {
                throw FormBudget.tooLarge();
            }
            return octets;
        } catch (IOException e) {
            throw new PeerGoneException(e);
        }
    }

    private Upload upload(Path folder) {
        return Upload.take(body.content(), folder, MOST_FILE).orElseThrow(MultipartForm::tooLarge);
    }

    private void drop() {
        try (var content = body.content()) {
            var left = MOST_FILE;
            var piece = new byte[8192];
            for (var read = content.read(piece); read >= 0; read = content.read(piece)) {
                left -= read;
                if (left < 0) {
                    throw tooLarge();
                }
            }
        } catch (IOException e) {
            throw new PeerGoneException(e);
        }
    }

    private static RefusedException tooLarge() {
        return ProblemDetails.of(413, "body.too-large", "", "a file may have " + MOST_FILE + " octets at most").refused();
    }
}
