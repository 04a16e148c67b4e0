package facteur.upstream;

import facteur.mail.smtp.Reply;
import facteur.mail.smtp.ReversePath;
import facteur.platform.clock.SteadyTime;
import facteur.platform.config.HostAndPort;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/// Connects to a smarthost as a relay does, up to the login; sees whether it takes the null reverse-path and return addresses; and
/// says QUIT. One thread.
final class Inspector {
    /// An operator waits at a terminal.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Smarthost smarthost;
    private final SteadyTime time;

    Inspector(Smarthost smarthost, SteadyTime time) {
        this.smarthost = smarthost.withTimeouts(impatient(smarthost.timeouts()));
        this.time = time;
    }

    /// @param returns a reverse-path like those that letters leave with; empty = they leave with others
    Inspection.Host inspect(Optional<ReversePath> returns) {
        var socket = new AtomicReference<SSLSocket>();
        var watched = smarthost.withTrust(smarthost.trust().watched(socket::set));
        return switch (new Dialler(watched, time).dial()) {
            case Dialler.Dialled.Ready(var connection) -> {
                var tls = Optional.ofNullable(socket.get()).map(SSLSocket::getSession).map(Inspector::tls);
                var againstReports = against(ReversePath.NULL, connection);
                var againstReturns = returns.flatMap(path -> against(path, connection));
                connection.quit();
                yield host(connection.introduction(), tls, againstReports, againstReturns, Optional.empty());
            }
            case Dialler.Dialled.Failed(var outcome, var introduction) -> {
                var session = Optional.ofNullable(socket.get()).map(SSLSocket::getSession).filter(SSLSession::isValid);
                var tls = session.map(Inspector::tls).or(() -> outcome.stage() == Stage.TLS ? refusedTls() : Optional.empty());
                yield host(introduction, tls, Optional.empty(), Optional.empty(), Optional.of(outcome));
            }
        };
    }

    /// Some take letters from verified addresses alone: `<>` is none, and a new domain isn't either.
    private static Optional<FailureCause> against(ReversePath reversePath, RelayTransport connection) {
        try {
            var reply = connection.ask("MAIL FROM:" + reversePath);
            if (!reply.isPositive()) {
                return Optional.of(new FailureCause.Answer(reply));
            }
            var _ = connection.ask("RSET");
            return Optional.empty();
        } catch (LostConnection lost) {
            return Optional.of(lost.reason());
        }
    }

    /// A handshake that failed leaves no certificate to look at: so a second one, which is never to succeed.
    private Optional<Inspection.Tls> refusedTls() {
        var chain = new AtomicReference<List<X509Certificate>>();
        var _ = new Dialler(smarthost.withTrust(Trust.none(chain::set)), time).dial();
        return Optional.ofNullable(chain.get()).map(shown -> new Inspection.Tls("", "", shown));
    }

    private static Inspection.Tls tls(SSLSession session) {
        try {
            return new Inspection.Tls(session.getProtocol(), session.getCipherSuite(), x509(session.getPeerCertificates()));
        } catch (SSLPeerUnverifiedException anonymous) {
            return new Inspection.Tls(session.getProtocol(), session.getCipherSuite(), List.of());
        }
    }

    private static List<X509Certificate> x509(Certificate[] chain) {
        return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    }

    private Inspection.Host host(
            Greeting introduction,
            Optional<Inspection.Tls> tls,
            Optional<FailureCause> againstReports,
            Optional<FailureCause> againstReturns,
            Optional<Outcome.TempFailed> failure) {
        return new Inspection.Host(
                smarthost.name(),
                new HostAndPort(smarthost.host(), smarthost.port()),
                smarthost.tls(),
                lines(introduction.greeting()),
                understood(introduction),
                tls,
                eightBit(introduction),
                smarthost.login().map(Login::name),
                againstReports,
                againstReturns,
                failure);
    }

    /// What becomes of letters with 8-bit octets; empty when it offers 8BITMIME, or has not answered EHLO.
    private Optional<EightBit> eightBit(Greeting introduction) {
        return introduction.ehlo().isEmpty() || introduction.extensions().offers("8BITMIME")
                ? Optional.empty()
                : Optional.of(smarthost.eightBit());
    }

    /// Its name, and each extension as the relay has understood it.
    private static List<String> understood(Greeting introduction) {
        return Stream.concat(lines(introduction.ehlo()).stream().limit(1), introduction.extensions().lines().stream()).toList();
    }

    private static List<String> lines(Optional<String> response) {
        return response.flatMap(Reply::parse).map(Reply::lines).orElse(List.of());
    }

    private static Timeouts impatient(Timeouts timeouts) {
        return new Timeouts(
                timeouts.turn(),
                shorter(timeouts.connect()),
                shorter(timeouts.command()),
                shorter(timeouts.block()),
                timeouts.message(),
                timeouts.endOfData(),
                timeouts.quit());
    }

    private static Duration shorter(Duration timeout) {
        return timeout.compareTo(PATIENCE) < 0 ? timeout : PATIENCE;
    }
}
