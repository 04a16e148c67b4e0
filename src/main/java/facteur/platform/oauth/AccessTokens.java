package facteur.platform.oauth;

import facteur.platform.clock.SteadyTime;
import facteur.platform.config.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The access token that all connections of an upstream share.
///
/// It is requested when it is first needed, and again when a fifth of its time is left, five minutes at most. The first
/// caller then makes the request; the others use the old token, or wait when there is no valid one. So a stampede is one
/// request. While the old token is still good, a service that fails is asked again every half minute only.
///
/// A machine that slept has a token that is older than it thinks: the upstream refuses it, and that brings another.
///
/// Thread-safe; blocks no longer than the service's timeout.
public final class AccessTokens {
    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);

    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    /// A token that is younger is not to blame when it is refused: so a mailbox that may not send costs a question a
    /// minute, not one for each attempt.
    private static final Duration YOUNG = Duration.ofMinutes(1);

    /// The result of asking for one.
    public sealed interface Access {
        record Granted(Secret token) implements Access {}

        /// @param why a sentence without secrets
        record Denied(String why) implements Access {}
    }

    private record Held(Secret token, Instant issuedAt, Instant renewAt, Instant expiresAt) {
        boolean isGood(Instant now) {
            return now.isBefore(expiresAt);
        }
    }

    private final TokenService service;
    private final Optional<RefreshToken> refreshToken;
    private final SteadyTime time;
    private Optional<Held> held = Optional.empty();
    private Optional<CompletableFuture<Access>> question = Optional.empty();
    private Instant pausedUntil = Instant.MIN;

    public AccessTokens(TokenSettings settings, SteadyTime time) {
        this.service = new TokenService(settings);
        this.refreshToken = switch (settings.grant()) {
            case TokenSettings.Grant.ClientCredentials() -> Optional.empty();
            case TokenSettings.Grant.RefreshToken(var configured, var store) -> Optional.of(new RefreshToken(configured, store));
        };
        this.time = time;
    }

    /// A token to present now.
    public Access current() {
        var own = new CompletableFuture<Access>();
        Optional<CompletableFuture<Access>> others;
        synchronized (this) {
            var now = time.instant();
            var good = held.filter(token -> token.isGood(now));
            var isInNoHurry = good.isPresent()
                    && (now.isBefore(good.get().renewAt()) || now.isBefore(pausedUntil) || question.isPresent());
            if (isInNoHurry) {
                return new Access.Granted(good.get().token());
            }
            others = question;
            if (others.isEmpty()) {
                question = Optional.of(own);
            }
        }
        return others.map(CompletableFuture::join).orElseGet(() -> ask(own));
    }

    /// Another token in place of one that the upstream refused.
    public Access insteadOf(Secret refused) {
        synchronized (this) {
            if (held.isPresent() && held.get().token().equals(refused)) {
                if (time.instant().isBefore(held.get().issuedAt().plus(YOUNG))) {
                    return new Access.Denied("the token is new");
                }
                held = Optional.empty();
            }
        }
        return current();
    }

    private Access ask(CompletableFuture<Access> waiting) {
        Access access = new Access.Denied("a fault of ours");
        try {
            var sent = refreshToken.map(RefreshToken::current);
            access = switch (service.ask(sent)) {
                case TokenAnswer.Issued issued -> {
                    issued.refreshToken().filter(next -> !sent.equals(Optional.of(next))).ifPresent(this::store);
                    yield hold(issued);
                }
                case TokenAnswer.Refused(var why) -> continueWithOld(why);
            };
            return access;
        } finally {
            synchronized (this) {
                question = Optional.empty();
            }
            waiting.complete(access);
        }
    }

    private synchronized Access hold(TokenAnswer.Issued issued) {
        var now = time.instant();
        var fifth = issued.lifetime().dividedBy(5);
        var margin = fifth.compareTo(LONGEST_MARGIN) < 0 ? fifth : LONGEST_MARGIN;
        var expiresAt = now.plus(issued.lifetime());
        held = Optional.of(new Held(issued.accessToken(), now, expiresAt.minus(margin), expiresAt));
        return new Access.Granted(issued.accessToken());
    }

    /// With the old token, if it is still good.
    private synchronized Access continueWithOld(String why) {
        var now = time.instant();
        pausedUntil = now.plus(PAUSE);
        var good = held.filter(token -> token.isGood(now));
        good.ifPresent(token -> LOG.warn("no new access token, the old one ends at {}: {}", time.onWall(token.expiresAt()), why));
        return good.<Access>map(token -> new Access.Granted(token.token())).orElseGet(() -> new Access.Denied("no access token: " + why));
    }

    private void store(Secret next) {
        refreshToken.ifPresent(token -> {
            try {
                token.replace(next);
            } catch (IOException e) {
                LOG.warn("the new refresh token can't be stored; the old one will be used after a restart: {}", e.toString());
            }
        });
    }
}
