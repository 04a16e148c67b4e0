package facteur.relay;

import facteur.spool.SqlSpool;
import java.util.ArrayList;
import java.util.List;

/// Whether letters are accepted, and why not. Thread-safe.
final class Readiness {
    enum Stage {
        STARTING,
        RUNNING,
        STOPPING
    }

    private final SqlSpool spool;
    private volatile Stage stage = Stage.STARTING;

    Readiness(SqlSpool spool) {
        this.spool = spool;
    }

    Stage stage() {
        return stage;
    }

    void become(Stage next) {
        stage = next;
    }

    /// Why no letter is accepted; empty when they are.
    List<String> obstacles() {
        var obstacles = new ArrayList<String>();
        switch (stage) {
            case STARTING -> obstacles.add("starting");
            case RUNNING -> {}
            case STOPPING -> obstacles.add("stopping");
        }
        spool.refusal().ifPresent(obstacles::add);
        return obstacles;
    }
}
