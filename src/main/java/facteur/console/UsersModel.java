package facteur.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// People who have an account. Immutable.
///
/// @param link for a password, made just now; it is shown once
/// @param changed the person whose roles are being changed; empty: a new one is being made
public record UsersModel(
        Optional<Link> link,
        List<Line> lines,
        Optional<String> changed,
        TextField login,
        TextField name,
        TextField mail,
        List<Choice> roles,
        TextField offices,
        List<FieldProblem> problems,
        Optional<String> message) {
    /// @param login whose it is
    public record Link(String login, String url, Instant until) {}

    /// @param href of the page that changes the roles
    /// @param roles in words
    /// @param isSelf the person who looks at the page
    public record Line(
            String login,
            String href,
            String name,
            List<String> roles,
            StateWord state,
            boolean hasSecondStep,
            Optional<Instant> signedInAt,
            boolean isDisabled,
            boolean isSelf) {
        public Line {
            roles = List.copyOf(roles);
        }
    }

    public record Choice(String word, String label, boolean isChosen) {}

    public UsersModel {
        lines = List.copyOf(lines);
        roles = List.copyOf(roles);
        problems = List.copyOf(problems);
    }
}
