package facteur.console;

import facteur.access.NewToken;
import facteur.access.Scope;
import facteur.office.OfficeId;
import facteur.web.Form;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A token that an operator wants, as it was typed. Immutable.
///
/// @param office as typed; of an office's own page the office
/// @param until a day, as date fields send it; empty: in a year
record TokenForm(String name, String office, String suite, String until, Set<String> scopes) {
    static final TokenForm EMPTY = new TokenForm("", "", "", "", Set.of());
    private static final String ALL = "*";

    /// What it comes to.
    sealed interface Result {
        record Wanted(NewToken token) implements Result {}

        record Wrong(List<FieldProblem> problems) implements Result {}
    }

    static TokenForm of(Form form, Optional<OfficeId> own) {
        return new TokenForm(
                form.text("name").strip(),
                own.map(OfficeId::text).orElseGet(() -> form.text("office").strip()),
                form.text("suite").strip(),
                form.text("until").strip(),
                Set.copyOf(form.all("scope")));
    }

    /// @param own the office whose page it is: it gives no scope that only operators give
    Result read(Visit visit, Optional<OfficeId> own) {
        var problems = new ArrayList<FieldProblem>();
        var wanted = EnumSet.noneOf(Scope.class);
        for (var scope : own.isPresent() ? Scope.ofOffices() : EnumSet.allOf(Scope.class)) {
            if (scopes.contains(scope.word())) {
                wanted.add(scope);
            }
        }
        if (wanted.size() != scopes.size() || wanted.isEmpty()) {
            problems.add(new FieldProblem("scopes", visit.say("apps.scope.none")));
        }
        var id = office.equals(ALL) ? Optional.<OfficeId>empty() : OfficeId.parse(office);
        if (id.isEmpty() && !office.equals(ALL)) {
            problems.add(new FieldProblem("office", visit.say("apps.office.form")));
        }
        if (wanted.contains(Scope.SESSIONS_CREATE) == suite.isEmpty()) {
            problems.add(new FieldProblem("suite", visit.say("apps.suite.form")));
        }
        var end = end(visit.zone());
        if (end.isEmpty() && !until.isEmpty()) {
            problems.add(new FieldProblem("until", visit.say("apps.until.form")));
        }
        return problems.isEmpty() ? read(visit, id, wanted, end) : new Result.Wrong(problems);
    }

    private Result read(Visit visit, Optional<OfficeId> id, Set<Scope> wanted, Optional<Instant> end) {
        try {
            return new Result.Wanted(new NewToken(name, id, wanted, Optional.of(suite).filter(text -> !text.isEmpty()), end));
        } catch (IllegalArgumentException wrongName) {
            return new Result.Wrong(List.of(new FieldProblem("name", visit.say("apps.name.form"))));
        }
    }

    private Optional<Instant> end(ZoneId zone) {
        try {
            return until.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(until).atStartOfDay(zone).toInstant());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
