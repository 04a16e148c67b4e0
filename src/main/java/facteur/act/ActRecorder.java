package facteur.act;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The record of one command while it runs. It is written when something has changed, and again as more does: of a command
/// that is interrupted there is what it did until then. A record that can't be written stops no command: a letter may have to
/// be removed because the disk is full. For one thread.
public final class ActRecorder {
    private final Acts acts;
    private final String id = UUID.randomUUID().toString();
    private final List<String> ids = new ArrayList<>();
    private Act act;
    private boolean isChanged;
    private Optional<String> trouble = Optional.empty();

    ActRecorder(Acts acts, Instant at, String operator, String command) {
        this.acts = acts;
        this.act = new Act(at, operator, command, 0, List.of());
    }

    /// Letters were moved.
    public void moved(List<String> letters) {
        if (letters.isEmpty()) {
            return;
        }
        ids.addAll(letters.subList(0, Math.min(letters.size(), Acts.MOST_IDS - ids.size())));
        act = new Act(act.at(), act.operator(), act.command(), act.letters() + letters.size(), ids);
        changed();
    }

    /// Something was changed.
    public void changed() {
        isChanged = true;
        write(Optional.empty());
    }

    /// The command has ended.
    ///
    /// @return why it isn't recorded though it changed something; empty when all is well
    public Optional<String> end() {
        if (isChanged) {
            write(Optional.of(acts.now()));
        }
        return trouble;
    }

    private void write(Optional<Instant> endedAt) {
        try {
            acts.write(id, act, endedAt);
            trouble = Optional.empty();
        } catch (SQLException failure) {
            trouble = Optional.of(String.valueOf(failure.getMessage()));
        }
    }
}
