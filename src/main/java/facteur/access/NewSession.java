package facteur.access;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A session that is to begin. Immutable.
///
/// @param grants of a suite's or a provider's user; those of a person are read with each request, and none must be here
/// @param language empty: a person's own, else the browser's
/// @param embed the one origin that may show it in a frame
/// @param needsSecondStep whether only the password was right so far
/// @param peer the address of the browser
/// @param agent the browser, in its own words
public record NewSession(
        Holder holder,
        List<Grant> grants,
        Optional<String> language,
        Optional<String> returnTo,
        Optional<String> embed,
        boolean needsSecondStep,
        String peer,
        String agent) {
    private static final int LONGEST_AGENT = 300;

    /// @throws IllegalArgumentException for a person with grants, who has them elsewhere; for another holder with a second step; for a
    ///         control character in a text
    public NewSession {
        grants = List.copyOf(grants);
        if (holder instanceof Holder.Person && !grants.isEmpty()) {
            throw new IllegalArgumentException("a person's rights are read with each request");
        }
        if (needsSecondStep && !(holder instanceof Holder.Person)) {
            throw new IllegalArgumentException("only persons have a second step here");
        }
        if (Stream.of(holder.key(), holder.name(), language.orElse(""), returnTo.orElse(""), embed.orElse(""))
                .anyMatch(text -> text.codePoints().anyMatch(Character::isISOControl))) {
            throw new IllegalArgumentException("a control character in what is said of a user");
        }
        agent = agent.codePoints()
                .map(point -> Character.isISOControl(point) ? '?' : point)
                .limit(LONGEST_AGENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Of a person who signed in here.
    public static NewSession of(Person person, boolean needsSecondStep, String peer, String agent) {
        return new NewSession(
                person.holder(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), needsSecondStep, peer, agent);
    }

    /// Of a user of a suite or of a provider.
    public static NewSession of(Holder holder, List<Grant> grants, String peer, String agent) {
        return new NewSession(holder, grants, Optional.empty(), Optional.empty(), Optional.empty(), false, peer, agent);
    }

    public NewSession withLanguage(Optional<String> other) {
        return new NewSession(holder, grants, other, returnTo, embed, needsSecondStep, peer, agent);
    }

    public NewSession withReturnTo(Optional<String> other) {
        return new NewSession(holder, grants, language, other, embed, needsSecondStep, peer, agent);
    }

    public NewSession withEmbed(Optional<String> other) {
        return new NewSession(holder, grants, language, returnTo, other, needsSecondStep, peer, agent);
    }
}
