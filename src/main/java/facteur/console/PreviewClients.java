package facteur.console;

import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.settings.SettingsSource;
import facteur.store.CardFilter;
import facteur.store.CardStore;
import facteur.store.StoredCard;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The clients that examples may be about: those with cards, or those of the latest messages where cards are kept elsewhere. Immutable.
///
/// @param cards empty where they are kept elsewhere
record PreviewClients(OfficeId office, Optional<CardStore> cards, SettingsSource settings, List<String> recent) {
    private static final int MOST = 20;

    /// @param relation empty when what was typed is no client
    record Chosen(String text, Optional<RelationId> relation, List<MailModel.Option> options) {}

    /// @param typed a number, a name, or both as the list has them; empty for any
    Chosen choose(String typed) throws SQLException {
        var text = typed.strip();
        if (text.isEmpty()) {
            return any();
        }
        var known = relation(text);
        if (known.isPresent()) {
            return new Chosen(text, known, options(Optional.empty()));
        }
        var found = found(Optional.of(text));
        return new Chosen(text, found.stream().findFirst().map(StoredCard::relation), found.stream().map(PreviewClients::option).toList());
    }

    private Chosen any() throws SQLException {
        if (cards.isEmpty()) {
            var options = options(Optional.empty());
            var first = options.stream().findFirst().map(MailModel.Option::value);
            return new Chosen(first.orElse(""), first.flatMap(RelationId::parse), options);
        }
        var found = found(Optional.empty());
        var chosen = found.stream().filter(card -> !card.people().isEmpty()).findFirst().or(() -> found.stream().findFirst());
        return new Chosen(
                chosen.map(PreviewClients::option).map(MailModel.Option::value).orElse(""),
                chosen.map(StoredCard::relation),
                found.stream().map(PreviewClients::option).toList());
    }

    private List<MailModel.Option> options(Optional<String> text) throws SQLException {
        return cards.isPresent()
                ? found(text).stream().map(PreviewClients::option).toList()
                : recent.stream().map(relation -> new MailModel.Option(relation, "")).toList();
    }

    /// `R-1042`, or `Bakkerij Peeters (R-1042)`.
    private Optional<RelationId> relation(String text) throws SQLException {
        var open = text.lastIndexOf('(');
        var inBrackets = text.endsWith(")") && open >= 0 ? Optional.of(text.substring(open + 1, text.length() - 1)) : Optional.<String>empty();
        for (var candidate : Stream.concat(inBrackets.stream(), Stream.of(text)).toList()) {
            var relation = RelationId.parse(candidate);
            if (relation.isPresent() && isKnown(relation.get())) {
                return relation;
            }
        }
        return Optional.empty();
    }

    private boolean isKnown(RelationId relation) throws SQLException {
        return cards.isPresent()
                ? cards.get().card(office, relation).isPresent()
                : settings.relation(office, relation) instanceof Lookup.Found<RelationCard>;
    }

    private List<StoredCard> found(Optional<String> text) throws SQLException {
        return cards.isPresent()
                ? cards.get().cards(office, new CardFilter(text, Optional.empty(), Optional.empty()), Optional.empty(), MOST)
                : List.of();
    }

    private static MailModel.Option option(StoredCard card) {
        var relation = card.relation().text();
        return new MailModel.Option(card.name().isEmpty() ? relation : card.name() + " (" + relation + ")", "");
    }
}
