package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Settings that are allowed and probably a mistake.
final class LintTest extends FilesSourceRig {
    @Test
    void warnsOfWhatIsProbablyAMistake() throws IOException {
        write("dupont.yaml", """
                company: Dupont <office@dupont.example>
                from: { address: office@dupont.example }
                users: [jan@people.example]
                relations:
                  R-1: { partner: [a@dupont.example, b@people.example, c@elsewhere.example, d@elsewhere.example] }
                """);
        write("durand.yaml", "company: Durand <OFFICE@dupont.example>\n");
        write("homograph.yaml", "company: раypal <o@ехample.example>\n");
        write("international.yaml", "company: Компания Dupont <o@international.example>\n");
        open(folder);
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).extracting(Object::toString).hasSize(4)
                .anyMatch(text -> text.contains("homograph.yaml: 'раypal' mixes scripts"))
                .anyMatch(text -> text.contains("homograph.yaml: 'ехample.example' mixes scripts"))
                .anyMatch(text -> text.contains(
                        "dupont.yaml: relations: 2 addresses on cards are at none of the office's domains; the first is c@elsewhere.example"))
                .anyMatch(text -> text.contains("durand.yaml: OFFICE@dupont.example is also an address of the office dupont"));
    }

    @Test
    void warnsOfRepliesToStrangers() throws IOException {
        write("dupont.yaml", """
                company: Dupont <office@dupont.example>
                users: [jan@people.example]
                contexts:
                  task: { reply-to: general, address: jan@people.example }
                  invoice: { reply-to: general, address: invoices@DUPONT.example }
                  reminder: { reply-to: general, address: invoices@dup0nt.example }
                  note: { reply-to: sender, from: { address: a@notes.example } }
                  letter: { reply-to: general, address: b@notes.example }
                """);
        open(folder);
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).extracting(Object::toString)
                .containsExactly(folder.resolve("dupont.yaml")
                        + ": contexts: replies go to invoices@dup0nt.example, which is at none of the office's domains");
    }

    @Test
    void warnsOfNamesThatNoLetterSays() throws IOException {
        write("dupont.yaml", """
                company: Dupont <office@dupont.example>
                contexts:
                  annual  report: { reply-to: sender }
                  échéance: { reply-to: sender }
                relations:
                  R-1 of 2026: { partner: a@dupont.example }
                  Café 12: { partner: a@dupont.example }
                  =?utf-8?Q?R-1?=: { partner: a@dupont.example }
                """);
        write("dupont.relations.csv",
                "relation,partner\nA =?x,a@dupont.example\nZ  1,a@dupont.example\nZ\u200b2,a@dupont.example\n\u00a0Z,a@dupont.example\n");
        open(folder);
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).extracting(Object::toString).hasSize(2)
                .anyMatch(text -> text.contains("dupont.yaml: contexts: 'annual  report' can't be sent by every app: blanks side by side"))
                .anyMatch(text -> text
                        .contains("dupont.yaml: relations: '=?utf-8?Q?R-1?=' can't be sent by every app (nor can 3 others): mail programs take it"));
    }
}
