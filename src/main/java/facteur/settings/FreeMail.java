package facteur.settings;

import facteur.mail.smtp.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/// Knows the domains of public mail providers: none of them proves an office.
public final class FreeMail {
    private static final Set<String> DOMAINS = read();

    private FreeMail() {}

    public static boolean has(Address address) {
        return DOMAINS.contains(address.asciiDomain());
    }

    private static Set<String> read() {
        try (var in = FreeMail.class.getResourceAsStream("free-mail-domains.txt")) {
            if (in == null) {
                throw new IllegalStateException("free-mail-domains.txt is not packed");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
