package facteur.web;

import facteur.platform.config.Problem;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The body of a request, in the forms that it can be read. One thread.
final class RequestBody {
    private static final int LARGEST = 1024 * 1024;
    private static final String URL_ENCODED = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data";

    private final RequestHead head;
    private final InputStream body;
    private final Optional<Path> uploads;
    private Optional<Form> form = Optional.empty();

    /// @param uploads folder for the file of a form
    RequestBody(RequestHead head, InputStream body, Optional<Path> uploads) {
        this.head = head;
        this.body = body;
        this.uploads = uploads;
    }

    /// The body as JSON, of one megabyte at most.
    ///
    /// @param type that it has to have
    JsonValue json(String type) {
        type(Set.of(type));
        try {
            return JsonReader.read(new ByteArrayInputStream(octets(LARGEST)));
        } catch (JsonException e) {
            throw ProblemDetails.of(400, List.of(new Problem(
                    "", e.line(), "", "json.invalid", e.getMessage() + " (line " + e.line() + ", column " + e.column() + ")")))
                    .refused();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read from memory", e);
        }
    }

    /// Refuses a body where none has a meaning.
    void refuseAny() {
        if (octets(LARGEST).length > 0) {
            throw ProblemDetails.of(400, "body.unexpected", "", "this request has no body").refused();
        }
    }

    /// @param known in UTF-8; no other is taken
    MediaType type(Set<String> known) {
        var encoding = head.fields("Content-Encoding");
        if (!encoding.isEmpty() && !String.join(",", encoding).strip().equalsIgnoreCase("identity")) {
            throw new RefusedException(ProblemDetails.of(
                    415, "content-encoding.unsupported", "Content-Encoding", "a body must come as it is, not compressed")
                    .answer()
                    .with("Accept-Encoding", "identity")); // RFC 9110 §12.5.3
        }
        var wanted = String.join(", ", known.stream().sorted().toList());
        return head.field("Content-Type")
                .flatMap(MediaType::parse)
                .filter(type -> type.isUtf8() && known.contains(type.name()))
                .orElseThrow(() -> otherType(wanted));
    }

    /// RFC 9110 §15.5.16; RFC 5789 §3.1 for PATCH.
    private RefusedException otherType(String wanted) {
        return new RefusedException(ProblemDetails.of(
                415, "content-type.unsupported", "Content-Type", "must be " + wanted + ", in UTF-8")
                .answer()
                .with(head.method().equals("PATCH") ? "Accept-Patch" : "Accept", wanted));
    }

    private byte[] octets(int most) {
        refuseLength(most);
        try {
            var octets = body.readNBytes(most + 1);
            if (octets.length > most) {
                throw tooLarge(most);
            }
            return octets;
        } catch (IOException e) {
            throw new PeerGoneException(e);
        }
    }

    /// The body as a form, read once. A file in it is dropped: only who is signed in may fill the disk.
    Form form() {
        return readOnce(Optional.empty());
    }

    /// The body as a form, read once, with the file that was chosen in it. The file is deleted when the request is answered.
    Form formWithFile() {
        return readOnce(uploads);
    }

    private Form readOnce(Optional<Path> folder) {
        var read = form.orElseGet(() -> readForm(folder));
        form = Optional.of(read);
        return read;
    }

    private Form readForm(Optional<Path> folder) {
        var type = type(Set.of(URL_ENCODED, MULTIPART));
        if (type.name().equals(MULTIPART)) {
            refuseLength(FormBudget.MOST_OCTETS * 2L + MultipartForm.MOST_FILE);
            return new MultipartForm(body, type.parameters().getOrDefault("boundary", ""), folder).read();
        }
        return UrlEncodedForm.parse(octets(FormBudget.MOST_OCTETS));
    }

    /// Deletes what a form brought.
    void end() {
        form.ifPresent(Form::end);
    }

    /// The body in a file that only we can read; for one that would take too much memory.
    ///
    /// @param folder for the file
    /// @param most octets
    Upload upload(Path folder, long most) {
        refuseLength(most);
        return Upload.take(body, folder, most).orElseThrow(() -> tooLarge(most));
    }

    private void refuseLength(long most) {
        if (head.length().orElse(0) > most) {
            throw tooLarge(most);
        }
    }

    private static RefusedException tooLarge(long most) {
        return ProblemDetails.of(413, "body.too-large", "", "a body may have " + most + " octets at most").refused();
    }
}
