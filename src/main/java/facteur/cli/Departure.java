package facteur.cli;

import facteur.mail.dkim.DkimKey;
import facteur.mail.dkim.DomainKeys;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.dkim.KeyState;
import facteur.mail.dkim.StoredKey;
import facteur.mail.letter.Addressed;
import facteur.mail.letter.Provenance;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.ReversePath;
import facteur.office.Sandbox;
import facteur.policy.Decision;
import facteur.policy.SendingContext;
import facteur.relay.Config;
import facteur.route.MatchedRoute;
import facteur.route.RankedUpstream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a letter would leave: by which routes and upstreams, with which signatures. Immutable.
///
/// @param sandbox the folder where it is captured instead, when its office has `sandbox: true`
/// @param passages by recipients
/// @param keys of the domain of the new From
public record Departure(Optional<Path> sandbox, List<MatchedRoute> passages, DomainKeys keys) {
    public Departure {
        passages = List.copyOf(passages);
    }

    /// By a configuration.
    ///
    /// @param to recipients; may be empty
    static Departure of(Config config, SendingContext context, Decision.Rewrite decision, List<Address> to) {
        var from = decision.from().address();
        var isSandboxed = context.office().sandbox() == Sandbox.ON;
        return new Departure(
                isSandboxed ? Optional.of(config.outbound().routes().sandbox().toAbsolutePath().normalize()) : Optional.empty(),
                config.outbound().routes().passages(addressed(context, decision, to)),
                new KeyFolder(config.state()).read(from.asciiDomain()));
    }

    /// As far as routes look.
    private static Addressed addressed(SendingContext context, Decision.Rewrite decision, List<Address> to) {
        return new Addressed(
                Provenance.parse(
                        "",
                        context.office().id().text(),
                        context.context().map(Object::toString).orElse(""),
                        "",
                        "",
                        decision.fromRule().id(),
                        decision.replyToRule().id(),
                        context.office().version(),
                        context.card().version(),
                        ""),
                ReversePath.of(decision.from().address()),
                new Header(List.of(HeaderField.of("From", "<" + decision.from().address().wire() + ">"))),
                to.stream().map(ForwardPath::of).toList());
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        if (sandbox.isPresent()) {
            lines.add("leaves    not at all: sandbox, captured in " + sandbox.get());
        } else {
            passages.forEach(passage -> lines.addAll(lines(passage)));
        }
        lines.add("signed    " + signature());
        keys.problems().forEach(problem -> lines.add("          " + problem));
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

    private String signature() {
        var signing = keys.signing();
        if (!signing.isEmpty()) {
            return "by DKIM, d=" + keys.domain() + ", s=" + selectors(signing) + ": aligned with From";
        }
        if (!keys.problems().isEmpty()) {
            return "not: no key of " + keys.domain() + " can be read";
        }
        return waiting().isEmpty()
                ? "not: there is no key for " + keys.domain()
                : "not yet: the records of the keys of " + keys.domain() + " were not seen in the DNS";
    }

    private static String selectors(List<DkimKey> signing) {
        return signing.stream().map(DkimKey::selector).collect(Collectors.joining(" and s="));
    }

    private List<String> waiting() {
        return keys.in(KeyState.ANNOUNCED).stream().map(StoredKey::key).map(DkimKey::selector).toList();
    }

    Map<String, Object> members() {
        var signature = new LinkedHashMap<String, Object>();
        signature.put("domain", keys.domain());
        signature.put("selectors", keys.signing().stream().map(DkimKey::selector).toList());
        signature.put("waiting", waiting());
        signature.put("problems", keys.problems());
        var members = new LinkedHashMap<String, Object>();
        members.put("sandbox", sandbox.isPresent());
        members.put("routes", sandbox.isPresent() ? List.of() : passages.stream().map(Departure::members).toList());
        members.put("signature", signature);
        return members;
    }

    private static Map<String, Object> members(MatchedRoute passage) {
        var members = new LinkedHashMap<String, Object>();
        members.put("route", passage.number());
        members.put("toDomains", passage.toDomains());
        members.put("recipients", passage.recipients());
        members.put("upstreams", passage.upstreams().stream().map(Departure::members).toList());
        return members;
    }

    private static Map<String, Object> members(RankedUpstream upstream) {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", upstream.name());
        members.put("order", upstream.order());
        members.put("destination", upstream.settings().destination());
        return members;
    }
}
