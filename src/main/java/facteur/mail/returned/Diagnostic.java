package facteur.mail.returned;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// A Diagnostic-Code (RFC 3464 §2.3.6): what the host said that refused the letter.
///
/// @param text without its type
record Diagnostic(String text) {
    private static final Pattern TYPE = Pattern.compile("^[A-Za-z0-9][A-Za-z0-9/-]{0,30} ?; ?");
    private static final Pattern REPLY = Pattern.compile("^([245]\\d\\d)(?:[ -]|$)");

    static Diagnostic parse(String field) {
        return new Diagnostic(TYPE.matcher(field).replaceFirst(""));
    }

    OptionalInt replyCode() {
        var reply = REPLY.matcher(text);
        return reply.find() ? OptionalInt.of(Integer.parseInt(reply.group(1))) : OptionalInt.empty();
    }

    /// What the host's reply says; when it has only a reply code, the class of that.
    Optional<StatusCode> status() {
        var said = StatusCode.ofReply(text);
        var code = replyCode();
        return said.isPresent() || code.isEmpty() ? said : Optional.of(new StatusCode(code.getAsInt() / 100, 0, 0));
    }

    /// Whether the host refused it for that time only: another gave up then.
    boolean isTemporary() {
        return replyCode().orElse(0) / 100 == 4;
    }

    /// The Status field, unless it says no more than its class and the host's reply says more: many hosts fill it in so. One that is
    /// the reply's own but for its class was made permanent by a host that gave up (Haraka): a mailbox that was busy isn't closed.
    Optional<StatusCode> better(Optional<StatusCode> field) {
        var said = status();
        if (isTemporary() && said.filter(status -> field.filter(status::isSameButForClass).isPresent()).isPresent()) {
            return said;
        }
        return field.isEmpty() || field.get().isGeneral() && said.filter(status -> !status.isGeneral()).isPresent() ? said : field;
    }
}
