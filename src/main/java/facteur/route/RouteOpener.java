package facteur.route;

import facteur.journal.Journal;
import facteur.platform.clock.SteadyTime;
import facteur.upstream.Breaker;
import facteur.upstream.Jitter;
import facteur.upstream.SendingRate;
import facteur.upstream.SevenBitForm;
import facteur.upstream.Upstream;
import facteur.upstream.UpstreamSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// Makes upstreams and routes of what is configured; connects to nothing yet.
///
/// At a reload, an upstream whose settings are as before, but for its caps, is taken over as it is. One that has changed is
/// rebuilt, and begins as one that is up, with no connections; it shares nothing with the one before but what that
/// sent by its caps. The previous ones are untouched: attempts that still use them end there.
///
/// Immutable.
///
/// @param form of letters that an upstream can't carry as they are
/// @param journal gets what concerns no single attempt
/// @param watched makes of each upstream one that tells what it does
public record RouteOpener(
        Jitter jitter,
        SevenBitForm form,
        Journal journal,
        SteadyTime time,
        RandomGenerator random,
        UnaryOperator<Upstream> watched) {
    public OpenRoutes open(RouteSettings settings) {
        return open(settings, Optional.empty());
    }

    public OpenRoutes open(RouteSettings settings, OpenRoutes before) {
        return open(settings, Optional.of(before));
    }

    private OpenRoutes open(RouteSettings settings, Optional<OpenRoutes> before) {
        var choices = new HashMap<String, Route.Choice>();
        var opened = new ArrayList<OpenUpstream>();
        for (var upstream : settings.upstreams()) {
            var open = open(upstream.settings(), before);
            opened.add(open);
            choices.put(upstream.name(), new Route.Choice(open.hop(), upstream.order(), upstream.weight()));
        }
        var captured = open(new UpstreamSettings.Capture(RouteSettings.SANDBOX, settings.sandbox()), before);
        opened.add(captured);
        var ways = settings.rules().stream()
                .map(rule -> new Routes.Way(rule, new Route(rule.upstreams().stream().map(choices::get).toList(), random)))
                .toList();
        var sandbox = new Route(List.of(new Route.Choice(captured.hop(), 1, 1)), random);
        return new OpenRoutes(new Routes(ways, sandbox), opened);
    }

    private OpenUpstream open(UpstreamSettings settings, Optional<OpenRoutes> before) {
        var last = before.flatMap(routes -> routes.named(settings.name()));
        return last.filter(open -> open.suits(settings))
                .map(open -> open.under(settings))
                .orElseGet(() -> make(settings, last.map(OpenUpstream::rate)));
    }

    private OpenUpstream make(UpstreamSettings settings, Optional<SendingRate> sent) {
        var rate = sent.orElseGet(() -> new SendingRate(List.of()));
        rate.apply(settings.caps());
        var breaker = new Breaker(jitter, time);
        return new OpenUpstream(settings, new Hop(watched.apply(settings.open(breaker, rate, form, journal, time)), breaker), rate);
    }
}
