package facteur.console;

import facteur.explain.CurrentRules;
import facteur.explain.ExplainRequest;
import facteur.explain.ExplainResult;
import facteur.explain.Explainer;
import facteur.explain.Explanation;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.HeaderEncoding;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.policy.Decision;
import facteur.policy.Policy;
import facteur.policy.Rule;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What clients see: one message of each kind, as it is and as a change would make it. Decided as the relay decides them. Immutable.
final class PreviewPart {
    private final OfficeId office;
    private final Texts texts;
    private final MailWords words;
    private final Because because;
    private final SenderStates states;
    private final Explainer explainer;

    /// @param states of sender addresses
    PreviewPart(Visit visit, CurrentRules rules, MailWords words, SenderStates states, InstantSource time) {
        office = visit.office();
        texts = visit.texts();
        this.words = words;
        this.states = states;
        because = new Because(texts, words);
        explainer = new Explainer(rules.settings(), rules.decider(), rules.departures(), Optional.of(office), time);
    }

    /// What one message would get.
    ///
    /// @param seen what Reply-To says
    private record Outcome(
            List<MailModel.Person> from,
            List<MailModel.Person> replies,
            List<MailModel.Person> seen,
            String refused,
            Optional<Explanation> explained) {
        static final Outcome UNKNOWN = refused("", Optional.empty());

        static Outcome refused(String why, Optional<Explanation> explained) {
            return new Outcome(List.of(), List.of(), List.of(), why, explained);
        }

        boolean isLate() {
            return !seen.equals(replies);
        }

        boolean isSame(Outcome other) {
            return from.equals(other.from) && replies.equals(other.replies) && seen.equals(other.seen) && refused.equals(other.refused);
        }
    }

    /// @param draft empty: as it is
    /// @param kinds beside the general one
    /// @param writer a mailbox; empty when it isn't known
    List<MailModel.Letter> letters(Optional<OfficeSettings> draft, List<String> kinds, Optional<String> relation, String writer) {
        var letters = new ArrayList<MailModel.Letter>();
        var links = new HashSet<String>();
        Stream.concat(Stream.of(""), kinds.stream()).forEach(kind -> {
            var letter = letter(draft, kind, relation, writer);
            // Once is enough.
            letters.add(letter.link().filter(link -> links.add(link.href())).isPresent() ? letter : letter.withoutLink());
        });
        return letters;
    }

    /// How many of them change.
    String changed(List<MailModel.Letter> letters) {
        return texts.of("mail.preview.changed", (int) letters.stream().filter(MailModel.Letter::isChanged).count());
    }

    private MailModel.Letter letter(Optional<OfficeSettings> draft, String kind, Optional<String> relation, String writer) {
        var request = ExplainRequest.of(
                Optional.of(office.text()),
                Optional.of(kind).filter(name -> !name.isEmpty()),
                relation,
                Optional.of(writer).filter(text -> !text.isEmpty()),
                HeaderEncoding.ASCII);
        var now = outcome(explainer.explain(request));
        var then = draft.map(settings -> outcome(explainer.explain(request, settings))).orElse(now);
        var isKnown = now.explained().isPresent() || !now.refused().isEmpty();
        var isChanged = isKnown && !now.isSame(then);
        return new MailModel.Letter(
                MailFields.field(kind, "preview"),
                words.kind(kind),
                isChanged,
                new MailModel.Row(isChanged ? now.from() : List.of(), then.from()),
                new MailModel.Row(isChanged ? now.replies() : List.of(), then.replies()),
                then.isLate() || isChanged && now.isLate()
                        ? Optional.of(new MailModel.Row(isChanged ? now.seen() : List.of(), then.seen()))
                        : Optional.empty(),
                isChanged ? now.refused() : "",
                then.refused(),
                then.explained().map(this::why).orElse(List.of()),
                then.explained().flatMap(this::link));
    }

    private Outcome outcome(ExplainResult result) {
        return switch (result) {
            case ExplainResult.Explained(var explanation) -> switch (explanation.decision()) {
                case Decision.Rewrite rewrite -> {
                    var replies = rewrite.replyTo().stream().map(PreviewPart::person).toList();
                    yield new Outcome(
                            List.of(person(rewrite.from())),
                            replies,
                            explanation.replyAddress().map(PreviewPart::ofRelay).map(List::of).orElse(replies),
                            "",
                            Optional.of(explanation));
                }
                case Decision.Refuse _ -> Outcome.refused(refused(explanation), Optional.of(explanation));
            };
            case ExplainResult.Refused(var reply) -> Outcome.refused(texts.of("mail.preview.refused", reply), Optional.empty());
            case ExplainResult.OfficeNeeded _, ExplainResult.NoOffice _, ExplainResult.Unavailable _, ExplainResult.Unusable _ -> Outcome.UNKNOWN;
        };
    }

    private String refused(Explanation explanation) {
        var why = because.notUsed(explanation.letter())
                .orElseGet(() -> texts.of("mail.preview.unknown-kind", explanation.letter().context().map(Object::toString).orElse("")));
        return texts.of("mail.preview.refused", why);
    }

    private static MailModel.Person person(Mailbox mailbox) {
        return new MailModel.Person(mailbox.name(), mailbox.address().toString());
    }

    /// Each letter has an address of its own.
    static MailModel.Person ofRelay(Mailbox mailbox) {
        return new MailModel.Person(mailbox.name(), "…@" + mailbox.address().domain());
    }

    /// Why replies go where they go; and why it doesn't leave under the office's address, where it should.
    private List<String> why(Explanation explanation) {
        if (!(explanation.decision() instanceof Decision.Rewrite rewrite)) {
            return List.of();
        }
        var sentences = new ArrayList<String>();
        sentences.add(texts.of("mail.preview.because", because.replies(explanation.letter(), rewrite)));
        if (rewrite.fromRule() == Rule.FROM_FALLBACK) {
            sentences.add(texts.of("mail.preview.from-because", because.notUsed(explanation.letter()).orElse("")));
        }
        return sentences;
    }

    private Optional<NoticeModel.Link> link(Explanation explanation) {
        var letter = explanation.letter();
        return because.notUsed(letter).isEmpty()
                ? Optional.empty()
                : Policy.fromAsked(letter.office(), letter.context()).flatMap(from -> states.link(from.address()));
    }
}
