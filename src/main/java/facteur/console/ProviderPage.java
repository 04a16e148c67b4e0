package facteur.console;

import facteur.access.OidcResult;
import facteur.access.OidcStart;
import facteur.access.OwnPath;
import facteur.web.Answer;
import facteur.web.SetCookie;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signing in at the company's own provider. It begins with a link, not a form: the policy of our pages would stop a form's redirect.
/// Thread-safe.
final class ProviderPage {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderPage.class);

    private static final String PATH = "/sign-in/oidc";
    private static final String COOKIE = "oidc";
    private static final String WAY = "oidc";

    private final Services services;
    private final SignIns signIns;

    ProviderPage(Services services, SignIns signIns) {
        this.services = services;
        this.signIns = signIns;
    }

    List<Page> pages() {
        return List.of(Page.get(PATH, Page.Need.NONE, this::begin), Page.get(PATH + "/back", Page.Need.NONE, this::finish));
    }

    private Answer begin(Visit visit) throws SQLException {
        var to = visit.request().query(Onward.TO).flatMap(OwnPath::parse).orElse(OwnPath.HOME);
        return switch (services.oidc().begin(to)) {
            case OidcStart.Redirect(var location, var cookie, var life) ->
                Answer.seeOther(location).withCookie(SetCookie.lax(visit.request(), COOKIE, cookie, life));
            case OidcStart.Unavailable(var reason, var why) -> {
                LOG.warn("no sign-in at the provider: {}: {}", reason, why);
                yield visit.notice(503, visit.say("sign-in.provider.away"), visit.say("sign-in.provider.away.text")).with("Retry-After", "30");
            }
        };
    }

    private Answer finish(Visit visit) throws SQLException {
        var request = visit.request();
        var cookie = request.cookie(SetCookie.name(request, COOKIE));
        return switch (services.oidc().finish(request::query, cookie)) {
            case OidcResult.SignedIn signedIn -> {
                var begun = signIns.begin(visit, signedIn.session(request.peer(), SignIns.agent(request)), WAY);
                yield SignIns.with(Answer.seeOther(signedIn.to().text()), request, begun)
                        .withCookie(SetCookie.lax(request, COOKIE, "", Duration.ZERO));
            }
            case OidcResult.Refused(var reason, var why, var holder) -> {
                LOG.warn("a sign-in from {} at the provider is refused: {}: {}", request.peer(), reason, why);
                signIns.refused(visit, holder.map(known -> known.name()), WAY);
                yield visit.notice(403, visit.say("sign-in.provider.refused"), visit.say(holder.isPresent()
                        ? "sign-in.provider.no-access" : "sign-in.provider.refused.text"));
            }
        };
    }

    /// How the sign-in page calls it.
    static Optional<String> name(Services services) {
        return services.federation().get().oidc().map(settings -> settings.name());
    }
}
