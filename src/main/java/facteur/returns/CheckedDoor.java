package facteur.returns;

import facteur.intake.SubmissionResult;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Reply;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Lets those addresses through that we made, and those of the people who look after the domains (RFC 5321 §4.5.1, RFC 2142). It
/// needs a hash for that and asks no database: a flood of forged ones goes no further.
///
/// Thread-safe.
public final class CheckedDoor implements ReturnDoor {
    private static final Set<String> CARETAKERS = Set.of("postmaster", "abuse");

    private final Supplier<Optional<ReturnAddresses>> addresses;
    private final ReturnDoor next;

    /// @param addresses read for each recipient; empty while no return address is in use
    /// @param next asked about the addresses that are ours
    public CheckedDoor(Supplier<Optional<ReturnAddresses>> addresses, ReturnDoor next) {
        this.addresses = addresses;
        this.next = next;
    }

    @Override
    public Optional<Reply> refusal(Address recipient) {
        return addresses.get().filter(ours -> isKnown(recipient, ours)).isPresent()
                ? next.refusal(recipient)
                : Optional.of(ClosedDoor.NO_SUCH_ADDRESS);
    }

    private static boolean isKnown(Address recipient, ReturnAddresses ours) {
        return ours.read(recipient).isPresent() || isCaretaker(recipient, ours);
    }

    /// Whether it is the address of those who look after the domains.
    static boolean isCaretaker(Address recipient, ReturnAddresses ours) {
        return isCaretakersName(recipient) && ours.isOurs(recipient);
    }

    /// Whether it is an address that anybody can name.
    public static boolean isCaretakersName(Address recipient) {
        return CARETAKERS.contains(recipient.localPart().toLowerCase(Locale.ROOT));
    }

    @Override
    public SubmissionResult accept(ArrivedReturn arrived) {
        return next.accept(arrived);
    }
}
