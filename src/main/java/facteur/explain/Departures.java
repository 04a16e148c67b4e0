package facteur.explain;

import facteur.mail.dkim.KeyFolder;
import facteur.mail.letter.Addressed;
import facteur.mail.letter.Provenance;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.ReversePath;
import facteur.policy.Decision;
import facteur.policy.Policy;
import facteur.policy.SendingContext;
import facteur.rewrite.LateReplyTo;
import facteur.route.RouteSettings;
import java.util.List;
import java.util.Optional;

/// Knows how letters would leave, by a configuration. Immutable; reads keys from the disk.
///
/// @param replies the domain of addresses for replies; empty: letters leave with none
public record Departures(RouteSettings routes, KeyFolder keys, Optional<String> replies) {
    /// In place of what is made for each letter.
    private static final String TOKEN = "r-TOKEN";

    /// Without addresses for replies.
    public Departures(RouteSettings routes, KeyFolder keys) {
        this(routes, keys, Optional.empty());
    }

    /// What Reply-To would say instead of those who answer; empty when it would say these.
    Optional<Mailbox> replyAddress(SendingContext context, Decision.Rewrite decision) {
        return switch (Policy.repliesAsked(context.office(), context.context())) {
            case DIRECT -> Optional.empty();
            case LATE -> replies.map(domain -> LateReplyTo.of(decision.replyTo(), context.office().company(), Address.of(TOKEN + "@" + domain)));
        };
    }

    boolean isRelaying() {
        return routes.isRelaying();
    }

    /// @param to recipients; may be empty
    Departure of(SendingContext context, Decision.Rewrite decision, List<Address> to) {
        return new Departure(
                switch (context.office().sandbox()) {
                    case ON -> Optional.of(routes.sandbox().toAbsolutePath().normalize());
                    case OFF -> Optional.empty();
                },
                routes.passages(addressed(context, decision, to)),
                keys.read(decision.from().address().asciiDomain()));
    }

    /// As far as routes look.
    private static Addressed addressed(SendingContext context, Decision.Rewrite decision, List<Address> to) {
        return new Addressed(
                Provenance.parse(
                        "",
                        context.office().id().text(),
                        context.context().map(Object::toString).orElse(""),
                        "",
                        "",
                        decision.fromRule().id(),
                        decision.replyToRule().id(),
                        context.office().version(),
                        context.card().version(),
                        ""),
                ReversePath.of(decision.from().address()),
                new Header(List.of(HeaderField.of("From", "<" + decision.from().address().wire() + ">"))),
                to.stream().map(ForwardPath::of).toList());
    }
}
