package facteur.console;

import facteur.access.AccessRole;
import facteur.access.Grant;
import facteur.access.Person;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.web.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Somebody who is to have an account, as it was typed. Immutable.
///
/// @param role a word of [AccessRole]
/// @param offices ids, with blanks or commas between
record UserForm(String login, String name, String mail, String role, String offices) {
    static final UserForm EMPTY = new UserForm("", "", "", AccessRole.ADMIN.word(), "");

    static UserForm of(Form form) {
        return new UserForm(
                form.text("login").strip(), form.text("name").strip(), form.text("mail").strip(), form.text("role"), form.text("offices").strip());
    }

    /// As the person is now.
    static UserForm of(Person person) {
        var grants = person.rights().grants();
        var role = grants.isEmpty() ? AccessRole.READER : grants.getFirst().role();
        var offices = grants.stream().flatMap(grant -> grant.office().stream()).map(OfficeId::text).collect(Collectors.joining(", "));
        return new UserForm(person.login(), person.name(), person.address().orElse(""), role.word(), offices);
    }

    /// What the person may do; none, with a problem, when that can't be read.
    List<Grant> grants(Visit visit, List<FieldProblem> problems) {
        var wanted = Stream.of(AccessRole.values()).filter(known -> known.word().equals(role)).findFirst();
        if (wanted.isEmpty()) {
            problems.add(new FieldProblem("roles", visit.say("access.role.none")));
            return List.of();
        }
        if (!wanted.get().isOfOffice()) {
            return List.of(new Grant(Optional.empty(), wanted.get()));
        }
        var grants = new ArrayList<Grant>();
        for (var word : offices.split("[,\\s]+", -1)) {
            if (!word.isEmpty()) {
                var office = OfficeId.parse(word);
                if (office.isEmpty()) {
                    problems.add(new FieldProblem("offices", visit.say("access.offices.form", word)));
                    return List.of();
                }
                grants.add(new Grant(office, wanted.get()));
            }
        }
        if (grants.isEmpty()) {
            problems.add(new FieldProblem("offices", visit.say("access.offices.none")));
        }
        return grants;
    }

    /// Where a link for another password goes.
    Optional<String> address(Visit visit, List<FieldProblem> problems) {
        if (mail.isEmpty()) {
            return Address.parse(login).map(Address::toString);
        }
        var address = Address.parse(mail);
        if (address.isEmpty()) {
            problems.add(new FieldProblem("mail", visit.say("error.address.invalid", mail)));
        }
        return address.map(Address::toString);
    }
}
