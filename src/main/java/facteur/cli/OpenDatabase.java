package facteur.cli;

import facteur.access.Persons;
import facteur.access.Tokens;
import facteur.act.ActRecorder;
import facteur.act.Acts;
import facteur.domain.DomainCheck;
import facteur.domain.DomainDesk;
import facteur.domain.OwnDomains;
import facteur.login.Derivations;
import facteur.login.Pbkdf2;
import facteur.mail.dkim.KeyFolder;
import facteur.platform.clock.ClockTrust;
import facteur.platform.clock.SteadyTime;
import facteur.platform.database.Database;
import facteur.relay.Config;
import facteur.relay.RelayDomains;
import facteur.spool.BadAddresses;
import facteur.spool.QueueDesk;
import java.nio.file.Path;
import java.security.SecureRandom;

/// The database while a verb uses it, beside a daemon or without one. What the verb changes is recorded. For one thread.
record OpenDatabase(Database database, Path state, ActRecorder recorder, Invocation invocation) implements AutoCloseable {
    QueueDesk queue() {
        return new QueueDesk(database, state, invocation.time(), recorder::moved);
    }

    DomainDesk domains(Config config) {
        return new DomainDesk(
                database,
                new KeyFolder(state),
                new DomainCheck(config.rules().domains().dns().open()),
                config.rules().domains().lifecycle(),
                config.outbound().retry().expireAfter(),
                invocation.time(),
                ClockTrust.ALWAYS,
                new SecureRandom(),
                recorder::changed);
    }

    /// Those of the relay itself.
    OwnDomains ownDomains(Config config) {
        return RelayDomains.of(config, new KeyFolder(state), config.rules().domains().dns().open(), invocation.time(), recorder::changed);
    }

    BadAddresses badAddresses() {
        return new BadAddresses(database);
    }

    Tokens tokens() {
        return new Tokens(database, invocation.time(), new SecureRandom());
    }

    Persons persons() {
        return persons(database, invocation);
    }

    static Persons persons(Database database, Invocation invocation) {
        var time = invocation.time();
        return new Persons(database, new Derivations(new Pbkdf2()), time, SteadyTime.of(time), new SecureRandom());
    }

    /// Another recorder, for a command that must not be recorded as it was typed.
    ActRecorder recorder(String command) {
        return new Acts(database, invocation.time()).begin(invocation.operator(), command);
    }

    void end(ActRecorder changes) {
        changes.end().ifPresent(why -> invocation.err().println("facteur: done, but not recorded: " + why));
    }

    @Override
    public void close() {
        end(recorder);
        database.close();
    }
}
