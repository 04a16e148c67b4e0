package facteur.cli;

import facteur.access.Grant;
import facteur.office.OfficeId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// What a person may do: one of `--operator`, `--viewer` and `--office`.
final class RoleOptions {
    @Option(names = "--operator", required = true, description = "May do everything, at every office.")
    private boolean isOperator;

    @Option(names = "--viewer", required = true, description = "Sees everything, and changes nothing: the helpdesk.")
    private boolean isViewer;

    @ArgGroup(exclusive = false)
    private @Nullable OfOffices ofOffices;

    /// At each office the same.
    static final class OfOffices {
        @Option(names = "--office", paramLabel = "ID", required = true, arity = "1",
                description = "Administrates that office. May be given more than once.")
        private List<String> offices = List.of();

        @Option(names = "--reader", description = "Sees the office's pages, and changes nothing.")
        private boolean isReader;
    }

    /// @throws IllegalArgumentException when an id of an office is none
    List<Grant> grants() {
        if (isOperator) {
            return List.of(Grant.operator());
        }
        if (isViewer || ofOffices == null) {
            return List.of(Grant.viewer());
        }
        var isReader = ofOffices.isReader;
        return ofOffices.offices.stream().map(RoleOptions::office).map(isReader ? Grant::reader : Grant::admin).toList();
    }

    private static OfficeId office(String text) {
        return OfficeId.parse(text).orElseThrow(() -> new IllegalArgumentException("not a valid office id: " + text));
    }
}
