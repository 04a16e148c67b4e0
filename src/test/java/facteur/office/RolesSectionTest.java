package facteur.office;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.automatic.Language;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The key `roles` of the configuration.
final class RolesSectionTest {
    private final Problems problems = new Problems();

    @Test
    void namesAndMappingsMayStandInOneList() {
        var roles = read("""
                roles:
                  - partner
                  - { name: senior, fr: Chef de dossier, nl: "Dossier\u202Ebeheerder" }
                  - name: tax
                    en: Tax adviser
                """);
        assertThat(problems).hasToString("");
        assertThat(roles.names()).containsExactly("partner", "senior", "tax");
        assertThat(roles.label(new Role("senior"), Language.FR)).isEqualTo("Chef de dossier");
        assertThat(roles.label(new Role("senior"), Language.NL)).isEqualTo("Dossierbeheerder");
        assertThat(roles.label(new Role("senior"), Language.EN)).isEqualTo("Senior");
        assertThat(roles.label(new Role("tax"), Language.EN)).isEqualTo("Tax adviser");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "roles:", "roles: ~", "roles: [collaborator, substitute, responsible, partner]"})
    void theDefaultIsTheFourOfOld(String yaml) {
        assertThat(read(yaml)).isEqualTo(Roles.DEFAULT);
        assertThat(problems).hasToString("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"roles: senior", "roles: [senior]", "roles: { name: senior }", "roles: [{ name: senior, fr: }]"})
    void oneRoleNeedsNoList(String yaml) {
        assertThat(read(yaml)).isEqualTo(Roles.of(new Role("senior")));
        assertThat(problems).hasToString("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            roles: []                                   | roles: is an empty list: at least one role is needed
            roles: [partner, Senior]                    | roles[1]: 'Senior' is not a role: up to 32 of a-z 0-9 -
            roles: [partner, "a\\r\\nBcc: x"]           | roles[1]: 'a??Bcc: x' is not a role
            roles: [partner, "a\\u202Eb"]               | roles[1]: 'a?b' is not a role
            roles: [partner, sender]                    | roles[1]: 'sender' can't be a role
            roles: [{ name: general }]                  | roles[0].name: 'general' can't be a role
            roles: [partner, senior, partner]           | roles[2]: the role 'partner' is given twice
            roles: [partner, { name: partner, fr: P }]  | roles[1]: the role 'partner' is given twice
            roles: [partner, { fr: Senior }]            | roles[1].name: is missing
            roles: [{ name: senior, fe: Senior }]       | roles[0].fe: unknown key; did you mean 'fr'?
            roles: [{ name: senior, de: Senior }]       | roles[0].de: unknown key
            roles: [{ name: senior, fr: [a, b] }]       | roles[0].fr: must be a single value, not a list
            roles: [{ name: senior, fr: "\\u202E" }]    | roles[0].fr: must not be empty
            roles: [[partner]]                          | roles[0]: must be a mapping
            roles: [partner, ~]                         | roles[1]: must not be empty
            """)
    void saysWhereAndWhatIsWrong(String yaml, String problem) {
        read(yaml);
        assertThat(problems.list()).extracting(Object::toString).singleElement().asString().startsWith("facteur.yaml:1: " + problem);
    }

    private Roles read(String yaml) {
        var root = ConfigFile.parse(yaml, Path.of("facteur.yaml"), problems);
        var roles = Roles.from(root);
        root.close();
        return roles;
    }
}
