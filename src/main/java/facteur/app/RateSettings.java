package facteur.app;

import facteur.platform.config.Section;

/// How much an app may send, over all its connections together. Immutable.
public record RateSettings(int lettersPerMinute, int recipientsPerMinute) {
    private static final int MOST = 100_000_000;

    /// Reads its keys of the section `limits`.
    public static RateSettings from(Section limits) {
        return new RateSettings(
                limits.integer("letters-per-minute", 1_000_000, 1, MOST),
                limits.integer("recipients-per-minute", 10_000_000, 1, MOST));
    }
}
