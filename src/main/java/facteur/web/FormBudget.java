package facteur.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The fields of a form as they are read, until there are too many. One thread.
final class FormBudget {
    static final int MOST_OCTETS = 256 * 1024;
    static final int MOST_FIELDS = 2000;

    private final List<Form.Field> fields = new ArrayList<>();
    private int count;
    private int octetsLeft = MOST_OCTETS;

    /// Counts one more field, or file.
    void countOne() {
        count++;
        if (count > MOST_FIELDS) {
            throw tooLarge("form.too-many", "a form may have " + MOST_FIELDS + " fields at most");
        }
    }

    /// Counts octets of names and values.
    void countOctets(int octets) {
        octetsLeft -= octets;
        if (octetsLeft < 0) {
            throw tooLarge();
        }
    }

    int octetsLeft() {
        return octetsLeft;
    }

    void add(String name, String value) {
        fields.add(new Form.Field(name, value));
    }

    Form form(Optional<Form.File> file) {
        return new Form(fields, file);
    }

    /// UTF-8, read strictly. A value may have line ends, and what else a person pastes; no text of ours has a NUL.
    static Optional<String> text(ByteBuffer octets) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static boolean isName(String text) {
        return !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
    }

    static RefusedException tooLarge() {
        return tooLarge("body.too-large", "a form may have " + MOST_OCTETS + " octets at most, without its file");
    }

    private static RefusedException tooLarge(String code, String message) {
        return ProblemDetails.of(413, code, "", message).refused();
    }

    /// @param what is wrong, after "the form"
    static RefusedException unreadable(String what) {
        return ProblemDetails.of(400, "form.invalid", "", "the form " + what).refused();
    }
}
