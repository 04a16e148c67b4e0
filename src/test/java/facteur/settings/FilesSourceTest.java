package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.Lookup;
import facteur.office.OfficeFrom;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.platform.config.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilesSourceTest {
    private static final OfficeId DUPONT = new OfficeId("dupont");

    private final Problems problems = new Problems();
    private final TestTime time = new TestTime();

    @TempDir
    private Path folder;

    @Test
    void readsAnOffice() throws IOException {
        var source = read("dupont", """
                company: Cabinet Dupont <office@dupont.example>
                from: { address: office@dupont.example, name: Cabinet Dupont SRL }
                reply-to: sender
                contexts:
                  Task:    { reply-to: general, address: tasks@dupont.example }
                  invoice: { reply-to: responsible, from: { address: billing@dupont.example } }
                  other:   {}
                users: [Jan Janssens <jan@dupont.example>, an@dupont.example]
                relations:
                  R-1042: { collaborator: Jan Janssens <jan@dupont.example>, partner: "A <a@d.example>, B <b@d.example>" }
                  42: { responsible: [An Peeters <an@dupont.example>, c@d.example] }
                """);
        assertThat(problems.list()).isEmpty();
        var office = found(source.office(DUPONT));
        assertThat(office.company()).isEqualTo(mailbox("Cabinet Dupont <office@dupont.example>"));
        assertThat(office.from()).contains(new OfficeFrom(Address.of("office@dupont.example"), Optional.of("Cabinet Dupont SRL")));
        assertThat(office.replyTo()).isEqualTo(new ReplyTo.ToSender());
        assertThat(office.context(ContextName.of("TASK")).orElseThrow().replyTo())
                .isEqualTo(new ContextReplyTo.ToCompanyOr(Optional.of(mailbox("tasks@dupont.example"))));
        assertThat(office.context(ContextName.of("invoice")).orElseThrow())
                .isEqualTo(new ContextSettings(
                        new ReplyTo.ToRole(Role.RESPONSIBLE),
                        Optional.of(new OfficeFrom(Address.of("billing@dupont.example"), Optional.empty())),
                        Optional.empty()));
        assertThat(office.context(ContextName.of("other")).orElseThrow().replyTo()).isEqualTo(new ContextReplyTo.AsGeneral());
        assertThat(office.users()).hasSize(2);

        var card = found(source.relation(DUPONT, new RelationId("R-1042")));
        assertThat(card.people(Role.COLLABORATOR)).containsExactly(mailbox("Jan Janssens <jan@dupont.example>"));
        assertThat(card.people(Role.PARTNER)).containsExactly(mailbox("A <a@d.example>"), mailbox("B <b@d.example>"));
        assertThat(card.people(Role.SUBSTITUTE)).isEmpty();
        assertThat(found(source.relation(DUPONT, new RelationId("42"))).people(Role.RESPONSIBLE)).hasSize(2);
        assertThat(source.relation(DUPONT, new RelationId("r-1042"))).isEqualTo(new Lookup.Missing<>());
        assertThat(source.office(new OfficeId("durand"))).isEqualTo(new Lookup.Missing<>());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reply-to: company                                                        | company: is missing
            company: Cabinet Dupont                                                  | company: not a mailbox
            company: dupönt@dupont.example                                           | company: the part before @ must be US-ASCII
            {company: o@d.example, from: {name: Dupont}}                             | from.address: an office address is needed
            {company: o@d.example, from: {address: dupont@GMAIL.com}}                | from.address: GMAIL.com is a public mail provider
            {company: o@d.example, from: {address: dupont@Shared.example}}           | from.address: Shared.example is the relay's own
            {company: o@d.example, contexts: {x: {from: {address: a@gmail.com}}}}    | contexts.x.from.address: gmail.com is a public
            {company: o@d.example, reply-to: general}                                | reply-to:
            {company: o@d.example, contexts: {x: {reply-to: company}}}               | contexts.x.reply-to:
            {company: o@d.example, contexts: {x: {adress: a@d.example}}}             | contexts.x.adress: unknown key
            {company: o@d.example, contexts: {x: {}, X: {}}}                         | given twice
            {company: o@d.example, users: [Jan]}                                     | users
            {company: o@d.example, relations: [R-1]}                                 | relations: must be a mapping
            """)
    void anOfficeWithAProblemIsUnusable(String yaml, String problem) throws IOException {
        var source = read("dupont", yaml);
        assertThat(problems.list().stream().map(Object::toString)).anyMatch(text -> text.contains(problem));
        assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Unusable.class);
    }

    @ParameterizedTest
    @CsvSource({"sender", "responsible", "''"})
    void warnsOfAFreeAddressThatDoesNotCount(String replyTo) throws IOException {
        var source = read("dupont", "company: o@d.example\ncontexts: { x: { reply-to: " + replyTo + ", address: a@d.example } }\n"
                .replace("reply-to: ,", ""));
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).singleElement().asString().contains("contexts.x.address: counts only with 'reply-to: general'");
        assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void oneBrokenOfficeTouchesNoOther() throws IOException {
        write("dupont.yaml", "company: o@d.example\n");
        write("broken.yaml", "company: [\n");
        Files.write(folder.resolve("latin.yaml"), "company: Société <o@d.example>\n".getBytes(StandardCharsets.ISO_8859_1));
        write("Not An Id.yaml", "company: o@d.example\n");
        write("readme.txt", "not an office");
        var source = open(folder);
        assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Found.class);
        assertThat(source.office(new OfficeId("broken"))).isInstanceOf(Lookup.Unusable.class);
        assertThat(source.office(new OfficeId("latin"))).isInstanceOf(Lookup.Unusable.class);
        assertThat(problems.list().stream().map(Object::toString))
                .anyMatch(text -> text.contains("broken.yaml:"))
                .anyMatch(text -> text.contains("latin.yaml:1: is not UTF-8"))
                .anyMatch(text -> text.contains("Not An Id.yaml: the name of an office's file is its id"));
    }

    @Test
    void saysWhenThereIsNoFolder() {
        open(folder.resolve("none"));
        assertThat(problems.list()).singleElement().asString().contains("no such file");
    }

    @Test
    void theVersionChangesWithTheText() throws IOException {
        var first = found(read("dupont", "company: o@d.example\n").office(DUPONT)).version();
        var same = found(read("dupont", "company: o@d.example\n").office(DUPONT)).version();
        var other = found(read("dupont", "company: p@d.example\n").office(DUPONT)).version();
        assertThat(first).isEqualTo(same).isNotEqualTo(other).hasSize(12);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {collaborator: Jan}             | relations.R-1.collaborator: not a mailbox
            {boss: jan@d.example}           | relations.R-1.boss: unknown key
            {partner: {jan: jan@d.example}} | relations.R-1.partner: must be a single value
            jan@d.example                   | relations.R-1: must be a mapping
            """)
    void aCardWithAMistakeTouchesNoOther(String card, String problem) throws IOException {
        var source = read("dupont", "company: o@d.example\nrelations: { R-1: " + card + ", R-2: { partner: q@d.example } }\n");
        assertThat(problems.list()).singleElement().asString().contains(problem);
        assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Found.class);
        assertThat(source.relation(DUPONT, new RelationId("R-1"))).isInstanceOf(Lookup.Unusable.class);
        assertThat(found(source.relation(DUPONT, new RelationId("R-2"))).people(Role.PARTNER)).hasSize(1);
    }

    @Test
    void aCardThatWasGoodStaysWhatItWas() throws IOException {
        write("dupont.relations.csv", "relation,partner\nR-7,p@d.example\n");
        var source = read("dupont", "company: o@d.example\nrelations: { R-1: { partner: q@d.example } }\n");
        write("dupont.yaml", "company: new@d.example\nrelations: { R-1: { partner: nonsense }, R-3: { partner: nonsense } }\n");
        write("dupont.relations.csv", "relation,partner\nR-7,nonsense\nR-8,r@d.example\n");
        assertThat(found(source.office(DUPONT)).company().address().localPart()).isEqualTo("new");
        assertThat(found(source.relation(DUPONT, new RelationId("R-1"))).people(Role.PARTNER)).hasSize(1);
        assertThat(found(source.relation(DUPONT, new RelationId("R-7"))).people(Role.PARTNER)).hasSize(1);
        assertThat(found(source.relation(DUPONT, new RelationId("R-8"))).people(Role.PARTNER)).hasSize(1);
        assertThat(source.relation(DUPONT, new RelationId("R-3"))).isInstanceOf(Lookup.Unusable.class);
    }

    @Test
    void cardsThatCantBeReadAtAllDontStopTheOffice() throws IOException {
        write("dupont.relations.csv", "boss\np@d.example\n");
        var source = read("dupont", "company: o@d.example\nrelations: { R-1: { partner: q@d.example } }\n");
        assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Found.class);
        assertThat(source.relation(DUPONT, new RelationId("R-1"))).describedAs("the other file may say otherwise").isInstanceOf(Lookup.Unusable.class);
        write("dupont.relations.csv", "\uFEFFrelation,partner\nR-7,p@d.example\n");
        assertThat(source.relation(DUPONT, new RelationId("R-7"))).isInstanceOf(Lookup.Found.class);
        write("dupont.relations.csv", "relation,prtner\nR-7,other@d.example\n");
        assertThat(found(source.relation(DUPONT, new RelationId("R-7"))).people(Role.PARTNER)).extracting(Object::toString).containsExactly("p@d.example");
    }

    @Test
    void readsAGroupOnACard() throws IOException {
        var source = read("dupont", "company: o@d.example\nrelations: { R-1: { partner: \"Partners: a@d.example, B <b@d.example>;, c@d.example\" } }\n");
        assertThat(problems.list()).isEmpty();
        assertThat(found(source.relation(DUPONT, new RelationId("R-1"))).people(Role.PARTNER)).extracting(Object::toString)
                .containsExactly("a@d.example", "B <b@d.example>", "c@d.example");
    }

    @Test
    void theVersionNamesTheCardsToo() throws IOException {
        write("dupont.relations.csv", "relation,partner\nR-7,p@d.example\n");
        var source = read("dupont", "company: o@d.example\n");
        var first = found(source.office(DUPONT)).version();
        write("dupont.relations.csv", "relation,partner\nR-7,other@d.example\n");
        var second = found(source.office(DUPONT)).version();
        assertThat(second).isNotEqualTo(first).startsWith(first.substring(0, 12));
    }

    @Test
    void aPersonOnACardCountsOnce() throws IOException {
        var source = read("dupont", """
                company: o@d.example
                relations: { R-1: { partner: [a@d.example, A@D.example, b@d.example, c@d.example, d@d.example, e@d.example, f@d.example] } }
                """);
        assertThat(found(source.relation(DUPONT, new RelationId("R-1"))).people(Role.PARTNER))
                .extracting(person -> person.address().localPart())
                .isEqualTo(List.of("a", "b", "c", "d", "e", "f"));
    }

    @Test
    void cardsMayLieInACsvFileBesideTheOffice() throws IOException {
        write("dupont.relations.csv", "relation,partner\nR-7,p@d.example\n");
        var source = read("dupont", "company: o@d.example\nrelations: { R-1: { partner: q@d.example } }\n");
        assertThat(problems.list()).isEmpty();
        assertThat(found(source.relation(DUPONT, new RelationId("R-7"))).people(Role.PARTNER)).hasSize(1);
        assertThat(found(source.relation(DUPONT, new RelationId("R-1"))).people(Role.PARTNER)).hasSize(1);
        assertThat(source.relation(DUPONT, new RelationId("R-8"))).isEqualTo(new Lookup.Missing<>());
    }

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
                .anyMatch(text -> text.contains("dupont.yaml: relations: 2 addresses on cards are at none of the office's domains; the first is c@elsewhere.example"))
                .anyMatch(text -> text.contains("durand.yaml: OFFICE@dupont.example is also an address of the office dupont"));
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
        write("dupont.relations.csv", "relation,partner\nA =?x,a@dupont.example\nZ  1,a@dupont.example\nZ\u200b2,a@dupont.example\n\u00a0Z,a@dupont.example\n");
        open(folder);
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).extracting(Object::toString).hasSize(2)
                .anyMatch(text -> text.contains("dupont.yaml: contexts: 'annual  report' can't be sent by every app: blanks side by side"))
                .anyMatch(text -> text.contains("dupont.yaml: relations: '=?utf-8?Q?R-1?=' can't be sent by every app (nor can 3 others): mail programs take it"));
    }

    @Test
    void anAccentIsTheSameHoweverItIsComposed() throws IOException {
        write("dupont.relations.csv", "relation,partner\nE\u0301 7,p@d.example\n\u00c9 8,nonsense\nE\u0301 9,p@d.example\n\u00c9 9,p@d.example\n");
        var source = open(folder);
        write("dupont.yaml", "company: o@d.example\nrelations: { \"\u00e9 1\": { partner: q@d.example } }\n");
        assertThat(source.relation(DUPONT, new RelationId("\u00c9 7"))).isInstanceOf(Lookup.Found.class);
        assertThat(source.relation(DUPONT, new RelationId("E\u0301 8"))).isInstanceOf(Lookup.Unusable.class);
        assertThat(source.relation(DUPONT, new RelationId("\u00c9 9"))).describedAs("twice in the file").isInstanceOf(Lookup.Unusable.class);
        assertThat(source.relation(DUPONT, new RelationId("e\u0301 1"))).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void seesAChangeWithoutARestart() throws IOException {
        var source = read("dupont", "company: o@d.example\n");
        write("dupont.yaml", "company: other@d.example\n");
        assertThat(found(source.office(DUPONT)).company().address().localPart()).isEqualTo("other");
        write("dupont.relations.csv", "relation,partner\nR-7,p@d.example\n");
        assertThat(source.relation(DUPONT, new RelationId("R-7"))).isInstanceOf(Lookup.Found.class);
        Files.delete(folder.resolve("dupont.relations.csv"));
        source.forgetAll();
        assertThat(source.relation(DUPONT, new RelationId("R-7"))).isEqualTo(new Lookup.Missing<>());
        write("durand.yaml", "company: o@durand.example\n");
        assertThat(source.office(new OfficeId("durand"))).isInstanceOf(Lookup.Found.class);
        Files.delete(folder.resolve("dupont.yaml"));
        source.forget(DUPONT);
        assertThat(source.office(DUPONT)).isEqualTo(new Lookup.Missing<>());
    }

    @Test
    void keepsTheLastGoodSettingsWhileTheFileIsBroken() throws IOException {
        var source = read("dupont", "company: o@d.example\n");
        time.advance(Duration.ofMinutes(5));
        write("dupont.yaml", "company: nonsense\n");
        assertThat(source.office(DUPONT)).isInstanceOfSatisfying(Lookup.Found.class, old ->
                assertThat(old.loadedAt()).isEqualTo(TestTime.START));
        write("dupont.yaml", "company: repaired@d.example\n");
        assertThat(found(source.office(DUPONT)).company().address().localPart()).isEqualTo("repaired");
    }

    @Test
    void aBrokenOfficeIsThereAsSoonAsItIsRepaired() throws IOException {
        var source = read("dupont", "company: nonsense\n");
        assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Unusable.class);
        write("dupont.yaml", "company: repaired@d.example\n");
        assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Found.class);
    }

    private FilesSource read(String office, String yaml) throws IOException {
        write(office + ".yaml", yaml);
        return open(folder);
    }

    private FilesSource open(Path where) {
        var source = new FilesSource(where, Address.of("inbox@shared.example"), time);
        source.readAll(problems, _ -> false);
        return source;
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, text);
        // The test's own clock; and long enough ago to count.
        Files.setLastModifiedTime(file, FileTime.from(time.instant().minusSeconds(10)));
    }

    private static Mailbox mailbox(String text) {
        return Mailbox.parse(text).orElseThrow();
    }

    private static <T> T found(Lookup<T> lookup) {
        return switch (lookup) {
            case Lookup.Found<T>(var value, _) -> value;
            case Lookup.Missing<T> _ -> throw new AssertionError("missing");
            case Lookup.Failed<T> failed -> throw new AssertionError(failed.why());
        };
    }
}
