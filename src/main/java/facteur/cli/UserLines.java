package facteur.cli;

import facteur.access.Grant;
import facteur.access.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Persons of the console for people and for programs; nothing of it lets anyone in.
final class UserLines {
    private static final String FORM = "%-24s  %-24s  %-11s  %-11s  %s";

    private UserLines() {}

    static CommandException unknown(String name) {
        return CommandException.of(ExitCode.DATA, "no such person: " + name + "; facteur user list shows all");
    }

    /// After one was made.
    static String made(Person person, Instant until) {
        return person.login() + ": " + roles(person) + ". The link sets the first password, once, until " + seconds(until);
    }

    static String reset(Person person, Instant until) {
        return person.login() + ": the link sets another password, once, until " + seconds(until);
    }

    static String text(List<Person> persons) {
        var lines = new ArrayList<String>();
        lines.add(FORM.formatted("name", "roles", "password", "second step", "last sign-in"));
        persons.forEach(person -> lines.add(FORM.formatted(
                person.login(),
                roles(person),
                password(person),
                person.hasSecondStep() ? "yes" : "no",
                person.signedInAt().map(UserLines::seconds).orElse("never"))));
        return String.join("\n", lines);
    }

    private static String password(Person person) {
        if (person.isDisabled()) {
            return "disabled";
        }
        return person.hasPassword() ? "set" : "none yet";
    }

    /// `dupont:admin,durand:admin`.
    static String roles(Person person) {
        return person.rights().grants().stream().map(Grant::toString).collect(Collectors.joining(","));
    }

    static Map<String, Object> members(Person person) {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", person.login());
        members.put("shownAs", person.name());
        members.put("mail", person.address().orElse(""));
        members.put("roles", person.rights().grants().stream().map(Grant::toString).toList());
        members.put("hasPassword", person.hasPassword());
        members.put("hasSecondStep", person.hasSecondStep());
        members.put("madeAt", person.madeAt());
        members.put("madeBy", person.madeBy());
        members.put("signedInAt", person.signedInAt().map(Instant::toString).orElse(""));
        members.put("disabledAt", person.disabling().map(Person.Disabling::at).map(Instant::toString).orElse(""));
        members.put("disabledBy", person.disabling().map(Person.Disabling::by).orElse(""));
        return members;
    }

    private static String seconds(Instant instant) {
        return Instant.ofEpochSecond(instant.getEpochSecond()).toString();
    }
}
