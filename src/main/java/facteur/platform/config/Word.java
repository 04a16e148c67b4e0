package facteur.platform.config;

import java.util.Locale;

/// The word for the constant of an enum, wherever people read it: `STARTTLS_REQUIRED` is `starttls-required`.
public final class Word {
    private Word() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
