package facteur.console;

import facteur.web.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// What was done to the relay, from here and by commands, and who signed in to do it. Immutable.
record ActsPage(Services services) {
    private static final int MOST = 500;

    List<Page> pages() {
        return List.of(Page.get("/access/acts", Page.Need.OPERATE, this::show));
    }

    private Answer show(Visit visit) throws SQLException {
        var lines = services.operations().acts(Optional.empty(), MOST).stream()
                .map(act -> new ActsModel.Line(act.at(), act.operator(), act.command(), act.letters()))
                .toList();
        return visit.page(200, "acts", new ActsModel(lines, MOST));
    }
}
