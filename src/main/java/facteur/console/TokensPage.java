package facteur.console;

import facteur.access.Scope;
import facteur.access.Token;
import facteur.access.TokenId;
import facteur.access.Tokens;
import facteur.office.OfficeId;
import facteur.web.Answer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Tokens by which apps use the API: those of one office, for its admins, and all of them, for operators. Immutable.
record TokensPage(Services services) {
    private static final String ALL = "/access/tokens";
    private static final String OF_OFFICE = "/apps";

    List<Page> pages() {
        return List.of(
                Page.get(ALL, Page.Need.OPERATE, visit -> show(visit, Optional.empty())),
                Page.post(ALL, Page.Need.OPERATE, visit -> make(visit, Optional.empty())),
                Page.post(ALL + "/revoke", Page.Need.OPERATE, visit -> revoke(visit, Optional.empty())),
                new Page("GET", "/o/{office}" + OF_OFFICE, Page.Need.WRITE, false, visit -> show(visit, Optional.of(visit.office()))),
                Page.change(OF_OFFICE, visit -> make(visit, Optional.of(visit.office()))),
                Page.change(OF_OFFICE + "/revoke", visit -> revoke(visit, Optional.of(visit.office()))));
    }

    private Answer show(Visit visit, Optional<OfficeId> own) throws SQLException {
        var message = visit.request().query("message").filter("revoked"::equals).map(_ -> visit.say("apps.revoked"));
        return page(visit, 200, own, TokenForm.EMPTY, Optional.empty(), List.of(), message);
    }

    private Answer make(Visit visit, Optional<OfficeId> own) throws SQLException {
        var form = TokenForm.of(visit.request().form(), own);
        return switch (form.read(visit, own)) {
            case TokenForm.Result.Wrong(var problems) -> page(visit, 422, own, form, Optional.empty(), problems, Optional.empty());
            case TokenForm.Result.Wanted(var wanted) -> {
                try {
                    yield switch (services.tokens().add(wanted, visit.author("").shown())) {
                        case Tokens.Addition.Made(var token, var text) -> {
                            record(visit, own, "token add " + token.name() + " --office " + token.officeText() + " --scope " + words(token));
                            yield page(visit, 200, own, TokenForm.EMPTY, Optional.of(new TokensModel.Made(token.name(), text.reveal())), List.of(),
                                    Optional.empty());
                        }
                        case Tokens.Addition.NameTaken _ ->
                            page(visit, 422, own, form, Optional.empty(), List.of(new FieldProblem("name", visit.say("apps.name.taken"))),
                                    Optional.empty());
                    };
                } catch (IllegalArgumentException badEnd) {
                    yield page(visit, 422, own, form, Optional.empty(), List.of(new FieldProblem("until", visit.say("apps.until.form"))),
                            Optional.empty());
                }
            }
        };
    }

    private static String words(Token token) {
        return token.scopes().stream().map(Scope::word).collect(Collectors.joining(","));
    }

    /// What an office does is in its own list; the record of acts is of the relay's operators.
    private void record(Visit visit, Optional<OfficeId> own, String command) {
        if (own.isEmpty()) {
            services.acts().record(visit.author("").shown(), command);
        }
    }

    private Answer revoke(Visit visit, Optional<OfficeId> own) throws SQLException {
        var id = TokenId.parse(visit.request().form().text("token"));
        var token = id.isPresent() ? services.tokens().token(id.get()) : Optional.<Token>empty();
        if (token.filter(found -> isShown(found, own)).isEmpty()) {
            return visit.notFound();
        }
        services.tokens().revoke(token.get().id().text(), visit.author("").shown());
        record(visit, own, "token revoke " + token.get().id());
        return Answer.seeOther(path(own) + "?message=revoked");
    }

    private static String path(Optional<OfficeId> own) {
        return own.map(office -> "/o/" + office.text() + OF_OFFICE).orElse(ALL);
    }

    private static boolean isShown(Token token, Optional<OfficeId> own) {
        return own.isEmpty() || token.office().equals(own);
    }

    private Answer page(
            Visit visit,
            int status,
            Optional<OfficeId> own,
            TokenForm form,
            Optional<TokensModel.Made> made,
            List<FieldProblem> problems,
            Optional<String> message)
            throws SQLException {
        var now = services.time().instant();
        var lines = services.tokens().list().stream().filter(token -> isShown(token, own)).map(token -> line(visit, token, now)).toList();
        var office = TextField.of("office", visit.say("apps.office"), form.office()).hint(visit.say("apps.office.hint")).autocomplete("off")
                .among(problems);
        var suite =
                TextField.of("suite", visit.say("apps.suite"), form.suite()).hint(visit.say("apps.suite.hint")).autocomplete("off").among(problems);
        return visit.page(status, "tokens", new TokensModel(
                visit.say(own.isPresent() ? "apps.title" : "access.tokens"),
                own.isPresent() ? "apps" : "access",
                path(own),
                made,
                lines,
                TextField.of("name", visit.say("apps.name"), form.name()).hint(visit.say("apps.name.hint")).autocomplete("off").among(problems),
                own.isPresent() ? Optional.empty() : Optional.of(office),
                own.isPresent() ? Optional.empty() : Optional.of(suite),
                TextField.of("until", visit.say("apps.until"), form.until()).hint(visit.say("apps.until.hint")).type("date").among(problems),
                choices(visit, own, form),
                own.isPresent() ? Optional.of(CardKeeper.of(visit, services)) : Optional.empty(),
                own.map(id -> "/o/" + id.text() + "/clients").orElse(""),
                problems,
                message));
    }

    private static List<TokensModel.Choice> choices(Visit visit, Optional<OfficeId> own, TokenForm form) {
        var choices = new ArrayList<TokensModel.Choice>();
        for (var scope : own.isPresent() ? EnumSet.copyOf(Scope.ofOffices()) : EnumSet.allOf(Scope.class)) {
            var word = scope.word();
            choices.add(new TokensModel.Choice(word, visit.say("apps.scope." + word.replace(':', '-')), form.scopes().contains(word)));
        }
        return choices;
    }

    private static TokensModel.Line line(Visit visit, Token token, Instant now) {
        var isGood = token.revocation().isEmpty() && now.isBefore(token.until());
        var state = token.revocation()
                .map(revocation -> new StateWord(visit.say("apps.state.revoked", visit.view().date(revocation.at()), revocation.by()), StateWord.BAD))
                .orElseGet(() -> isGood
                        ? new StateWord(visit.say("apps.state.good", visit.view().date(token.until())), StateWord.OK)
                        : new StateWord(visit.say("apps.state.ended", visit.view().date(token.until())), StateWord.BAD));
        return new TokensModel.Line(
                token.id().text(),
                token.name(),
                token.office().map(OfficeId::text).orElse(""),
                token.scopes().stream().map(scope -> visit.say("apps.scope." + scope.word().replace(':', '-'))).toList(),
                token.madeAt(),
                token.madeBy(),
                token.until(),
                token.usedAt(),
                isGood,
                state);
    }
}
