package facteur.relay;

import facteur.delivery.DeliveryLimits;
import facteur.delivery.ReplyTiming;
import facteur.delivery.RetrySchedule;
import facteur.mail.automatic.Language;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import facteur.platform.config.Section;
import facteur.route.RouteSettings;
import java.nio.file.Path;

/// Where letters go, how often that is tried, and what is reported about it. Immutable.
///
/// @param reportReversePath that the relay's own letters leave with
/// @param language of reports
public record OutboundConfig(
        RouteSettings routes,
        RetrySchedule retry,
        DeliveryLimits delivery,
        ReplyTiming acceptance,
        ReversePath reportReversePath,
        Language language) {
    static OutboundConfig from(Section root, Path state, String hostname, Address sharedAddress) {
        var delivery = root.section("delivery");
        return new OutboundConfig(
                RouteSettings.from(root, state, hostname),
                RetrySchedule.from(delivery),
                DeliveryLimits.from(delivery),
                ReplyTiming.from(delivery),
                delivery.value("report-reverse-path", text -> reportReversePath(text, sharedAddress)).orElse(ReversePath.NULL),
                delivery.choice("language", Language.EN));
    }

    private static ReversePath reportReversePath(String text, Address sharedAddress) {
        return switch (text) {
            case "null", "<>" -> ReversePath.NULL;
            case "shared" -> ReversePath.of(sharedAddress.toAscii());
            default -> ReversePath.of(Address.parse(text)
                    .filter(Address::isAsciiCapable)
                    .orElseThrow(() -> new IllegalArgumentException("must be null, shared or an address: " + text))
                    .toAscii());
        };
    }
}
