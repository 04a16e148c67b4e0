package facteur.cli;

import facteur.access.Person;
import facteur.access.Persons;
import facteur.platform.log.Erasure;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;

/// Accounts for the console of a person who is to be forgotten. One that is disabled is removed; with another the person may be at work.
final class ForgottenPersons {
    private final Persons persons;
    private final List<Person> found;

    ForgottenPersons(Persons persons, Erasure erasure) throws SQLException {
        this.persons = persons;
        found = persons.list().stream()
                .filter(person -> erasure.concerns(person.login()) || person.address().filter(erasure::concerns).isPresent())
                .toList();
    }

    /// Whether one stays, since it isn't disabled.
    boolean isOneLeft() {
        return found.stream().anyMatch(person -> !person.isDisabled());
    }

    void remove() throws SQLException {
        for (var person : found) {
            var _ = persons.remove(person.login());
        }
    }

    void print(PrintWriter out, boolean isDryRun) {
        for (var person : found) {
            out.println(person.isDisabled()
                    ? "an account for the console that is disabled" + (isDryRun ? "" : ": removed")
                    : "not touched: an account for the console: facteur user disable " + person.login() + ", then run this again");
        }
    }
}
