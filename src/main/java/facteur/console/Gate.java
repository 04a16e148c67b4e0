package facteur.console;

import facteur.access.Session;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.platform.database.Fault;
import facteur.store.NoRoomException;
import facteur.web.Answer;
import facteur.web.PageRates;
import facteur.web.PageTurns;
import facteur.web.Request;
import facteur.web.Route;
import facteur.web.SameOrigin;
import facteur.web.SetCookie;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may open which page. A form comes from a page of ours, or changes nothing; a page that isn't for someone isn't there for them.
/// Thread-safe.
final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final Services services;
    private final Frames frames;
    private final SignedOut signedOut;
    private final SessionLookup sessions;
    private final PageRates rates;
    private final PageTurns turns = new PageTurns();

    /// @param sessions tells whose cookie one is
    /// @param signedOut answers those who have not signed in, or no longer
    Gate(Services services, Frames frames, SessionLookup sessions, SignedOut signedOut) {
        this.services = services;
        this.frames = frames;
        this.sessions = sessions;
        this.signedOut = signedOut;
        this.rates = new PageRates(services.steady());
    }

    /// Whose session a cookie proves.
    @FunctionalInterface
    interface SessionLookup {
        /// @param isUse whether a person asks, and not a page by itself
        Optional<Session> find(String cookie, boolean isUse) throws SQLException;
    }

    /// What becomes of a request without a session.
    @FunctionalInterface
    interface SignedOut {
        Answer answer(Visit visit) throws SQLException, IOException;
    }

    Route route(Page page) {
        return new Route(page.method(), page.path(), request -> answer(page, request));
    }

    private Answer answer(Page page, Request request) {
        var visit = visit(request, Optional.empty(), Optional.empty());
        try {
            if (!page.isFromOutside() && !SameOrigin.isMet(request)) {
                return visit.notice(403, visit.say("frame.forbidden"), visit.say("error.origin"));
            }
            return page.need() == Page.Need.NONE ? inTurn(request, () -> page.action().answer(known(request))) : forKnown(page, request);
        } catch (NoRoomException full) {
            LOG.warn("{} {}: {}", page.method(), page.path(), full.getMessage());
            return visit.away();
        } catch (SQLException e) {
            if (services.dialect().fault(e) == Fault.UNAVAILABLE) {
                LOG.debug("{} {}", page.method(), page.path(), e);
            } else {
                LOG.error("{} {}", page.method(), page.path(), e);
            }
            return visit.away();
        } catch (IOException e) {
            LOG.error("{} {}", page.method(), page.path(), e);
            return visit.away();
        }
    }

    /// A page for all, which may know who it is.
    private Visit known(Request request) throws SQLException {
        return visit(request, session(request), Optional.empty());
    }

    private Answer forKnown(Page page, Request request) throws SQLException, IOException {
        var session = session(request);
        rates.count(session.map(found -> found.id().text()).orElse(request.peer()));
        if (session.filter(found -> !found.needsSecondStep()).isEmpty()) {
            return inTurn(request, () -> signedOut.answer(visit(request, session, Optional.empty())));
        }
        var known = session.get();
        request.isBy(known.holder().name());
        var office = page.isOfOffice() ? OfficeId.parse(request.variable("office")) : Optional.<OfficeId>empty();
        if (!isAllowed(page, known, office)) {
            return framed(known, visit(request, session, Optional.empty()).notFound());
        }
        var turn = turns.take(known.holder().key(), office.map(OfficeId::text));
        return framed(known, within(turn, () -> packed(page, request, page.action().answer(visit(request, session, office)))));
    }

    @FunctionalInterface
    private interface Work {
        Answer answer() throws SQLException, IOException;
    }

    /// For those who may be strangers. What they send is small, unless a session ended while something long was typed.
    private Answer inTurn(Request request, Work work) throws SQLException, IOException {
        return request.isSafe() || request.hasAtMost(PageTurns.SMALL) ? work.answer() : within(turns.takeOfStrangers(), work);
    }

    private static Answer within(PageTurns.Turn turn, Work work) throws SQLException, IOException {
        var isAnswered = false;
        try {
            var answer = work.answer().endingWith(turn::close);
            isAnswered = true;
            return answer;
        } finally {
            if (!isAnswered) {
                turn.close();
            }
        }
    }

    private static Answer framed(Session known, Answer answer) {
        return known.embed().map(answer::framedBy).orElse(answer);
    }

    /// An office's pages are packed where nothing of the request stands in them: what an attacker can't vary, tells nothing by its size.
    /// They hold no secret either; pages that do are others, or answers to forms.
    private static Answer packed(Page page, Request request, Answer answer) {
        return page.isOfOffice() && request.isSafe() && request.head().query().isEmpty() ? answer.packedFor(request) : answer;
    }

    private boolean isAllowed(Page page, Session session, Optional<OfficeId> office) {
        var rights = session.rights();
        return switch (page.need()) {
            case NONE -> true;
            // A frame shows an office, and nothing that its session's holder keeps for themselves.
            case SIGNED_IN -> session.embed().isEmpty();
            case READ -> office.filter(rights::reads).filter(this::exists).isPresent();
            case WRITE -> office.filter(rights::writes).filter(this::exists).isPresent();
            case SEE_ALL -> rights.seesAll();
            case OPERATE -> rights.operates();
        };
    }

    /// An office whose settings can't be read now, or not used, is there all the same.
    private boolean exists(OfficeId office) {
        return switch (services.rules().get().settings().office(office)) {
            case Lookup.Missing<?> _ -> false;
            case Lookup.Found<?> _, Lookup.Unavailable<?> _, Lookup.Unusable<?> _ -> true;
        };
    }

    private Optional<Session> session(Request request) throws SQLException {
        var cookie = request.cookie(isFramed(request) ? SetCookie.embeddedName() : SetCookie.sessionName(request));
        return cookie.isPresent() ? sessions.find(cookie.get(), request.field("X-Polled").isEmpty()) : Optional.empty();
    }

    /// Whether the page is in a frame: as the browser says of pages, and our script of parts.
    private static boolean isFramed(Request request) {
        return request.field("Sec-Fetch-Dest").filter("iframe"::equals).isPresent() || request.field("X-Framed").isPresent();
    }

    private Visit visit(Request request, Optional<Session> session, Optional<OfficeId> office) {
        var language = Languages.of(request, session, services.pages().get().language());
        return new Visit(request, session, office, services, frames, language);
    }
}
