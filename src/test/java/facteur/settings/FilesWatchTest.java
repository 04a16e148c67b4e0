package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.office.Roles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesWatchTest {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final String GOOD = "company: o@d.example\n";
    private static final String CARDS = "relation,responsible\nR-1,An <an@d.example>\n";

    private final TestTime time = new TestTime();
    private final List<String> reported = new ArrayList<>();

    @TempDir
    private Path folder;

    private FilesSource source = new FilesSource(Path.of("nowhere"), Address.of("inbox@shared.example"), Roles.DEFAULT, time);
    private FilesWatch watch = source.watch(new Reports());

    private final class Reports implements FilesWatch.Listener {
        @Override
        public void troubled(FileTrouble trouble) {
            reported.add(brief(trouble.sentence()));
        }

        @Override
        public void recovered(String office, Path file, FilesWatch.Recovery now) {
            reported.add(office + ": " + file.getFileName() + " " + now.words());
        }
    }

    @BeforeEach
    void open() {
        source = new FilesSource(folder, Address.of("inbox@shared.example"), Roles.DEFAULT, time);
        watch = source.watch(new Reports());
    }

    @Test
    void tellsEachChangeOnce() throws IOException {
        write("dupont.yaml", GOOD);
        look(3);
        assertThat(reported).isEmpty();

        write("dupont.yaml", "company: none\n");
        look(3);
        assertThat(reported).singleElement().asString()
                .startsWith("dupont.yaml:1: company: not a mailbox: none; it has no address.")
                .endsWith("; letters that need it get 451");

        write("dupont.yaml", "company: none \n");
        look(3);
        assertThat(reported).hasSize(1);

        write("dupont.yaml", GOOD + "from: { name: D }\ncontexts: 1\n");
        look(3);
        assertThat(reported).hasSize(2);
        assertThat(reported.getLast()).startsWith("dupont.yaml:2: from.address: ").contains(", and 1 other problem; ");

        makeUnreadable("dupont.yaml");
        look(3);
        assertThat(reported).hasSize(3);
        assertThat(reported.getLast()).startsWith("dupont.yaml: can't be read: ");

        write("dupont.yaml", GOOD);
        look(3);
        assertThat(reported).hasSize(4).last().isEqualTo("dupont: dupont.yaml can be used again");
        assertThat(watch.troubles()).isEmpty();
    }

    @Test
    void saysWhetherAnOldAnswerGoesOn() throws IOException {
        write("dupont.yaml", GOOD);
        write("durand.yaml", GOOD);
        write("dupont.relations.csv", CARDS);
        assertThat(source.relation(DUPONT, new RelationId("R-1"))).isInstanceOf(Lookup.Found.class);
        look(1);
        write("dupont.yaml", "company: none\n");
        write("durand.yaml", "company: none\n");
        write("dupont.relations.csv", "relation,boss\n");
        look(1);
        assertThat(watch.troubles())
                .extracting(trouble -> brief(trouble.file().toString()) + " " + trouble.line() + " " + trouble.meanwhile())
                .containsExactly("dupont.relations.csv 1 OLD_ANSWER", "dupont.yaml 1 OLD_ANSWER", "durand.yaml 1 NONE");
        assertThat(watch.count()).isEqualTo(3);
        assertThat(reported)
                .anyMatch(sentence -> sentence.startsWith("dupont.yaml:1: company: ") && sentence.endsWith("; the last good version stays in use"));
    }

    @Test
    void aCardWithAMistakeIsTroubleToo() throws IOException {
        write("dupont.yaml", GOOD + "relations: { R-2: { partner: absent } }\n");
        write("dupont.relations.csv", CARDS + "R-3,absent\n");
        look(2);
        assertThat(reported)
                .hasSize(2)
                .allMatch(sentence -> sentence.endsWith("; letters about the clients of such cards get 451, unless these were read before"));
        assertThat(watch.troubles()).extracting(FileTrouble::line).containsExactly(3, 2);
    }

    @Test
    void aFileThatIsGoneIsNoTroubleAnyMore() throws IOException {
        write("dupont.yaml", "company: none\n");
        look(1);
        Files.delete(folder.resolve("dupont.yaml"));
        look(1);
        assertThat(reported).hasSize(1);
        time.advance(Duration.ofSeconds(2));
        look(2);
        assertThat(reported).hasSize(2).last().isEqualTo("dupont: dupont.yaml was removed");
        assertThat(watch.troubles()).isEmpty();
    }

    @Test
    void aFolderThatCantBeListedIsOneTrouble() throws IOException {
        write("dupont.yaml", GOOD);
        write("durand.yaml", "company: none\n");
        look(1);
        var away = folder.resolveSibling("away");
        Files.move(folder, away);
        look(3);
        assertThat(reported).hasSize(2);
        assertThat(reported.getLast()).contains(": no such file; changes in it aren't seen");
        Files.move(away, folder);
        look(3);
        assertThat(reported).hasSize(3).last().asString().endsWith(" can be used again");
        assertThat(watch.troubles()).extracting(FileTrouble::office).containsExactly("durand");
    }

    @Test
    void halfAFileIsNotJudged() throws IOException {
        write("dupont.yaml", GOOD);
        look(1);
        Files.writeString(folder.resolve("dupont.yaml"), "compa");
        Files.setLastModifiedTime(folder.resolve("dupont.yaml"), FileTime.from(time.instant()));
        look(2);
        write("dupont.yaml", GOOD);
        look(2);
        assertThat(reported).isEmpty();
    }

    @Test
    void aChangeCountsAtOnceWhenAnOperatorSaysSo() throws IOException {
        write("dupont.yaml", GOOD);
        look(1);
        Files.writeString(folder.resolve("dupont.yaml"), "compa");
        Files.setLastModifiedTime(folder.resolve("dupont.yaml"), FileTime.from(time.instant()));
        watch.settled();
        look(1);
        assertThat(reported).singleElement().asString().startsWith("dupont.yaml:1: ");
    }

    @Test
    void looksAtOneOfficeWhenALetterMeetsItsTrouble() throws IOException {
        write("dupont.yaml", "company: none\n");
        watch.look(DUPONT);
        watch.look(new OfficeId("absent"));
        assertThat(reported).hasSize(1);
    }

    private void look(int times) {
        for (var i = 0; i < times; i++) {
            watch.look();
        }
    }

    /// Root may read everything; a link to itself can't be followed by anyone.
    private void makeUnreadable(String name) throws IOException {
        Files.delete(folder.resolve(name));
        Files.createSymbolicLink(folder.resolve(name), Path.of(name));
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(time.instant().minusSeconds(10)));
    }

    private String brief(String text) {
        return text.replace(folder + "/", "");
    }
}
