package facteur.upstream;

import facteur.mail.smtp.TlsMode;
import facteur.platform.clock.SteadyTime;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocket;

/// Opens connections to a smarthost: one address after the other, TLS, greeting, EHLO, login. Thread-safe.
final class Dialler {
    /// What came of it.
    sealed interface Dialled {
        record Ready(RelayTransport connection) implements Dialled {}

        /// @param introduction how far it came
        record Failed(Outcome.TempFailed outcome, Greeting introduction) implements Dialled {}
    }

    /// A host with more addresses than this is tried at the first ones only.
    private static final int ADDRESSES_LIMIT = 4;

    private final Smarthost smarthost;
    private final String reachedAt;
    private final SteadyTime time;
    private final TlsLayer tls;
    private final Optional<Authentication> authentication;
    private final Session session;

    Dialler(Smarthost smarthost, SteadyTime time) {
        this(smarthost, smarthost.host(), time);
    }

    /// @param reachedAt name or address to connect to, where that isn't the host that the certificate must name
    Dialler(Smarthost smarthost, String reachedAt, SteadyTime time) {
        this.smarthost = smarthost;
        this.reachedAt = reachedAt;
        this.time = time;
        this.tls = smarthost.trust().sockets(smarthost.certificate());
        this.authentication = smarthost.login().map(login -> Authentication.of(login, time));
        this.session = Session.getInstance(properties());
    }

    Dialled dial() {
        RelaySocket socket;
        try {
            socket = connect();
        } catch (IOException e) {
            return failed(Stage.CONNECT, e);
        }
        Socket wire = socket;
        if (smarthost.tls() == TlsMode.IMPLICIT) {
            try {
                wire = secure(socket);
            } catch (IOException e) {
                socket.cut();
                return failed(Stage.TLS, e);
            }
        }
        var connection = new RelayTransport(session, smarthost.host(), socket, smarthost.timeouts(), time.instant());
        var failure = connection.open(wire, smarthost, authentication);
        if (failure.isPresent()) {
            socket.cut();
            return new Dialled.Failed(failure.get(), connection.introduction());
        }
        return new Dialled.Ready(connection);
    }

    private RelaySocket connect() throws IOException {
        IOException trouble = new UnknownHostException(reachedAt);
        var addresses = InetAddress.getAllByName(reachedAt);
        for (var i = 0; i < addresses.length && i < ADDRESSES_LIMIT; i++) {
            // With the name as configured: STARTTLS checks the certificate against it, and never asks DNS for another.
            var address = InetAddress.getByAddress(smarthost.host(), addresses[i].getAddress());
            var socket = new RelaySocket(smarthost.timeouts().block());
            try {
                socket.connect(
                        new InetSocketAddress(address, smarthost.port()),
                        smarthost.timeouts().connect());
                return socket;
            } catch (IOException e) {
                socket.cut();
                trouble = e;
            }
        }
        throw trouble;
    }

    /// TLS from the first octet (RFC 8314 §3), the name checked by RFC 2818.
    private SSLSocket secure(RelaySocket socket) throws IOException {
        var secured = tls.createSocket(socket, smarthost.host(), smarthost.port(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        socket.allow(smarthost.timeouts().command());
        secured.startHandshake();
        return secured;
    }

    private Dialled failed(Stage stage, IOException e) {
        var at = reachedAt + ":" + smarthost.port() + ": ";
        FailureCause cause = switch (LostConnection.from(e).reason()) {
            case FailureCause.Shortage(var what) -> new FailureCause.Shortage(at + what);
            case FailureCause what -> new FailureCause.Trouble(at + what);
        };
        return new Dialled.Failed(new Outcome.TempFailed(stage, cause), Greeting.NONE);
    }

    private Properties properties() {
        var properties = new Properties();
        properties.setProperty("mail.smtp.localhost", smarthost.localHost());
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", tls);
        return properties;
    }
}
