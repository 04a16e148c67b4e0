package facteur.console;

import facteur.access.Rights;
import facteur.access.Session;
import facteur.explain.CurrentRules;
import facteur.mail.automatic.Language;
import facteur.office.OfficeId;
import facteur.store.Author;
import facteur.store.Via;
import facteur.web.Answer;
import facteur.web.Request;
import java.time.ZoneId;
import java.util.Optional;

/// One request to one page, by one who may make it. One thread.
public final class Visit {
    private static final String PARTIAL = "HX-Request";

    private final Request request;
    private final Optional<Session> session;
    private final Optional<OfficeId> office;
    private final Services services;
    private final Frames frames;
    private final Texts texts;

    /// @param session of who has signed in
    /// @param office that the path names
    Visit(Request request, Optional<Session> session, Optional<OfficeId> office, Services services, Frames frames, Language language) {
        this.request = request;
        this.session = session;
        this.office = office;
        this.services = services;
        this.frames = frames;
        this.texts = Texts.in(language);
    }

    Request request() {
        return request;
    }

    /// Of who has signed in: there is one on every page but those of signing in.
    Session session() {
        return session.orElseThrow();
    }

    Optional<Session> sessionIfAny() {
        return session;
    }

    /// That the path names: every statement has it.
    OfficeId office() {
        return office.orElseThrow();
    }

    Rights rights() {
        return session().rights();
    }

    /// Whether the office of the path may be changed from here: by this person, and because facteur keeps it.
    boolean mayWrite() {
        return rights().writes(office()) && keptElsewhere().isEmpty();
    }

    /// Where settings and cards are kept, when it isn't here: `files`, `sql` or `http`.
    Optional<String> keptElsewhere() {
        return rules().elsewhere();
    }

    CurrentRules rules() {
        return services.rules().get();
    }

    Texts texts() {
        return texts;
    }

    String say(String key, Object... values) {
        return texts.of(key, values);
    }

    ZoneId zone() {
        return frames.zone();
    }

    View view() {
        return frames.view(request, session, office, texts);
    }

    /// What clients see; the id while the settings can't be read.
    String officeName(OfficeId named) {
        return frames.name(named);
    }

    /// Whom the history names.
    ///
    /// @param note why, in their words; may be empty
    Author author(String note) {
        var holder = session().holder();
        return new Author(Via.CONSOLE, holder.actor(), holder.behalf(), request.peer(), note);
    }

    /// Whom the record of acts names.
    String operator() {
        var author = author("");
        return (author.behalf().isEmpty() ? "person=" + author.actor() : "suite=" + author.actor() + " user=" + author.behalf())
                + " peer=" + author.peer();
    }

    /// Whether script asks for a part of the page that is shown already.
    boolean isPartial() {
        return request.field(PARTIAL).isPresent();
    }

    /// A whole page, or a part of one.
    ///
    /// @param template its name
    Answer page(int status, String template, Object model) {
        return frames.page(status, template, view(), model);
    }

    /// A page that only says something.
    Answer notice(int status, String title, String text) {
        return page(status, "notice", new NoticeModel(title, text, Optional.of(new NoticeModel.Link("/", say("frame.start")))));
    }

    /// The database, or where settings come from, doesn't answer now.
    Answer away() {
        return notice(503, say("frame.away"), say("error.away")).with("Retry-After", "5");
    }

    /// The same whether there is no such page, office or letter, or it isn't theirs.
    Answer notFound() {
        return notice(404, say("frame.not-found"), say("frame.not-found.text"));
    }
}
