package facteur.upstream;

import facteur.smtp.TlsMode;
import java.util.Optional;

/// The SMTP server that an [SmtpUpstream] relays to, and how. Immutable; safe to share between threads.
///
/// @param name as configured; logs and meters use it
/// @param host name or address literal: what is connected to, and what its certificate must name
/// @param tls with [TlsMode#STARTTLS], a host that offers no STARTTLS gets the mail in clear, but never the login; any
///     TLS that does start must verify
/// @param login presented on every connection when there is one
/// @param trust whose certificates count
/// @param localHost our own name, for EHLO (RFC 5321 §4.1.1.1)
public record Smarthost(
        String name,
        String host,
        int port,
        TlsMode tls,
        Optional<Login> login,
        Trust trust,
        String localHost,
        ConnectionLimits limits,
        Timeouts timeouts,
        EightBit eightBit) {
    public Smarthost {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    /// Without login, trusting whom the system trusts, everything else at its default.
    public static Smarthost of(String name, String host, int port, TlsMode tls, String localHost) {
        return new Smarthost(
                name,
                host,
                port,
                tls,
                Optional.empty(),
                Trust.system(),
                localHost,
                ConnectionLimits.DEFAULT,
                Timeouts.DEFAULT,
                EightBit.BOUNCE);
    }

    public Smarthost withLogin(Login other) {
        return new Smarthost(name, host, port, tls, Optional.of(other), trust, localHost, limits, timeouts, eightBit);
    }

    public Smarthost withTrust(Trust other) {
        return new Smarthost(name, host, port, tls, login, other, localHost, limits, timeouts, eightBit);
    }

    public Smarthost withLimits(ConnectionLimits other) {
        return new Smarthost(name, host, port, tls, login, trust, localHost, other, timeouts, eightBit);
    }

    public Smarthost withTimeouts(Timeouts other) {
        return new Smarthost(name, host, port, tls, login, trust, localHost, limits, other, eightBit);
    }

    public Smarthost withEightBit(EightBit other) {
        return new Smarthost(name, host, port, tls, login, trust, localHost, limits, timeouts, other);
    }
}
