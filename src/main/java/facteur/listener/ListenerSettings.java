package facteur.listener;

import facteur.app.Network;
import facteur.mail.message.LineEndings;
import facteur.mail.message.MessageLimits;
import facteur.mail.smtp.TlsMode;
import facteur.platform.config.DataSize;
import facteur.platform.config.HostAndPort;
import facteur.platform.config.Section;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The settings of one listener. Immutable.
///
/// @param address port 0 = one of the kernel's choice
/// @param takes whose letters
/// @param home the domain of a postmaster without one; empty where letters are for elsewhere
/// @param hostname for greeting and EHLO
/// @param proxyFrom proxies, whose connections must begin with a PROXY header
/// @param connections at once; more get 421
/// @param recipients of one letter; more get 452
/// @param commandTimeout how long to wait for the next octet (RFC 5321 §4.5.3.2.7)
/// @param handshakeTimeout for a whole TLS handshake, and for each octet of a PROXY header
/// @param stopTimeout how long a stop waits for letters that are being received
public record ListenerSettings(
        InetSocketAddress address,
        Takes takes,
        Optional<String> home,
        String hostname,
        MessageLimits message,
        LineEndings lineEndings,
        TlsMode tls,
        List<Network> proxyFrom,
        int connections,
        SessionLimits session,
        int recipients,
        Duration commandTimeout,
        Duration handshakeTimeout,
        Duration stopTimeout) {
    private static final int BUFFER_LIMIT = 64 * 1024 * 1024;
    private static final DataSize STANDARD_SIZE = DataSize.ofMegabytes(35);
    private static final DataSize RETURN_SIZE = DataSize.ofMegabytes(10);
    private static final int RETURN_RECIPIENTS = 10;
    private static final DataSize SMALLEST_SIZE = DataSize.ofKilobytes(64);

    /// Reads `listeners`; when there is none, the one at `127.0.0.1:2525`.
    ///
    /// @param limits the section of that name
    public static List<ListenerSettings> from(Section root, Section limits, String hostname) {
        var standard = standard(limits, hostname);
        var listeners = new ArrayList<ListenerSettings>();
        for (var section : root.sections("listeners")) {
            var address = section.requiredValue("address", text -> HostAndPort.parse(text).resolve(), standard.address);
            var takes = takes(section, root);
            listeners.add(standard.as(takes, root).at(
                    address,
                    section.choice("line-endings", LineEndings.REPAIR),
                    tls(section, root, takes),
                    section.values("proxy-from", Network::parse)));
        }
        return root.has("listeners") ? listeners : List.of(standard);
    }

    private static Takes takes(Section section, Section root) {
        var takes = section.choice("takes", Takes.APPS);
        if (takes == Takes.RETURNS && !root.has("returns")) {
            section.problem("takes", "needs the section returns, with its domain");
        }
        return takes;
    }

    private static TlsMode tls(Section section, Section root, Takes takes) {
        var hasCertificate = root.section("tls").has("certificate");
        var tls = section.choice("tls", takes == Takes.RETURNS && hasCertificate ? TlsMode.STARTTLS : TlsMode.NONE);
        if (tls != TlsMode.NONE && !hasCertificate) {
            section.problem("tls", "needs tls.certificate and tls.key");
        }
        if (takes == Takes.RETURNS && (tls == TlsMode.STARTTLS_REQUIRED || tls == TlsMode.IMPLICIT)) {
            // RFC 3207 §4.
            section.warning("tls", "hosts that don't encrypt, or begin in clear, can't bring their returns: write 'starttls'");
        }
        return tls;
    }

    private static ListenerSettings standard(Section limits, String hostname) {
        // RFC 5321 §4.5.3.1.7 wants room for 64 KB, and SIZE 0 means "no limit" to apps (RFC 1870 §4).
        var messageSize = limits.size("message-size", STANDARD_SIZE);
        if (messageSize.compareTo(SMALLEST_SIZE) < 0) {
            limits.problem("message-size", "at least " + SMALLEST_SIZE);
        }
        return new ListenerSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 2525),
                Takes.APPS,
                Optional.empty(),
                hostname,
                new MessageLimits(
                        messageSize.bytes(),
                        buffer(limits, "header-size", DataSize.ofKilobytes(128)),
                        limits.integer("header-fields", 1000, 10, 100_000),
                        buffer(limits, "line-length", messageSize),
                        buffer(limits, "body-in-memory", DataSize.ofKilobytes(256))),
                LineEndings.REPAIR,
                TlsMode.NONE,
                List.of(),
                limits.integer("connections", 2000, 1, 100_000),
                SessionLimits.from(limits),
                // RFC 5321 §4.5.3.1.8 wants room for a hundred.
                limits.integer("recipients", 1000, 100, 100_000),
                limits.duration("command-timeout", Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofDays(1)),
                limits.duration("handshake-timeout", Duration.ofSeconds(30), Duration.ofMillis(1), Duration.ofMinutes(10)),
                limits.duration("stop-timeout", Duration.ofSeconds(20), Duration.ZERO, Duration.ofHours(1)));
    }

    /// What strangers may use is little, and the same everywhere.
    private ListenerSettings as(Takes wanted, Section root) {
        return switch (wanted) {
            case APPS -> this;
            case RETURNS -> new ListenerSettings(
                    address,
                    Takes.RETURNS,
                    root.section("returns").text("domain"),
                    hostname,
                    message.of(RETURN_SIZE.bytes()),
                    lineEndings,
                    tls,
                    proxyFrom,
                    connections,
                    session.forReturns(),
                    RETURN_RECIPIENTS,
                    commandTimeout,
                    handshakeTimeout,
                    stopTimeout);
        };
    }

    private ListenerSettings at(InetSocketAddress otherAddress, LineEndings otherLineEndings, TlsMode otherTls, List<Network> otherProxyFrom) {
        return new ListenerSettings(
                otherAddress,
                takes,
                home,
                hostname,
                message,
                otherLineEndings,
                otherTls,
                otherProxyFrom,
                connections,
                session,
                recipients,
                commandTimeout,
                handshakeTimeout,
                stopTimeout);
    }

    private static int buffer(Section limits, String key, DataSize fallback) {
        var size = limits.size(key, fallback);
        if (size.bytes() > BUFFER_LIMIT) {
            limits.problem(key, "at most " + new DataSize(BUFFER_LIMIT));
        }
        return (int) Math.min(size.bytes(), BUFFER_LIMIT);
    }
}
