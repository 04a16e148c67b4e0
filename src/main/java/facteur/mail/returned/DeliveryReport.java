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
}
