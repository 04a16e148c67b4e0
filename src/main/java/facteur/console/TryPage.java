package facteur.console;

import facteur.explain.ExplainRequest;
import facteur.explain.ExplainResult;
import facteur.explain.Explainer;
import facteur.explain.Explanation;
import facteur.explain.HeaderText;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Reply;
import facteur.office.ContextName;
import facteur.office.Lookup;
import facteur.office.OfficeSettings;
import facteur.office.RelationId;
import facteur.policy.Decision;
import facteur.store.CardStore;
import facteur.web.Answer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What one message would get, with every rule that was looked at: as `facteur explain` says it. Nothing is sent or stored. Thread-safe.
final class TryPage {
    private static final String KIND = "kind";
    private static final String CLIENT = "client";
    private static final String WRITER = "writer";
    private static final String HEADER = "header";
    private static final int MOST_WRITERS = 100;
    private static final Pattern VERSION = Pattern.compile("v([1-9]\\d{0,17})");

    private final Services services;

    TryPage(Services services) {
        this.services = services;
    }

    List<Page> pages() {
        return List.of(Page.ofOffice("/try", this::show), Page.trial("/try", this::pasted));
    }

    /// What was asked.
    private record Asked(String kind, PreviewClients.Chosen client, String writer, String header) {
        boolean isNothing() {
            return kind.isEmpty() && client.text().isEmpty() && writer.isEmpty();
        }
    }

    private Answer show(Visit visit) throws SQLException {
        var query = visit.request();
        var client = query.query(CLIENT).orElse("").strip();
        var asked = new Asked(
                query.query(KIND).orElse("").strip(),
                client.isEmpty() ? new PreviewClients.Chosen("", Optional.empty(), clients(visit).choose("").options())
                        : clients(visit).choose(client),
                query.query(WRITER).orElse("").strip(),
                "");
        var isAsked = query.query(KIND).isPresent() || !asked.isNothing();
        return page(visit, asked, isAsked ? Optional.of(described(visit, asked)) : Optional.empty());
    }

    private PreviewClients clients(Visit visit) {
        var cards = visit.keptElsewhere().isEmpty() ? Optional.of(services.store().cards()) : Optional.<CardStore>empty();
        return new PreviewClients(visit.office(), cards, visit.rules().settings(), List.of());
    }

    private Answer pasted(Visit visit) throws SQLException {
        var text = visit.request().form().text(HEADER);
        var asked = new Asked("", new PreviewClients.Chosen("", Optional.empty(), clients(visit).choose("").options()), "", text);
        return text.isBlank() ? page(visit, asked, Optional.empty()) : page(visit, asked, Optional.of(pasted(visit, text)));
    }

    private TryModel.Result pasted(Visit visit, String text) {
        var command = "facteur explain < message.eml";
        return switch (HeaderText.read((text + "\r\n\r\n").getBytes(StandardCharsets.UTF_8))) {
            case HeaderText.Read(var header) -> {
                var request = new ExplainRequest(Optional.of(visit.office().text()), header, HeaderEncoding.ASCII, List.of());
                yield result(visit, request, header.all("From").isEmpty() ? "" : "From", command);
            }
            case HeaderText.Refused(var reply) -> refused(visit.say("try.refused.before"), Optional.of(reply), command);
            case HeaderText.TooLarge() -> refused(visit.say("try.refused.before"), Optional.empty(), command);
        };
    }

    private TryModel.Result described(Visit visit, Asked asked) {
        var relation = asked.client().relation().map(RelationId::text).orElse(asked.client().text());
        var writer = writer(visit, asked.writer());
        var request = ExplainRequest.of(
                Optional.of(visit.office().text()), given(asked.kind()), given(relation), given(writer), HeaderEncoding.ASCII);
        return result(visit, request, writer, command(visit, asked.kind(), relation, writer));
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(it -> !it.isEmpty());
    }

    /// A name alone stands for the person of the list who has it.
    private static String writer(Visit visit, String typed) {
        return typed.contains("@")
                ? typed
                : settings(visit).stream()
                        .flatMap(office -> office.users().stream())
                        .filter(user -> user.name().equalsIgnoreCase(typed))
                        .map(Mailbox::written)
                        .findFirst()
                        .orElse(typed);
    }

    private static Optional<OfficeSettings> settings(Visit visit) {
        return visit.rules().settings().office(visit.office()) instanceof Lookup.Found<OfficeSettings>(var settings, _)
                ? Optional.of(settings)
                : Optional.empty();
    }

    private static String command(Visit visit, String kind, String relation, String writer) {
        var command = new StringBuilder("facteur explain --office ").append(ShellWord.of(visit.office().text()));
        option(command, "--context", kind);
        option(command, "--relation", relation);
        option(command, "--sender", writer);
        return command.toString();
    }

