package facteur.relay;

import facteur.admin.Status;
import facteur.app.AppRates;
import facteur.app.Network;
import facteur.intake.Intake;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.listener.Listener;
import facteur.listener.ListenerSettings;
import facteur.listener.NetworkRates;
import facteur.login.Authenticator;
import facteur.login.ClientNetwork;
import facteur.login.Derivations;
import facteur.login.Lockout;
import facteur.login.Pbkdf2;
import facteur.mail.message.BodyFiles;
import facteur.mail.message.ReceivingMemory;
import facteur.platform.clock.SteadyTime;
import facteur.platform.systemd.PassedSockets;
import facteur.platform.tls.TlsKeys;
import facteur.returns.ReturnDoor;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;

/// What apps and hosts meet, assembled: the listeners, and who may submit how much.
///
/// Thread-safe.
final class Inbound implements AutoCloseable {
    private final TlsKeys tlsKeys;
    private final ReceivingMemory memory;
    private final Journal journal;
    private final Derivations derivations;
    private final Authenticator authenticator;
    private final AppRates rates;
    private final Listeners listeners;

    /// Listens to nothing yet.
    ///
    /// @param door of what comes back
    /// @param passed sockets that systemd has opened
    Inbound(
            CurrentConfig config,
            Intake intake,
            ReturnDoor door,
            TlsKeys tlsKeys,
            ReceivingMemory memory,
            BodyFiles bodyFiles,
            PassedSockets passed,
            Journal journal,
            SteadyTime steady) {
        this.tlsKeys = tlsKeys;
        this.memory = memory;
        this.journal = journal;
        var started = config.get().inbound();
        derivations = new Derivations(new Pbkdf2());
        authenticator = new Authenticator(started.admission().accounts(), started.logins(), derivations, new SecureRandom(), steady);
        rates = new AppRates(started.rates(), steady);
        var networks = new NetworkRates(steady);
        var shared = new Listener.Shared(tlsKeys, memory, bodyFiles, journal, passed);
        listeners = new Listeners(settings -> switch (settings.takes()) {
            case APPS -> Listener.forApps(settings, () -> config.get().inbound().admission(), authenticator, rates, intake, shared);
            case RETURNS -> Listener.forReturns(settings, door, networks, shared);
        });
    }

    /// @throws IOException when a port can't be opened
    void start(List<ListenerSettings> wanted) throws IOException {
        listeners.start(wanted);
    }

    /// Certificates, accounts and limits; connections that are open see them from their next command. They can't fail. Ports
    /// are another step: [#listen].
    void apply(InboundConfig next) {
        tlsKeys.replace(next.tls());
        authenticator.replace(next.admission().accounts(), next.logins());
        rates.apply(next.rates());
        memory.limit(next.receivingBytes());
    }

    /// Opens and closes ports.
    ///
    /// @return a sentence for each that can't be opened
    List<String> listen(List<ListenerSettings> wanted) {
        return listeners.replace(wanted);
    }

    /// In the order of the configuration; those that a reload opened come last.
    List<Integer> ports() {
        return listeners.ports();
    }

    List<Status.ListenerState> status() {
        return listeners.status();
    }

    /// Addresses that have failed to log in too often.
    List<Lockout> lockouts() {
        return authenticator.lockouts();
    }

    /// Lets addresses of the network log in again.
    ///
    /// @return those that couldn't
    List<String> unlock(Network network) {
        var unlocked = authenticator.unlock(network::meets).stream().map(ClientNetwork::toString).toList();
        unlocked.forEach(client -> journal.record(new MailEvent.LoginUnlocked(client)));
        return unlocked;
    }

    /// Whether connections are accepted on all ports.
    boolean isServed() {
        return listeners.areServed();
    }

    /// Closes connections whose peer has stopped reading; to be called every second.
    void sweep() {
        listeners.sweep();
    }

    @Override
    public void close() {
        listeners.close();
        derivations.close();
    }
}
