package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryOffices;
import facteur.mail.smtp.Address;
import facteur.office.RelationId;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Roles;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Other roles than the four of old, in files.
final class FilesRolesTest extends FilesSourceRig {
    private static final Role SENIOR = new Role("senior");

    @Test
    void repliesAndCardsTakeAnyListedRole() throws IOException {
        write("dupont.yaml", """
                company: o@d.example
                reply-to: senior
                contexts: { invoice: { reply-to: invoicing } }
                relations: { R-1: { name: "Bakkerij\\r\\nBcc: \\u202EPeeters", senior: s@d.example } }
                """);
        write("dupont.relations.csv", "relation,invoicing,name\nR-2,i@d.example,Peeters NV\n");
        var source = source(ArbitraryOffices.ROLES);
        source.readAll(problems, _ -> false);
        assertThat(problems).hasToString("");
        assertThat(found(source.office(DUPONT)).replyTo()).isEqualTo(new ReplyTo.ToRole(SENIOR));
        var inYaml = found(source.relation(DUPONT, new RelationId("R-1")));
        assertThat(inYaml.people(SENIOR)).containsExactly(mailbox("s@d.example"));
        assertThat(inYaml.name()).isEqualTo("Bakkerij Bcc: Peeters");
        var inCsv = found(source.relation(DUPONT, new RelationId("R-2")));
        assertThat(inCsv.people(new Role("invoicing"))).containsExactly(mailbox("i@d.example"));
        assertThat(inCsv.name()).isEqualTo("Peeters NV");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reply-to: seniro                           | reply-to: 'seniro' is not one of company, sender, partner,
            reply-to: seniro                           | did you mean 'senior'?
            contexts: { a: { reply-to: invoicin } }    | contexts.a.reply-to: 'invoicin' is not one of general, sender, partner,
            relations: { R-1: { seniro: s@d.example } } | relations.R-1.seniro: unknown key; did you mean 'senior'?
            relations: { R-1: { nmae: Peeters } }      | relations.R-1.nmae: unknown key; did you mean 'name'?
            relations: { R-1: { name: [a, b] } }       | relations.R-1.name: must be a single value, not a list
            """)
    void anUnlistedRoleIsAProblem(String line, String problem) throws IOException {
        write("dupont.yaml", "company: o@d.example\n" + line + "\n");
        source(ArbitraryOffices.ROLES).readAll(problems, _ -> false);
        assertThat(problems.list()).singleElement().asString().contains("dupont.yaml:2: ").contains(problem);
    }

    @Test
    void knowsEachFileThatUsesARoleThatGoes() throws IOException {
        write("dupont.yaml", "company: o@d.example\nreply-to: senior\nrelations: { R-1: { senior: s@d.example } }\n");
        write("dupont.relations.csv", "relation,senior\nR-2,s@d.example\n");
        write("durand.yaml", "company: nonsense\nreply-to: partner\n");
        write("durand.relations.csv", "relation,prtner\nR-2,s@d.example\n");
        write("notes.txt", "senior");
        var source = source(ArbitraryOffices.ROLES);
        assertThat(source.unlisted(ArbitraryOffices.ROLES).orElseThrow()).isEmpty();
        assertThat(source.unlisted(Roles.of(Role.PARTNER, SENIOR)).orElseThrow()).describedAs("durand's own mistakes are none of roles").isEmpty();
        assertThat(source.unlisted(Roles.DEFAULT).orElseThrow()).extracting(Object::toString).map(text -> text.replace(folder + "/", ""))
                .satisfiesExactly(
                        csv -> assertThat(csv).startsWith("dupont.relations.csv:1: senior: unknown column; known are collaborator, name, partner,"),
                        yaml -> assertThat(yaml).startsWith("dupont.yaml:2: reply-to: 'senior' is not one of company, sender, collaborator,")
                                .endsWith("(and 1 more in this file)"));
        assertThat(source.unlisted(Roles.of(SENIOR)).orElseThrow()).extracting(Object::toString).singleElement().asString()
                .contains("durand.yaml:2: reply-to: 'partner' is not one of company, sender, senior");
    }

    private FilesSource source(Roles roles) {
        return new FilesSource(folder, Address.of("inbox@shared.example"), roles, time);
    }
}