    private static void option(StringBuilder command, String name, String value) {
        if (!value.isEmpty()) {
            command.append(' ').append(name).append(' ').append(ShellWord.of(value));
        }
    }

    private static Answer page(Visit visit, Asked asked, Optional<TryModel.Result> result) {
        var office = settings(visit);
        var kinds = office.stream().flatMap(it -> it.contexts().keySet().stream()).map(ContextName::text).sorted().toList();
        var writers = office.stream().flatMap(it -> it.users().stream()).limit(MOST_WRITERS).map(Mailbox::toString).toList();
        return visit.page(200, "try", new TryModel(
                TextField.of(KIND, visit.say("try.kind"), asked.kind()).hint(visit.say("try.kind.hint")),
                TextField.of(CLIENT, visit.say("try.client"), asked.client().text()).hint(visit.say("try.client.hint")),
                TextField.of(WRITER, visit.say("try.writer"), asked.writer()).hint(visit.say("try.writer.hint")),
                kinds,
                asked.client().options().stream().map(MailModel.Option::value).toList(),
                writers,
                asked.header(),
                result));
    }

    private static TryModel.Result refused(String why, Optional<Reply> reply, String command) {
        return new TryModel.Result(why, reply.map(Reply::toString).orElse(""), "", Optional.empty(), List.of(), List.of(), command);
    }

    private TryModel.Result result(Visit visit, ExplainRequest request, String writer, String command) {
        var now = visit.rules();
        var explainer = new Explainer(now.settings(), now.decider(), now.departures(), Optional.of(visit.office()), services.time());
        return switch (explainer.explain(request)) {
            case ExplainResult.Explained(var explanation) -> explained(visit, explanation, writer, command);
            case ExplainResult.Refused(var reply) -> refused(visit.say("try.refused.before"), Optional.of(reply), command);
            case ExplainResult.OfficeNeeded(), ExplainResult.NoOffice _, ExplainResult.Unavailable _ ->
                refused(visit.say("log.today.unavailable"), Optional.empty(), command);
            case ExplainResult.Unusable _ -> refused(visit.say("log.today.unusable"), Optional.empty(), command);
        };
    }

    private static TryModel.Result explained(Visit visit, Explanation explanation, String writer, String command) {
        var rules = visit.rules();
        var letter = explanation.letter();
        var words = new MailWords(visit.texts(), rules.roles(), rules.reader().sharedAddress());
        var because = new Because(visit.texts(), words);
        var steps = new RuleSteps(
                visit.texts(), because, words, new ReplyWords(visit.texts(), rules.roles()), letter, explanation.relation(), writer);
        var about = visit.say(
                "try.about",
                words.kind(letter.context().map(ContextName::text).orElse("")),
                client(visit, explanation),
                letter.sender().map(Mailbox::toString).orElse(visit.say("try.about.no-writer")));
        var versions = versions(visit, explanation);
        return switch (explanation.decision()) {
            case Decision.Rewrite decision -> new TryModel.Result(
                    "",
                    "",
                    about,
                    Optional.of(new TryModel.Answers(
                            decision.from().toString(),
                            because.from(letter, decision),
                            decision.replyTo().stream().map(Mailbox::toString).collect(Collectors.joining(", ")),
                            because.replies(letter, decision),
                            explanation.replyAddress()
                                    .map(PreviewPart::ofRelay)
                                    .map(person -> visit.say("try.seen", person.name(), person.address()))
                                    .orElse(""))),
                    steps.of(decision),
                    versions,
                    command);
            case Decision.Refuse(var reply) -> new TryModel.Result(
                    visit.say("try.refused", steps.refusal()), reply.toString(), about, Optional.empty(), List.of(), versions, command);
        };
    }

    /// With the name that the card has, where the card was looked up.
    private static String client(Visit visit, Explanation explanation) {
        if (explanation.relation().isEmpty()) {
            return visit.say("try.about.no-client");
        }
        var name = explanation.letter().card().name();
        return name.isEmpty() ? explanation.relation() : name + " (" + explanation.relation() + ")";
    }

    private static List<TryModel.Version> versions(Visit visit, Explanation explanation) {
        var versions = new ArrayList<TryModel.Version>();
        versions.add(version(visit, "try.version.settings", explanation.letter().office().version()));
        if (!explanation.letter().card().version().isEmpty()) {
            versions.add(version(visit, "try.version.card", explanation.letter().card().version()));
        }
        return versions;
    }

    private static TryModel.Version version(Visit visit, String key, String version) {
        var number = VERSION.matcher(version);
        return number.matches()
                ? new TryModel.Version(visit.say(key, number.group(1)), Optional.of(HistoryPage.path(visit) + "/" + number.group(1)))
                : new TryModel.Version(visit.say(key, version), Optional.empty());
    }
}
