package facteur.spool;

import facteur.platform.database.Statements;
import java.time.InstantSource;

/// One daemon has the database: leases hold until it ends, and those found at the start have no owner any more.
record SoleLeaseKeeper(String owner, Committer committer, QueueRows queue, InstantSource time) implements LeaseKeeper {
    static SoleLeaseKeeper of(Committer committer, QueueRows queue, InstantSource time) {
        return new SoleLeaseKeeper(LeaseKeeper.run(time), committer, queue, time);
    }

    @Override
    public boolean isSole() {
        return true;
    }

    @Override
    public void begin() throws SpoolException {
        committer.commit(statements -> queue.takeBack(statements, time.instant()));
    }

    @Override
    public void refresh() {
        // There are no others.
    }

    @Override
    public void affirm(Statements statements) {
        // There are no others.
    }

    @Override
    public boolean isSure() {
        return true;
    }

    @Override
    public void abandon() {
        close();
    }

    @Override
    public void close() {
        // They are found at the next start.
    }
}
