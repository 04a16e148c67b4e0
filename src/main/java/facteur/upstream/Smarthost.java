package facteur.upstream;

import facteur.mail.smtp.TlsMode;
import facteur.platform.tls.KeyMaterial;
import java.util.Optional;

/// The SMTP server that an [SmtpUpstream] relays to, and how. Immutable; safe to share between threads.
///
/// @param name as configured; logs and meters use it
/// @param host name or address literal: what is connected to, and what its certificate must name
/// @param tls with [TlsMode#STARTTLS], a host that offers no STARTTLS, or declines it, gets the mail in clear, but never the
///     login; any TLS that does start must verify
/// @param login presented on every connection when there is one
/// @param trust whose certificates count
/// @param localHost our own name, for EHLO (RFC 5321 §4.1.1.1)
/// @param recipients of a letter in one transaction, at most: one with more goes in several
/// @param certificate shown when the host asks for one
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
        EightBit eightBit,
        int recipients,
        Optional<KeyMaterial> certificate) {
    static final int RECIPIENTS = 1_000_000;

    public Smarthost {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        if (recipients < 1) {
            throw new IllegalArgumentException("at least one recipient");
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
                EightBit.CONVERT,
                RECIPIENTS,
                Optional.empty());
    }

    /// Whether all that goes to it may go in clear, the login if there is one included.
    boolean isFineInClear() {
        return switch (tls) {
            case NONE -> true;
            case STARTTLS -> login.isEmpty();
            case STARTTLS_REQUIRED, IMPLICIT -> false;
        };
    }

    public Smarthost withLogin(Login other) {
        return new Smarthost(name, host, port, tls, Optional.of(other), trust, localHost, limits, timeouts, eightBit, recipients, certificate);
    }

    public Smarthost withTrust(Trust other) {
        return new Smarthost(name, host, port, tls, login, other, localHost, limits, timeouts, eightBit, recipients, certificate);
    }

    public Smarthost withLimits(ConnectionLimits other) {
        return new Smarthost(name, host, port, tls, login, trust, localHost, other, timeouts, eightBit, recipients, certificate);
    }

    public Smarthost withTimeouts(Timeouts other) {
        return new Smarthost(name, host, port, tls, login, trust, localHost, limits, other, eightBit, recipients, certificate);
    }

    public Smarthost withEightBit(EightBit other) {
        return new Smarthost(name, host, port, tls, login, trust, localHost, limits, timeouts, other, recipients, certificate);
    }

    public Smarthost withRecipients(int other) {
        return new Smarthost(name, host, port, tls, login, trust, localHost, limits, timeouts, eightBit, other, certificate);
    }

    public Smarthost withCertificate(KeyMaterial other) {
        return new Smarthost(
                name, host, port, tls, login, trust, localHost, limits, timeouts, eightBit, recipients, Optional.of(other));
    }
}
