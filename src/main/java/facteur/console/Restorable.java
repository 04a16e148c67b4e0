package facteur.console;

import facteur.platform.config.Problem;
import facteur.platform.json.JsonValue;
import facteur.store.SandboxSetting;
import facteur.store.Store;
import facteur.store.StoredOffice;
import java.sql.SQLException;
import java.util.List;

/// Whether old settings can be brought back, and why not. Stateless.
final class Restorable {
    private Restorable() {}

    /// Whether letters are set aside is for operators to decide.
    static boolean isAllowed(Visit visit, Store store, JsonValue wanted) throws SQLException {
        var now = store.settings().office(visit.office()).map(StoredOffice::settings).orElse(JsonValue.NULL);
        return visit.rights().operates() || SandboxSetting.of(wanted).equals(SandboxSetting.of(now));
    }

    /// @param code of a conflict
    static String conflict(Visit visit, String code) {
        return visit.texts().find("history.conflict." + code).orElseGet(() -> visit.say("history.conflict.other"));
    }

    /// What a newer release no longer accepts.
    static List<FieldProblem> problems(Visit visit, List<Problem> problems) {
        return problems.stream()
                .map(problem -> new FieldProblem("", visit.say("history.no-longer-accepted", problem.key())))
                .distinct()
                .toList();
    }
}
