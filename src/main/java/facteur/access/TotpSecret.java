package facteur.access;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// What an authenticator and the relay share: 160 random bits (RFC 4226 §4 R6). Prints as `***`. Immutable.
public final class TotpSecret {
    private static final int BYTES = 20;

    private final byte[] octets;

    private TotpSecret(byte[] octets) {
        this.octets = octets;
    }

    static TotpSecret of(byte[] octets) {
        return new TotpSecret(octets.clone());
    }

    /// @param random that can't be predicted
    static TotpSecret random(RandomGenerator random) {
        var octets = new byte[BYTES];
        random.nextBytes(octets);
        return new TotpSecret(octets);
    }

    /// Reads what [#base32] writes.
    static TotpSecret parse(String base32) {
        return new TotpSecret(Base32.decode(base32));
    }

    /// For those who type it (RFC 4648 §6), without padding.
    public String base32() {
        return Base32.encode(octets);
    }

    byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TotpSecret that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return "***";
    }
}
