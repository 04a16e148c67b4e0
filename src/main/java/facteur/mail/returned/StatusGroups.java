package facteur.mail.returned;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the groups of message/delivery-status parts (RFC 3464 §2) by what is in them: one counts when it names a recipient,
/// wherever it stands, and whatever stands with it. One thread.
final class StatusGroups implements FieldLines.Fields {
    private static final String ORIGINAL = "original-recipient";
    private static final String FINAL = "final-recipient";
    private static final String ACTION = "action";
    private static final String STATUS = "status";
    private static final String DIAGNOSTIC = "diagnostic-code";
    private static final String REMOTE = "remote-mta";
    private static final String REPORTING = "reporting-mta";

    /// Those that a recipient has once: a second one begins another recipient, where a host leaves out the empty line.
    private static final Set<String> ONCE = Set.of(ORIGINAL, FINAL, ACTION, STATUS);

    private static final Set<String> OTHERS = Set.of(DIAGNOSTIC, REMOTE);

    /// Of a Diagnostic-Code, in characters.
    private static final int DIAGNOSTIC_CHARACTERS = 1000;

    private final Map<String, String> group = new HashMap<>();
    private final List<ReportedRecipient> recipients = new ArrayList<>();
    private String host = "";

    @Override
    public void field(String name, String value) {
        if (name.equals(REPORTING) && host.isEmpty()) {
            host = ReportedAddress.host(value);
        } else if (ONCE.contains(name)) {
            var before = group.get(name);
            if (before != null && !before.equals(value) && isOfRecipient()) {
                endGroup();
            }
            group.putIfAbsent(name, value);
        } else if (OTHERS.contains(name)) {
            group.putIfAbsent(name, value);
        }
    }

    private boolean isOfRecipient() {
        return group.containsKey(ORIGINAL) || group.containsKey(FINAL);
    }

    @Override
    public void endGroup() {
        if (recipients.size() < ReturnedMailReader.RECIPIENTS) {
            recipient().ifPresent(recipients::add);
        }
        group.clear();
    }

    private Optional<ReportedRecipient> recipient() {
        var original = address(ORIGINAL);
        var tried = address(FINAL).or(() -> original);
        if (tried.isEmpty()) {
            return Optional.empty();
        }
        var diagnostic = Diagnostic.parse(group.getOrDefault(DIAGNOSTIC, ""));
        var field = StatusCode.ofField(group.getOrDefault(STATUS, ""));
        var status = diagnostic.better(field);
        return Optional.of(new ReportedRecipient(
                original,
                tried.get(),
                // A host that has given up says 5 of what another said 4 of.
                Action.of(group.getOrDefault(ACTION, ""), field.filter(StatusCode::isPermanent).or(() -> status)),
                status.map(StatusCode::toString).orElse(""),
                ShownText.cut(diagnostic.text(), DIAGNOSTIC_CHARACTERS),
                ReportedAddress.host(group.getOrDefault(REMOTE, ""))));
    }

    private Optional<String> address(String name) {
        return Optional.ofNullable(group.get(name)).flatMap(ReportedAddress::of);
    }

    /// The report that was read.
    ///
    /// @return empty when no group names a recipient
    Optional<DeliveryReport> report(String text) {
        return recipients.isEmpty() ? Optional.empty() : Optional.of(new DeliveryReport(host, recipients, text));
    }
}
