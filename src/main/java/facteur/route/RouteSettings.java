package facteur.route;

import facteur.mail.letter.Addressed;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.platform.config.Section;
import facteur.upstream.UpstreamSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The upstreams, and the routes over them. Immutable.
///
/// @param upstreams in the order of the file; at least one
/// @param rules in the order in which they are looked at; the last is for every letter
/// @param sandbox folder for letters that are not to leave
public record RouteSettings(List<RankedUpstream> upstreams, List<RouteRule> rules, Path sandbox) {
    /// What the upstream of sandboxed offices is called; no other may be.
    static final String SANDBOX = "sandbox";

    /// Whether any upstream says EHLO to a host.
    public boolean isRelaying() {
        return upstreams.stream().map(RankedUpstream::settings).anyMatch(UpstreamSettings::isRelaying);
    }

    public RouteSettings {
        upstreams = List.copyOf(upstreams);
        rules = List.copyOf(rules);
    }

    /// Reads `upstreams` and `routes`.
    ///
    /// @param state folder for captured letters
    /// @param hostname our own name, for EHLO
    public static RouteSettings from(Section root, Path state, String hostname) {
        var captured = state.resolve("captured");
        var upstreams = upstreams(root, state, hostname);
        if (upstreams.isEmpty()) {
            upstreams.add(new RankedUpstream(new UpstreamSettings.Capture("capture", captured), 1, 1));
        }
        return new RouteSettings(upstreams, rules(root, upstreams.stream().map(RankedUpstream::name).toList()), captured);
    }

    /// The routes of a letter's recipients, as the relay chooses them; without recipients, all those that may match.
    public List<MatchedRoute> passages(Addressed letter) {
        var passages = new ArrayList<MatchedRoute>();
        var left = new ArrayList<>(letter.recipients());
        for (var rule : rules.stream().filter(rule -> rule.takes(letter)).toList()) {
            var reached = left.stream().filter(rule::reaches).toList();
            left.removeAll(reached);
            if (letter.recipients().isEmpty() || !reached.isEmpty()) {
                passages.add(passage(rule, reached.stream().map(ForwardPath::address).toList()));
            }
            if (rule.to().isEmpty()) {
                break;
            }
        }
        return passages;
    }

    private MatchedRoute passage(RouteRule rule, List<Address> recipients) {
        var isOnlyOne = rules.size() == 1 && rule.equals(RouteRule.everything(upstreams.stream().map(RankedUpstream::name).toList()));
        return new MatchedRoute(
                isOnlyOne ? 0 : rules.indexOf(rule) + 1,
                rule.to().stream().map(DomainPattern::toString).toList(),
                recipients,
                upstreams.stream()
                        .filter(upstream -> rule.upstreams().contains(upstream.name()))
                        .sorted(Comparator.comparingInt(RankedUpstream::order))
                        .toList());
    }

    private static List<RankedUpstream> upstreams(Section root, Path state, String hostname) {
        var upstreams = new ArrayList<RankedUpstream>();
        var names = new HashSet<>(Set.of(SANDBOX));
        for (var section : root.sections("upstreams")) {
            var upstream = new RankedUpstream(
                    UpstreamSettings.from(section, state, hostname),
                    section.integer("order", upstreams.size() + 1, 1, 1_000),
                    section.integer("weight", 1, 1, 1_000));
            if (!names.add(upstream.name())) {
                section.problem("name", upstream.name().equals(SANDBOX) ? "this name is taken" : "another upstream has this name");
            }
            upstreams.add(upstream);
        }
        return upstreams;
    }

    private static List<RouteRule> rules(Section root, List<String> names) {
        var sections = root.sections("routes");
        var rules = new ArrayList<RouteRule>();
        for (var section : sections) {
            rules.add(RouteRule.from(section, Set.copyOf(names)));
            if (RouteRule.isForEverything(section) && rules.size() < sections.size()) {
                section.problem("",
                        "every letter goes this way, and the routes below are never looked at; is a condition missing, such as kind, office or to-domain?");
            }
        }
        if (rules.isEmpty()) {
            return List.of(RouteRule.everything(names));
        }
        if (!RouteRule.isForEverything(sections.getLast())) {
            root.problem("routes", "the last route must be for every letter: upstreams, and nothing else");
        }
        return rules;
    }
}
