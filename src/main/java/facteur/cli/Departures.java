package facteur.cli;

import facteur.mail.dkim.KeyFolder;
import facteur.mail.letter.Addressed;
import facteur.mail.letter.Provenance;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.ReversePath;
import facteur.office.Sandbox;
import facteur.policy.Decision;
import facteur.policy.SendingContext;
import facteur.relay.Config;
import java.util.List;
import java.util.Optional;

/// Tells how letters would leave by a configuration.
final class Departures {
    private Departures() {}

    /// @param to recipients; may be none
    static Departure of(Config config, SendingContext context, Decision.Rewrite decision, List<Address> to) {
        var from = decision.from().address();
        var isSandboxed = context.office().sandbox() == Sandbox.ON;
        return new Departure(
                isSandboxed ? Optional.of(config.outbound().routes().sandbox().toAbsolutePath().normalize()) : Optional.empty(),
                config.outbound().routes().passages(addressed(context, decision, to)),
                new KeyFolder(config.state()).read(from.asciiDomain()));
    }

    /// As far as routes ask.
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
                        ""),
                ReversePath.of(decision.from().address()),
                new Header(List.of(HeaderField.of("From", "<" + decision.from().address().wire() + ">"))),
                to.stream().map(ForwardPath::of).toList());
    }
}
