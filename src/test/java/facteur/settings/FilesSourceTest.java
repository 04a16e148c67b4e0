package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.mail.automatic.Language;
import facteur.mail.smtp.Address;
import facteur.office.AutoReplies;
import facteur.office.BounceReaders;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.KnownBad;
import facteur.office.Lookup;
import facteur.office.OfficeFrom;
import facteur.office.OfficeId;
import facteur.office.OfficeReturns;
import facteur.office.RelationId;
import facteur.office.Replies;
import facteur.office.ReplyTo;
import facteur.office.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilesSourceTest extends FilesSourceRig {
    @Test
    void readsAnOffice() throws IOException {
        var source = read("dupont", """
                company: Cabinet Dupont <office@dupont.example>
                from: { address: office@dupont.example, name: Cabinet Dupont SRL }
                reply-to: sender
                contexts:
                  Task:    { reply-to: general, address: tasks@dupont.example }
                  invoice: { reply-to: responsible, from: { address: billing@dupont.example }, replies: direct }
                  other:   {}
                users: [Jan Janssens <jan@dupont.example>, an@dupont.example]
                replies: late
                returns: { tell: none, known-bad: refuse, auto-replies: log, language: nl }
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
                        Optional.empty(),
                        Optional.of(Replies.DIRECT)));
        assertThat(office.context(ContextName.of("other")).orElseThrow().replyTo()).isEqualTo(new ContextReplyTo.AsGeneral());
        assertThat(office.users()).hasSize(2);
        assertThat(office.replies()).isEqualTo(Replies.LATE);
        assertThat(office.returns()).isEqualTo(new OfficeReturns(
                Optional.of(BounceReaders.NONE), Optional.of(KnownBad.REFUSE), Optional.of(AutoReplies.LOG), Optional.of(Language.NL)));

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
            {company: o@d.example, replies: later}                                   | replies: 'later' is not one of direct, late
            {company: o@d.example, contexts: {x: {replies: ''}}, replies: [late, x]} | replies:
            {company: o@d.example, contexts: {x: {replies: soon}}}                   | contexts.x.replies: 'soon' is not one of direct, late
            {company: o@d.example, returns: none}                                    | returns: must be a mapping
            {company: o@d.example, returns: {tel: none}}                             | returns.tel: unknown key; did you mean 'tell'?
            {company: o@d.example, returns: {tell: replyto}}                         | did you mean 'reply-to'?
            {company: o@d.example, returns: {known-bad: reject}}                     | returns.known-bad: 'reject' is not one of warn, refuse, ignore
            {company: o@d.example, returns: {auto-replies: true}}                    | returns.auto-replies: 'true' is not one of relay, log
            {company: o@d.example, returns: {language: de}}                          | returns.language: 'de' is not one of en, fr, nl
            {company: o@d.example, returns: {domain: return.example.org}}            | returns.domain: unknown key
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
        var source = read("dupont", "company: D <o@d.example>\ncontexts: { x: { reply-to: " + replyTo + ", address: a@d.example } }\n"
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
        assertThat(source.office(DUPONT)).isInstanceOfSatisfying(Lookup.Found.class, old -> assertThat(old.loadedAt()).isEqualTo(TestTime.START));
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
}
