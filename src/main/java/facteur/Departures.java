package facteur;

import facteur.cli.Departure;
import facteur.dkim.KeyFolder;
import facteur.message.Header;
import facteur.message.HeaderField;
import facteur.policy.Decision;
import facteur.policy.SendingContext;
import facteur.settings.Leaving;
import facteur.smtp.Address;
import facteur.smtp.ForwardPath;
import facteur.smtp.ReversePath;
import facteur.spool.Addressed;
import facteur.spool.Provenance;
import java.util.List;
import java.util.Optional;

/// Tells how letters would leave by a configuration.
final class Departures {
    private Departures() {}

    /// @param to recipients; may be none
    static Departure of(Config config, SendingContext context, Decision.Rewrite decision, List<Address> to) {
        var from = decision.from().address();
        var isSandboxed = context.office().leaving() == Leaving.SANDBOXED;
        return new Departure(
                isSandboxed ? Optional.of(config.routes().sandbox().toAbsolutePath().normalize()) : Optional.empty(),
                config.routes().passages(addressed(context, decision, to)),
                new KeyFolder(config.state()).read(from.asciiDomain()));
    }

    /// As far as routes ask.
    private static Addressed addressed(SendingContext context, Decision.Rewrite decision, List<Address> to) {
        return new Addressed(
                new Provenance(
                        "",
                        context.office().id().text(),
                        context.context().map(Object::toString).orElse(""),
                        "",
                        "",
                        decision.fromRule().id(),
                        decision.replyToRule().id(),
                        context.office().version()),
                ReversePath.of(decision.from().address()),
                new Header(List.of(HeaderField.of("From", "<" + decision.from().address().wire() + ">"))),
                to.stream().map(ForwardPath::of).toList());
    }
}
