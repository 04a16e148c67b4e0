package facteur.console;

import facteur.admin.FileReport;
import facteur.admin.Status;
import facteur.journal.RecentEvents.Sort;
import facteur.platform.config.Word;
import facteur.spool.Nodes;
import facteur.web.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The state of the relay, as `facteur status` tells it. Immutable.
record StatusPage(Services services) {
    private static final String PATH = "/status";
    private static final Duration SOON = Duration.ofDays(30);

    /// States of domains that need attention.
    private static final List<String> UNSOUND = List.of("failed", "suspended", "degraded", "unconfirmed");

    List<Page> pages() {
        return List.of(
                Page.get(PATH, Page.Need.SEE_ALL, visit -> visit.page(200, "status", model(visit))),
                Page.get(PATH + "/part", Page.Need.SEE_ALL, visit -> part(visit)));
    }

    private Answer part(Visit visit) throws SQLException {
        return visit.page(200, "status-part", model(visit));
    }

    private StatusModel model(Visit visit) throws SQLException {
        var status = services.operations().status();
        var view = visit.view();
        var queue = new QueueWords(view, services.operations());
        var upstreams = new UpstreamWords(view);
        var isReady = status.unready().isEmpty();
        return new StatusModel(
                status.now(),
                isReady ? new StateWord(view.say("status.ready"), StateWord.OK) : new StateWord(view.say("status.not-ready"), StateWord.BAD),
                status.unready(),
                Stream.of(Sort.ACCEPTED, Sort.REFUSED, Sort.RELAYED, Sort.DEFERRED, Sort.FAILED)
                        .map(sort -> new StatusModel.Figure(view.say("status.minute." + word(sort)), status.inLastMinute(sort)))
                        .toList(),
                status.queue().stream()
                        .flatMap(counted -> counted.counts().stream())
                        .map(count -> new StatusModel.Waiting(
                                count.standing().word(), queue.state(count.standing()), count.letters(), count.oldestAt()))
                        .toList(),
                status.queue().isPresent(),
                status.upstreams().stream().map(upstreams::row).toList(),
                attention(view, status),
                status.troubles().reversed().stream().map(trouble -> new StatusModel.Trouble(trouble.at(), trouble.line())).toList(),
                status.listeners().stream()
                        .map(listener -> new StatusModel.Listening(listener.address(), listener.takes(), listener.tls(), listener.connections()))
                        .toList(),
                facts(view, status),
                visit.request().query("refresh").filter("off"::equals).isEmpty());
    }

    private static String word(Sort sort) {
        return Word.of(sort);
    }

    private static List<StatusModel.Attention> attention(View view, Status status) {
        var attention = new ArrayList<StatusModel.Attention>();
        UNSOUND.stream().filter(state -> status.domains().getOrDefault(state, 0L) > 0).forEach(state -> attention.add(new StatusModel.Attention(
                view.say("status.domains", status.domains().getOrDefault(state, 0L), view.say("all-domains.state." + state)),
                "",
                Optional.of("/domains?state=" + state))));
        status.files().stream().limit(10).forEach(file -> attention.add(new StatusModel.Attention(
                view.say("status.file", view.time(file.since())), detail(file), Optional.empty())));
        status.certificateExpiresAt()
                .filter(at -> at.isBefore(status.now().plus(SOON)))
                .ifPresent(at -> attention.add(new StatusModel.Attention(
                        view.say(at.isBefore(status.now()) ? "status.certificate.over" : "status.certificate.soon", view.time(at)),
                        "",
                        Optional.empty())));
        if (status.lockedOut().count() > 0) {
            var first = status.lockedOut().first().stream().limit(5).map(Status.LockedAddress::address).toList();
            attention.add(new StatusModel.Attention(
                    view.say("status.locked", status.lockedOut().count()), String.join(", ", first), Optional.empty()));
        }
        status.clockJump().ifPresent(jump -> attention.add(new StatusModel.Attention(
                view.say("status.clock", view.time(jump.at()), jump.by().toMinutes(), view.time(jump.settlesAt())), "", Optional.empty())));
        return attention;
    }

    private static String detail(FileReport file) {
        return file.file() + (file.line() == 0 ? "" : ":" + file.line()) + ": " + file.reason() + "; " + file.consequence();
    }

    private List<LetterModel.Fact> facts(View view, Status status) throws SQLException {
        var facts = new ArrayList<LetterModel.Fact>();
        facts.add(new LetterModel.Fact(view.say("status.version"), status.version()));
        facts.add(new LetterModel.Fact(view.say("status.started"), view.time(status.startedAt())));
        status.certificateExpiresAt().ifPresent(at -> facts.add(new LetterModel.Fact(
                view.say("status.certificate"), view.say("status.certificate.until", view.time(at), Duration.between(status.now(), at).toDays()))));
        var nodes = services.operations().nodes().stream().map(Nodes.Node::name).toList();
        facts.add(new LetterModel.Fact(view.say("status.nodes"), nodes.isEmpty() ? view.say("status.nodes.one") : String.join(", ", nodes)));
        return facts;
    }
}
