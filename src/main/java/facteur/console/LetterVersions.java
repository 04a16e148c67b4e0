package facteur.console;

import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.spool.LetterHistory;
import facteur.store.Store;
import facteur.store.StoredCard;
import facteur.store.StoredOffice;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Of which version settings and card were that decided a letter, and whether they have changed since. For one page.
record LetterVersions(Visit visit, Store store, LetterHistory letter) {
    /// As the store writes it; other sources have versions of their own.
    private static final Pattern NUMBER = Pattern.compile("v(\\d{1,18})");

    List<LetterModel.VersionLink> links() throws SQLException {
        var decision = letter.provenance().decision();
        var links = new ArrayList<LetterModel.VersionLink>();
        if (!decision.settingsVersion().isEmpty()) {
            links.add(settings(decision.settingsVersion()));
        }
        if (!decision.cardVersion().isEmpty()) {
            links.add(card(decision.cardVersion()));
        }
        return links;
    }

    private LetterModel.VersionLink settings(String version) throws SQLException {
        var text = visit.say("log.version.settings", shown(version));
        var office = office();
        var number = number(version);
        if (office.isEmpty() || number.isEmpty() || visit.keptElsewhere().isPresent()) {
            return new LetterModel.VersionLink(text, Optional.empty(), Optional.empty());
        }
        var now = store.settings().office(office.get()).map(StoredOffice::settingsAt);
        return new LetterModel.VersionLink(text, Optional.of(history(office.get(), number.get())), change(number.get(), now));
    }

    private LetterModel.VersionLink card(String version) throws SQLException {
        var text = visit.say("log.version.card", shown(version));
        var office = office();
        var number = number(version);
        var relation = RelationId.parse(letter.provenance().relation().text());
        if (office.isEmpty() || number.isEmpty() || relation.isEmpty() || visit.keptElsewhere().isPresent()) {
            return new LetterModel.VersionLink(text, Optional.empty(), Optional.empty());
        }
        var now = store.cards().card(office.get(), relation.get().composed()).map(StoredCard::version);
        return new LetterModel.VersionLink(text, Optional.of(history(office.get(), number.get())), change(number.get(), now));
    }

    private Optional<String> change(long then, Optional<Long> now) {
        if (now.isEmpty()) {
            return Optional.of(visit.say("log.version.removed"));
        }
        return now.get() == then ? Optional.empty() : Optional.of(visit.say("log.version.changed", Long.toString(now.get())));
    }

    private Optional<OfficeId> office() {
        return OfficeId.parse(letter.provenance().office().text());
    }

    private static String history(OfficeId office, long number) {
        return "/o/" + office.text() + "/history/" + number;
    }

    private static Optional<Long> number(String version) {
        var form = NUMBER.matcher(version);
        return form.matches() ? Optional.of(Long.valueOf(form.group(1))) : Optional.empty();
    }

    private static String shown(String version) {
        return number(version).map(number -> Long.toString(number)).orElse(version);
    }
}
