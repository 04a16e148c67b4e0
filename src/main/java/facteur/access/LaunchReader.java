package facteur.access;

import facteur.mail.automatic.Language;
import facteur.mail.message.DisplayName;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.platform.config.InvalidValueException;
import facteur.platform.config.ProblemCode;
import facteur.platform.config.Section;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads who is launched where, of a request to the API or of the claims of a token alike. Problems are the section's.
record LaunchReader(Launch.Terms terms, OfficeId office) {
    private static final Pattern USER_ID = Pattern.compile("[\\p{Graph}&&\\p{ASCII}]{1,200}");
    private static final String EMBED = "embed";

    /// @throws IllegalArgumentException when the suite may not open the office
    LaunchReader {
        if (!terms.suite().serves(office)) {
            throw new IllegalArgumentException(terms.suite().name() + " may not open " + office);
        }
    }

    /// @param user the part with the keys of the user
    /// @param idKey what names the user's id
    Launch read(Section fields, Section user, String idKey) {
        return new Launch(
                terms.suite().name(),
                user.requiredValue(idKey, LaunchReader::userId, ""),
                user.requiredValue("name", LaunchReader::name, ""),
                user.value("email", LaunchReader::email),
                office,
                fields.requiredValue("role", LaunchReader::role, AccessRole.READER),
                fields.value("language", LaunchReader::language),
                fields.value("page", LandingPage::parse).orElse(LandingPage.MAIL),
                fields.value("return", this::back),
                embed(fields));
    }

    private static String userId(String text) {
        if (!USER_ID.matcher(text).matches()) {
            throw new IllegalArgumentException("must be the user's id at the suite: up to 200 visible characters of US-ASCII");
        }
        return text;
    }

    private static String name(String text) {
        var name = DisplayName.visible(text);
        if (name.isEmpty()) {
            throw new InvalidValueException(ProblemCode.VALUE_MISSING, "must be the user's name: histories show it");
        }
        return name;
    }

    private static String email(String text) {
        return Address.parse(text).map(Address::toString).orElseThrow(() -> new IllegalArgumentException("not an address"));
    }

    /// No suite makes operators.
    private static AccessRole role(String word) {
        var words = List.of(AccessRole.ADMIN.word(), AccessRole.READER.word());
        if (!words.contains(word)) {
            throw InvalidValueException.unknownWord("must be admin or reader", word, words);
        }
        return AccessRole.parse(word);
    }

    private static String language(String word) {
        var words = Stream.of(Language.values()).map(Language::word).toList();
        if (!words.contains(word)) {
            throw InvalidValueException.unknownWord("must be one of " + String.join(", ", words), word, words);
        }
        return word;
    }

    private URI back(String text) {
        var prefix = terms.suite().back()
                .orElseThrow(() -> new IllegalArgumentException("the suite has no 'return' in console.suites: nowhere can be returned to"));
        return prefix.within(text).orElseThrow(() -> new IllegalArgumentException("must be " + prefix + " or a URL below it"));
    }

    /// The suite's own origin, when the operator allows it.
    private Optional<String> embed(Section fields) {
        if (!fields.flag(EMBED, false)) {
            return Optional.empty();
        }
        var origin = terms.suite().back().map(ReturnPrefix::origin).filter(terms.embed()::contains);
        if (origin.isEmpty()) {
            fields.problem(EMBED, "not-allowed", "the origin of the suite's 'return' is not in console.embed: its frames would stay empty");
        }
        return origin;
    }
}
