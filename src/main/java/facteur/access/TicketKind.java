package facteur.access;

import java.time.Duration;
import java.util.Locale;

/// What a link that works once is for.
public enum TicketKind {
    /// A person's first password, or a new one. Its subject is the login.
    PASSWORD(Duration.ofHours(1)),
    /// A suite's user, on the way into an office.
    LAUNCH(Duration.ofSeconds(60)),
    /// A sign-in at a provider, on the way there and back: the state of OpenID Connect. Its subject is the SHA-256 of a cookie.
    PROVIDER(Duration.ofMinutes(10)),
    /// The first person of all, where there is none.
    FIRST(Duration.ofHours(1));

    private final Duration life;

    TicketKind(Duration life) {
        this.life = life;
    }

    /// How long it is good.
    public Duration life() {
        return life;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
