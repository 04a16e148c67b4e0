package facteur.mail.returned;

import java.util.List;

/// What a host says became of a letter (RFC 3464). Immutable. All texts are of one line and clean of control characters,
/// but for the lines of `text`.
///
/// @param host that reports; empty when it isn't said
/// @param recipients at least one, at most [ReturnedMailReader#RECIPIENTS]
/// @param text for people: what the report says in words; some hosts give the reason nowhere else
public record DeliveryReport(String host, List<ReportedRecipient> recipients, String text) {
    public DeliveryReport {
        recipients = List.copyOf(recipients);
    }

    /// What the text says of one of the recipients, in one line of 300 characters at most: to be shown where there is no
    /// diagnostic, and no more than that, since a text may mean anything. Empty where it isn't sure that it is about this one.
    public String excerpt(ReportedRecipient recipient) {
        var names = recipient.names();
        var others = recipients.stream().flatMap(other -> other.names().stream()).filter(name -> !isOneOf(names, name)).toList();
        return Excerpt.of(text, names, others);
    }

    private static boolean isOneOf(List<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }
}
