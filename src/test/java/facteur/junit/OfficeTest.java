package facteur.junit;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.config.Problems;
import facteur.settings.FilesSource;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings in code are the settings of a file.
final class OfficeTest {
    private static final Office OFFICE = Office.of("\"Dupont, Cabinet\" <office@dupont.example>")
            .from("me@dupont.example", "Même")
            .replyTo("sender")
            .context("task", "general", "tasks@dupont.example")
            .context("invoice", "responsible")
            .user("Jan <jan@dupont.example>")
            .user("An <an@dupont.example>")
            .relation("R-1", "responsible", "An <an@dupont.example>", "Jan <jan@dupont.example>")
            .relation("R-1", "partner", "Pat <pat@dupont.example>")
            .relation("no: 2", "partner", "Pat <pat@dupont.example>");

    private static final String SAME = """
            company: '"Dupont, Cabinet" <office@dupont.example>'
            from: { address: me@dupont.example, name: Même }
            reply-to: sender
            contexts:
              task:    { reply-to: general, address: tasks@dupont.example }
              invoice: { reply-to: responsible }
            users: [Jan <jan@dupont.example>, An <an@dupont.example>]
            relations:
              R-1: { responsible: "An <an@dupont.example>, Jan <jan@dupont.example>", partner: Pat <pat@dupont.example> }
              'no: 2': { partner: Pat <pat@dupont.example> }
            """;

    @TempDir
    private Path folder;

    @Test
    void saysWhatItsFileWouldSay() throws Exception {
        Files.writeString(folder.resolve("code.yaml"), OFFICE.toString());
        Files.writeString(folder.resolve("file.yaml"), SAME);
        var problems = new Problems();
        var source = new FilesSource(folder, Address.of("inbox@shared.example"), Roles.DEFAULT, new TestTime());
        source.readAll(problems, _ -> false);
        assertThat(problems.list()).isEmpty();

        assertThat(found(source.office(new OfficeId("code"))))
                .usingRecursiveComparison()
                .ignoringFields("id", "version")
                .isEqualTo(found(source.office(new OfficeId("file"))));
        for (var relation : new String[] {"R-1", "no: 2"}) {
            assertThat(found(source.relation(new OfficeId("code"), new RelationId(relation))))
                    .isEqualTo(found(source.relation(new OfficeId("file"), new RelationId(relation))));
        }
    }

    @Test
    void isNotChangedByWhatIsMadeOfIt() {
        var before = OFFICE.toString();
        OFFICE.replyTo("company").context("task", "sender").user("Eve <eve@dupont.example>").relation("R-1", "partner");
        assertThat(OFFICE).hasToString(before);
    }

    private static <T> T found(Lookup<T> lookup) {
        return ((Lookup.Found<T>) lookup).value();
    }
}
