package facteur.console;

import facteur.access.Holder;
import facteur.access.Launch;
import facteur.access.LaunchResult;
import facteur.access.SuiteSettings;
import facteur.web.Answer;
import facteur.web.OwnPath;
import facteur.web.SetCookie;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way in from an accounting suite, by a ticket or by a token that the suite has signed. A token becomes a ticket at once, so that it
/// stands in no address; and a browser in which another person is signed in is asked first, since the link may be a trap. Thread-safe.
final class LaunchPage {
    private static final Logger LOG = LoggerFactory.getLogger(LaunchPage.class);

    private static final String PATH = "/launch";
    private static final String TICKET = "/launch/{ticket}";
    private static final String FRAMED = "/framed/{ticket}";
    private static final String WAY = "launch";
    private static final Duration EMBEDDED = Duration.ofMinutes(30);

    private final Services services;
    private final SignIns signIns;

    LaunchPage(Services services, SignIns signIns) {
        this.services = services;
        this.signIns = signIns;
    }

    List<Page> pages() {
        return List.of(
                Page.post(PATH, Page.Need.NONE, visit -> signed(visit, visit.request().form().text("token"))).fromOutside(),
                Page.get(PATH, Page.Need.NONE, visit -> signed(visit, visit.request().query("token").orElse(""))),
                Page.get(TICKET, Page.Need.NONE, this::open),
                Page.post(TICKET, Page.Need.NONE, this::replace),
                Page.get(FRAMED, Page.Need.NONE, this::framed));
    }

    private Answer signed(Visit visit, String token) throws SQLException {
        if (isLookAlone(visit)) {
            return Answer.empty(200);
        }
        return switch (services.launchTokens().accept(token)) {
            case LaunchResult.Accepted(var launch) -> Answer.seeOther(PATH + "/" + services.launchTickets().make(launch).text());
            case LaunchResult.Refused(var reason, var why, var suite) -> {
                LOG.warn("a launch from {} is refused: {}: {}", visit.request().peer(), reason, why);
                signIns.refused(visit, Optional.empty(), WAY);
                yield used(visit, suite.flatMap(SuiteSettings::back).map(Object::toString));
            }
        };
    }

    /// @param back a page of the suite
    private static Answer used(Visit visit, Optional<String> back) {
        var link = back.map(url -> new NoticeModel.Link(url, visit.say("sign-in.launch.back")))
                .orElseGet(() -> new NoticeModel.Link("/", visit.say("frame.start")));
        return visit.page(404, "notice", new NoticeModel(
                visit.say("sign-in.launch.used"), visit.say("sign-in.launch.used.text"), Optional.of(link)));
    }

    private Answer open(Visit visit) throws SQLException {
        var text = visit.request().variable("ticket");
        var launch = services.launchTickets().find(text);
        if (launch.isEmpty()) {
            return refused(visit);
        }
        var present = visit.sessionIfAny().filter(session -> !session.needsSecondStep()).map(session -> session.holder());
        var isOther = present.filter(holder -> !holder.key().equals(launch.get().holder().key())).isPresent();
        if (isOther && launch.get().embed().isEmpty()) {
            return visit.page(200, "launch", new LaunchModel(
                    visit.request().target(),
                    present.map(Holder::name).orElse(""),
                    launch.get().name() + " (" + launch.get().suite() + ")",
                    visit.officeName(launch.get().office())));
        }
        return isLookAlone(visit) ? Answer.empty(200) : begin(visit, text);
    }

    /// HEAD is for programs that look where a link leads: it uses nothing up.
    private static boolean isLookAlone(Visit visit) {
        return visit.request().method().equals("HEAD");
    }

    private Answer refused(Visit visit) {
        signIns.refused(visit, Optional.empty(), "link");
        return used(visit, Optional.empty());
    }

    private Answer replace(Visit visit) throws SQLException {
        return begin(visit, visit.request().variable("ticket"));
    }

    private Answer begin(Visit visit, String text) throws SQLException {
        var redeemed = services.launchTickets().redeem(text);
        if (redeemed.isEmpty()) {
            return refused(visit);
        }
        var launch = redeemed.get();
        if (launch.embed().isPresent()) {
            return embed(visit, launch);
        }
        var begun = signIns.begin(visit, launch.session(visit.request().peer(), SignIns.agent(visit.request())), WAY);
        return SignIns.with(Answer.seeOther(landing(launch)), visit.request(), begun);
    }

    private static String landing(Launch launch) {
        return "/o/" + launch.office().text() + "/" + launch.page();
    }

    /// Whether the browser keeps a cookie in a frame shows with its next request alone. Should it not, a second ticket is there for a tab.
    private Answer embed(Visit visit, Launch launch) throws SQLException {
        var begun = signIns.beginBeside(visit, launch.session(visit.request().peer(), SignIns.agent(visit.request())), WAY);
        var tab = services.launchTickets().make(launch.inTab());
        var framed = FRAMED.replace("{ticket}", tab.text()) + "?to=" + Paths.encode(landing(launch))
                + "&origin=" + Paths.encode(launch.embed().orElseThrow());
        return Answer.seeOther(framed).withCookie(SetCookie.embedded(begun.cookie(), EMBEDDED)).framedBy(launch.embed().orElseThrow());
    }

    private Answer framed(Visit visit) throws SQLException {
        var request = visit.request();
        var origin = request.query("origin").filter(services.pages().get().embed()::contains);
        var to = request.query("to").filter(OwnPath::isOne);
        if (origin.isEmpty() || to.isEmpty()) {
            return visit.notFound();
        }
        var cookie = request.cookie(SetCookie.embeddedName());
        if (cookie.isPresent() && services.sessions().find(cookie.get()).isPresent()) {
            var _ = services.launchTickets().redeem(request.variable("ticket"));
            return Answer.seeOther(to.get());
        }
        var link = new NoticeModel.Link(PATH + "/" + request.variable("ticket"), visit.say("sign-in.framed.open"));
        return visit.page(200, "framed", new NoticeModel(visit.say("sign-in.framed.title"), visit.say("sign-in.framed.text"), Optional.of(link)))
                .framedBy(origin.get());
    }
}
