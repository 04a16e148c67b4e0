package facteur.mail.returned;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the fields of the parts that say what became of a letter after its delivery: message/disposition-notification
/// (RFC 8098 §3) and message/feedback-report (RFC 5965 §3). One thread.
final class ReceiptFields implements FieldLines.Fields {
    private static final String DISPOSITION = "disposition";
    private static final String TYPE = "feedback-type";
    private static final Set<String> RECIPIENTS = Set.of("original-recipient", "final-recipient");

    private final Map<String, String> words = new HashMap<>();
    private final Map<String, String> named = new HashMap<>();
    private final List<String> complained = new ArrayList<>();

    @Override
    public void field(String name, String value) {
        if (RECIPIENTS.contains(name)) {
            ReportedAddress.of(value).ifPresent(address -> named.putIfAbsent(name, address));
        } else if (name.equals("original-rcpt-to") && complained.size() < ReturnedMailReader.RECIPIENTS) {
            ReportedAddress.of(value).ifPresent(complained::add);
        } else if (name.equals(TYPE)) {
            words.putIfAbsent(name, word(value));
        } else if (name.equals(DISPOSITION)) {
            // manual-action/MDN-sent-manually; displayed/error
            words.putIfAbsent(name, word(value.substring(value.indexOf(';') + 1).replaceFirst("/.*", "")));
        }
    }

    @Override
    public void endGroup() {}

    private static String word(String value) {
        return ShownText.cut(value.strip().toLowerCase(Locale.ROOT), 40);
    }

    ReturnedMail.Read read() {
        var original = Optional.ofNullable(named.get("original-recipient"));
        return new ReturnedMail.Read(original.or(() -> Optional.ofNullable(named.get("final-recipient"))), words.getOrDefault(DISPOSITION, ""));
    }

    ReturnedMail.Complaint complaint() {
        return new ReturnedMail.Complaint(complained, words.getOrDefault(TYPE, ""));
    }
}
