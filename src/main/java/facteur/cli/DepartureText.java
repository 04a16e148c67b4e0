package facteur.cli;

import facteur.explain.Departure;
import facteur.mail.dkim.DkimKey;
import facteur.route.MatchedRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// How a letter would leave, for a person at a terminal.
final class DepartureText {
    private DepartureText() {}

    static List<String> lines(Departure departure) {
        var lines = new ArrayList<String>();
        if (departure.sandbox().isPresent()) {
            lines.add("leaves    not at all: sandbox, captured in " + departure.sandbox().get());
        } else {
            departure.passages().forEach(passage -> lines.addAll(lines(passage)));
        }
        lines.add("signed    " + signature(departure));
        departure.keys().problems().forEach(problem -> lines.add("          " + problem));
        return lines;
    }

    private static List<String> lines(MatchedRoute passage) {
        var lines = new ArrayList<String>();
        lines.add("leaves    by " + route(passage) + forWhom(passage));
        for (var upstream : passage.upstreams()) {
            lines.add("     %-5d%s: %s".formatted(upstream.order(), upstream.name(), upstream.settings().destination()));
        }
        return lines;
    }

    private static String route(MatchedRoute passage) {
        return passage.number() == 0 ? "the only route" : "route " + passage.number();
    }

    private static String forWhom(MatchedRoute passage) {
        if (!passage.recipients().isEmpty()) {
            return ", for " + passage.recipients().stream().map(Object::toString).collect(Collectors.joining(", "));
        }
        return passage.toDomains().isEmpty() ? "" : ", for recipients at " + String.join(", ", passage.toDomains());
    }

    private static String signature(Departure departure) {
        var keys = departure.keys();
        var signing = keys.signing();
        if (!signing.isEmpty()) {
            return "by DKIM, d=" + keys.domain() + ", s=" + selectors(signing) + ": aligned with From";
        }
        if (!keys.problems().isEmpty()) {
            return "not: no key of " + keys.domain() + " can be read";
        }
        return departure.waiting().isEmpty()
                ? "not: there is no key for " + keys.domain()
                : "not yet: the records of the keys of " + keys.domain() + " were not seen in the DNS";
    }

    private static String selectors(List<DkimKey> signing) {
        return signing.stream().map(DkimKey::selector).collect(Collectors.joining(" and s="));
    }
}
