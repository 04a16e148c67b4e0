package facteur.console;

import java.util.List;

/// Recovery codes, which are shown once. Immutable.
public record RecoveryModel(List<String> codes, Onward onward) {
    public RecoveryModel {
        codes = List.copyOf(codes);
    }
}
