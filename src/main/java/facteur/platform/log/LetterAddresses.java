package facteur.platform.log;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The addresses of a letter: foreign text about one recipient may name any of them. A line doesn't show them as a field;
/// under a [Veil], it doesn't show them within foreign text either. Thread-safe.
public final class LetterAddresses {
    public static final LetterAddresses NONE = new LetterAddresses(Stream::empty);

    private final Supplier<Stream<String>> addresses;
    private volatile List<AddressScan.Found> found = List.of();

    /// @param addresses asked for when there is a veil
    public LetterAddresses(Supplier<Stream<String>> addresses) {
        this.addresses = addresses;
    }

    /// Stored, since a letter to a thousand recipients has a thousand lines.
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
