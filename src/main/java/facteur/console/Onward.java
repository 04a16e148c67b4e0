package facteur.console;

import facteur.web.Answer;
import facteur.web.Form;
import facteur.web.OwnPath;
import facteur.web.Request;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a person wants to be, once signed in. Immutable.
///
/// @param to a path of ours
/// @param carried a form to be sent again, which comes before
public record Onward(String to, Optional<Carried> carried) {
    static final String TO = "to";
    static final Onward START = new Onward("/", Optional.empty());

    /// Of the query of a page of signing in.
    static Onward of(Request request) {
        return new Onward(own(request.query(TO)), Optional.empty());
    }

    /// Of a form of signing in.
    static Onward of(Form form) {
        return new Onward(own(form.field(TO)), Carried.in(form));
    }

    private static String own(Optional<String> path) {
        return path.filter(OwnPath::isOne).orElse("/");
    }

    /// As hidden fields.
    public List<Form.Field> hidden() {
        return Stream.concat(Stream.of(new Form.Field(TO, to)), carried.stream().flatMap(form -> form.kept().stream())).toList();
    }

    /// Goes there, or sends the form again.
    Answer go(Visit visit) {
        return carried.isPresent() ? visit.page(200, "again", carried.get()) : Answer.seeOther(to);
    }
}
