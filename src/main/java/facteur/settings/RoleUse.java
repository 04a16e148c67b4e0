package facteur.settings;

import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where roles are in use that a list no longer has. Stateless.
public final class RoleUse {
    /// Where something stands in a text.
    private record Place(int line, String key) {
        static Place of(Problem problem) {
            return new Place(problem.line(), problem.key());
        }
    }

    private RoleUse() {}

    /// By what is wrong with one file.
    ///
    /// @param before by the roles of now
    /// @param after by the roles to be
    /// @return the first problem that only the other roles make, and how many there are
    static Optional<Problem> ofFile(Problems before, Problems after) {
        var known = before.list().stream().map(Place::of).collect(Collectors.toSet());
        var made = after.list().stream().filter(problem -> !known.contains(Place.of(problem))).toList();
        return made.stream().findFirst().map(first -> made.size() == 1
                ? first
                : new Problem(first.origin(), first.line(), first.key(), first.code(),
                        first.message() + " (and " + (made.size() - 1) + " more in this file)", first.nearest()));
    }

    /// By an answer of a source.
    ///
    /// @param key of the answer
    static Stream<Problem> ofAnswer(CacheKey key, Object answer, Roles next) {
        var origin = "office " + key.office();
        return switch (answer) {
            case OfficeSettings office -> ofOffice(office).entrySet().stream().flatMap(use -> problem(origin, use.getKey(), use.getValue(), next));
            case RelationCard card -> card.roles().entrySet().stream()
                    .filter(use -> !use.getValue().isEmpty())
                    .flatMap(use -> problem(origin, "relations." + key.client().map(Object::toString).orElse(""), use.getKey(), next));
            default -> Stream.of();
        };
    }

    /// By the settings of an office.
    public static Stream<Problem> of(OfficeSettings office, Roles next) {
        return ofAnswer(new CacheKey.OfOffice(office.id()), office, next);
    }

    /// By the key that names a role.
    private static Map<String, Role> ofOffice(OfficeSettings office) {
        var general =
                office.replyTo() instanceof ReplyTo.ToRole(var role) ? Stream.of(Map.entry("reply-to", role)) : Stream.<Map.Entry<String, Role>>of();
        var contexts = office.contexts().entrySet().stream().flatMap(context -> role(context.getValue()).stream()
                .map(role -> Map.entry("contexts." + context.getKey() + ".reply-to", role)));
        return Stream.concat(general, contexts).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Optional<Role> role(ContextSettings context) {
        ContextReplyTo replyTo = context.replyTo();
        return replyTo instanceof ReplyTo.ToRole(var role) ? Optional.of(role) : Optional.empty();
    }

    private static Stream<Problem> problem(String origin, String key, Role role, Roles next) {
        return next.list().contains(role) ? Stream.of() : Stream.of(new Problem(origin, 0, key, next.unlisted(role.name())));
    }

    /// Sorted, so that the same use is told in the same words.
    static List<Problem> sorted(Stream<Problem> problems) {
        return problems.sorted(Comparator.comparing(Problem::toString)).toList();
    }
}
