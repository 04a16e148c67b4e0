package facteur.platform.log;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The addresses of a letter, for what others say of it: they may speak of any of them, whichever the line is about. A line
/// doesn't show them; under a [Veil] it doesn't show them in the words of others either. Thread-safe.
public final class LetterAddresses {
    public static final LetterAddresses NONE = new LetterAddresses(Stream::empty);

    private final Supplier<Stream<String>> addresses;
    private volatile List<AddressScan.Found> found = List.of();

    /// @param addresses asked for when there is a veil
    public LetterAddresses(Supplier<Stream<String>> addresses) {
        this.addresses = addresses;
    }

    /// Kept, since a letter for a thousand has a thousand lines.
    List<AddressScan.Found> found() {
        var known = found;
        if (known.isEmpty()) {
            known = addresses.get().flatMap(address -> AddressScan.of(address).stream()).toList();
            found = known;
        }
        return known;
    }

    /// Never by accident.
    @Override
    public String toString() {
        return "***";
    }
}
