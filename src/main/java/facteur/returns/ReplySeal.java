package facteur.returns;

import facteur.mail.arc.ArcSealer;
import facteur.mail.arc.Sealing;
import facteur.mail.message.Message;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Adds an ARC set to a reply, where the operator wants one: with it, the office's mail host may believe what the reply's signatures
/// said here. A reply that can't be sealed is relayed without.
///
/// Thread-safe; blocks for the DNS.
public final class ReplySeal {
    private static final Logger LOG = LoggerFactory.getLogger(ReplySeal.class);

    private final ArcSealer sealer;
    private final Supplier<Optional<String>> domain;

    /// @param domain whose key seals; empty while replies aren't sealed
    public ReplySeal(ArcSealer sealer, Supplier<Optional<String>> domain) {
        this.sealer = sealer;
        this.domain = domain;
    }

    /// A reply as it leaves.
    ///
    /// @param status how its chain stood, as the seal says; empty: no set was added
    /// @param trouble what the operator should do something about
    record Sealed(Message message, String status, Optional<String> trouble) {}

    /// @param arrived as it came in: that is what is judged
    /// @param leaving as it is to leave
    /// @param authority our host name
    Sealed seal(ArrivedReturn arrived, Message leaving, String authority) {
        return domain.get()
                .map(named -> seal(arrived, leaving, new ArcSealer.Identity(authority, named)))
                .orElseGet(() -> new Sealed(leaving, "", Optional.empty()));
    }

    private Sealed seal(ArrivedReturn arrived, Message leaving, ArcSealer.Identity identity) {
        try {
            return switch (sealer.seal(leaving, sealer.verify(arrived.message()), identity, arrived.peer())) {
                case Sealing.Sealed(var message, var status) -> new Sealed(message, status.toString(), Optional.empty());
                case Sealing.Left _ -> new Sealed(leaving, "", Optional.empty());
                case Sealing.Unfit(var reason) -> new Sealed(leaving, "", Optional.of(reason));
                case Sealing.NoKey() ->
                    new Sealed(leaving, "",
                            Optional.of("no RSA key of " + identity.domain() + " signs. Ask: facteur domain check " + identity.domain()));
            };
        } catch (IOException unreadable) {
            return new Sealed(leaving, "", Optional.of(Reason.of(unreadable)));
        } catch (RuntimeException bug) {
            // Its sender could only try again in vain.
            LOG.error("sealing a reply", bug);
            return new Sealed(leaving, "", Optional.of(Reason.of(bug)));
        }
    }
}
