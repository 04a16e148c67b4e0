package facteur.console;

import facteur.admin.WakeResult;
import facteur.returns.ReturnSettings;
import facteur.upstream.RateCap;
import facteur.upstream.UpstreamSettings;
import facteur.web.Answer;
import java.util.List;
import java.util.Optional;

/// Where letters go on: how each upstream is, a look at it, and the end of its pause. Immutable.
record UpstreamsPage(Services services) {
    private static final String PATH = "/upstreams";
    private static final String NAME = "name";

    List<Page> pages() {
        return List.of(
                Page.get(PATH, Page.Need.SEE_ALL, visit -> show(visit, Optional.empty(), message(visit))),
                Page.get(PATH + "/look", Page.Need.SEE_ALL, _ -> Answer.seeOther(PATH)),
                Page.post(PATH + "/look", Page.Need.OPERATE, this::look),
                Page.post(PATH + "/wake", Page.Need.OPERATE, this::wake));
    }

    private record Looked(String name, UpstreamsModel.Look look) {}

    private Answer show(Visit visit, Optional<Looked> looked, Optional<String> message) {
        var words = new UpstreamWords(visit.view());
        var upstreams = services.operations().upstreams().stream()
                .map(hop -> new UpstreamsModel.Item(
                        hop.name(),
                        destination(visit, hop.settings()),
                        words.row(hop.state()),
                        hop.settings().caps().stream().map(RateCap::toString).toList(),
                        connections(visit, hop),
                        hop.state().down().isPresent(),
                        looked.filter(each -> each.name().equals(hop.name())).map(Looked::look)))
                .toList();
        return visit.page(200, "upstreams", new UpstreamsModel(message, visit.rights().operates(), upstreams));
    }

    private static String destination(Visit visit, UpstreamSettings settings) {
        return switch (settings) {
            case UpstreamSettings.Smtp(var host, _) -> visit.say("upstreams.to.host", host.host() + ":" + host.port());
            case UpstreamSettings.Capture(_, var folder) -> visit.say("upstreams.to.folder", folder);
            case UpstreamSettings.Discard _ -> visit.say("upstreams.to.nothing");
            case UpstreamSettings.Copied(var original, var folder) ->
                visit.say("upstreams.to.copied", destination(visit, original), folder);
        };
    }

    private static Optional<String> connections(Visit visit, Operations.Hop hop) {
        if (hop.limit().isEmpty()) {
            return Optional.empty();
        }
        var limit = hop.limit().getAsInt();
        var open = hop.open().orElse(0);
        var configured = hop.settings().connections();
        return Optional.of(limit < configured
                ? visit.say("upstreams.connections.fewer", open, limit, configured)
                : visit.say("upstreams.connections.open", open, limit));
    }

    /// Takes as long as the host takes, half a minute at most.
    private Answer look(Visit visit) {
        var hop = named(visit);
        if (hop.isEmpty()) {
            return visit.notFound();
        }
        var inspection = hop.get().settings().inspect(visit.rules().returns().map(ReturnSettings::sample), services.steady());
        var look = new InspectionWords(visit.view(), services.time().instant()).look(inspection);
        return show(visit, Optional.of(new Looked(hop.get().name(), look)), Optional.empty());
    }

    private Answer wake(Visit visit) {
        var hop = named(visit);
        if (hop.isEmpty()) {
            return visit.notFound();
        }
        var name = hop.get().name();
        return Answer.seeOther(PATH + "?" + NAME + "=" + name + "&was=" + switch (services.operations().wake(name)) {
            case WakeResult.Awake _ -> {
                services.acts().record(visit.operator(), "upstream wake " + name);
                yield "down";
            }
            case WakeResult.Up _, WakeResult.Unknown _ -> "up";
            case WakeResult.Capped _ -> "resting";
        });
    }

    private Optional<Operations.Hop> named(Visit visit) {
        var name = visit.request().form().text(NAME);
        return services.operations().upstreams().stream().filter(hop -> hop.name().equals(name)).findFirst();
    }

    private Optional<String> message(Visit visit) {
        var name = visit.request().query(NAME).orElse("");
        var isKnown = services.operations().upstreams().stream().anyMatch(hop -> hop.name().equals(name));
        return isKnown
                ? visit.request().query("was").filter(List.of("down", "up", "resting")::contains)
                        .map(was -> visit.say("upstreams.woken." + was, name))
                : Optional.empty();
    }
}
