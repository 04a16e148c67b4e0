package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryOffices;
import facteur.mail.automatic.Language;
import facteur.mail.message.Mailbox;
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
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the rows of an office and of a card mean.
final class SqlSourceAnswersIT extends SqlSourceRig {
    @TempDir
    private Path folder;

    @Test
    void readsAnOffice() {
        var office = found(source(OFFICE, CARD).office(DUPONT));
        assertThat(office.id()).isEqualTo(DUPONT);
        assertThat(office.company()).isEqualTo(mailbox("Cabinet Dupont <office@dupont.example>"));
        assertThat(office.from())
                .contains(new OfficeFrom(Address.of("mail@dupont.example"), Optional.of("Dupont SRL")));
        assertThat(office.replyTo()).isEqualTo(new ReplyTo.ToSender());
        assertThat(office.users())
                .containsExactlyInAnyOrder(
                        mailbox("Jan Janssens <jan@dupont.example>"),
                        mailbox("An Peeters <an@dupont.example>"),
                        mailbox("\"Zoë D'Hondt\" <zoe@dupont.example>"));
        assertThat(office.contexts()).hasSize(3);
        assertThat(office.context(ContextName.of("task")))
                .contains(new ContextSettings(
                        new ContextReplyTo.ToCompanyOr(Optional.of(mailbox("tasks@dupont.example"))), Optional.empty()));
        assertThat(office.context(ContextName.of("invoice")))
                .contains(new ContextSettings(
                        new ReplyTo.ToRole(Role.RESPONSIBLE),
                        Optional.of(new OfficeFrom(Address.of("billing@dupont.example"), Optional.of("Dupont Facturen")))));
        assertThat(office.context(ContextName.of("salary")))
                .contains(new ContextSettings(new ContextReplyTo.AsGeneral(), Optional.empty()));
    }

    @Test
    void nullAndBlankAreNotSet() {
        var office = found(source(OFFICE, CARD).office(new OfficeId("peeters")));
        assertThat(office.from()).isEmpty();
        assertThat(office.replyTo()).isEqualTo(new ReplyTo.ToCompany());
        assertThat(office.users()).isEmpty();
        assertThat(office.contexts()).isEmpty();
    }

    /// What PostgreSQL's driver makes of a truth value, and what other databases have in its place.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            true          | ON
            false         | OFF
            null::boolean | OFF
            bit $$1$$     | ON
            bit $$0$$     | OFF
            1::smallint   | ON
            0::numeric(1) | OFF
            char(3) $$Y$$ | ON
            text $$no $$  | OFF
            text $$ $$    | OFF
            """)
    void takesATruthValueForWhatItIs(String expression, Sandbox sandbox) {
        var select = "select email as company, " + expression + " as sandbox from t_kantoor where code = :office";
        assertThat(found(source(select, CARD).office(DUPONT)).sandbox()).isEqualTo(sandbox);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            2                  | '2' is not one of true, false
            text $$maybe$$     | 'maybe' is not one of true, false
            bit $$01$$         | '01' is not one of true, false
            date $$2026-11-30$$ | '2026-11-30' is not one of true, false
            """)
    void doesNotGuessWhatIsTrue(String expression, String why) {
        var select = "select email as company, " + expression + " as sandbox from t_kantoor where code = :office";
        assertThat(source(select, CARD).office(DUPONT)).asString().contains("office dupont: sandbox: " + why);
    }

    /// The name of a version may be a column of any type.
    @ParameterizedTest
    @ValueSource(strings = {"7", "7.50", "true", "date '2026-11-30'", "timestamptz '2026-11-30 03:00Z'", "gen_random_uuid()", "'v7 '::char(9)",
        "decode('00ff', 'hex')"})
    void aVersionIsOfAnyType(String expression) {
        var select = "select email as company, " + expression + " as version from t_kantoor where code = :office";
        var source = source(select, CARD);
        var version = found(source.office(DUPONT)).version();
        assertThat(version).isNotBlank().isEqualTo(version.strip());
    }

    @Test
    void readsACardOfItsOwnOfficeOnly() {
        var source = source(OFFICE, CARD);
        var card = found(source.relation(DUPONT, new RelationId("R-1042")));
        assertThat(card.people(Role.RESPONSIBLE))
                .containsExactly(mailbox("An Peeters <an@dupont.example>"), mailbox("Jan Janssens <jan@dupont.example>"));
        assertThat(card.people(Role.COLLABORATOR)).containsExactly(mailbox("Jan Janssens <jan@dupont.example>"));
        assertThat(card.people(Role.PARTNER)).hasSize(1);
        assertThat(card.people(Role.SUBSTITUTE)).isEmpty();
        assertThat(found(source.relation(DUPONT, new RelationId("R-0"))).people(Role.PARTNER)).isEmpty();
        assertThat(source.relation(DUPONT, new RelationId("P-1"))).isEqualTo(new Lookup.Missing<>());
        assertThat(source.relation(DUPONT, new RelationId("r-1042"))).isEqualTo(new Lookup.Missing<>());
    }

    /// Each row may repeat the client's name. The select gives roles as columns and as rows.
    @Test
    void readsListedRolesAndTheClientsName() {
        var office = "select 'o@d.example' as company, 'senior' as \"reply-to\" where :office <> ''";
        var card = select("name, invoicing, role, mailbox", """
                ('Bakkerij ' || chr(8238) || 'Peeters', 'i@d.example', 'senior', 's1@d.example'),
                ('Bakkerij ' || chr(8238) || 'Peeters', null, 'senior', 's2@d.example')
                """) + " and :relation <> ''";
        var source = source(settings(office, card, PASSWORD, Duration.ofSeconds(5)), ArbitraryOffices.ROLES);
        assertThat(found(source.office(DUPONT)).replyTo()).isEqualTo(new ReplyTo.ToRole(new Role("senior")));
        var read = found(source.relation(DUPONT, new RelationId("R-1")));
        assertThat(read.name()).isEqualTo("Bakkerij Peeters");
        assertThat(read.people(new Role("senior"))).containsExactly(mailbox("s1@d.example"), mailbox("s2@d.example"));
        assertThat(read.people(new Role("invoicing"))).containsExactly(mailbox("i@d.example"));
        assertThat(source(office, card).office(DUPONT)).asString().contains("'senior' is not one of company, sender,");
    }

    @Test
    void aCardMayBeOneRowWithAColumnForEachRole() {
        var card = found(source(OFFICE, """
                select v.* from (values
                    ('A <a@d.example>, b@d.example', null, 'partner', 'c@d.example'),
                    (null, 's@d.example', 'partner', 'c@d.example'),
                    ('A <a@d.example>, b@d.example', ' ', 'substitute', null)) v(collaborator, substitute, role, mailbox)
                where :office = 'dupont' and :relation = 'R-1'
                """)
                .relation(DUPONT, new RelationId("R-1")));
        assertThat(card.people(Role.COLLABORATOR)).containsExactly(mailbox("A <a@d.example>"), mailbox("b@d.example"));
        assertThat(card.people(Role.SUBSTITUTE)).containsExactly(mailbox("s@d.example"));
        assertThat(card.people(Role.PARTNER)).containsExactly(mailbox("c@d.example"));
        assertThat(card.people(Role.RESPONSIBLE)).isEmpty();
    }

    @Test
    void knowsNoUnknownOffice() {
        assertThat(source(OFFICE, CARD).office(new OfficeId("durand"))).isEqualTo(new Lookup.Missing<>());
    }

    @Test
    void withoutASelectThereAreNoCards() {
        assertThat(source(OFFICE, null).relation(DUPONT, new RelationId("R-1042"))).isEqualTo(new Lookup.Missing<>());
    }

    @Test
    void anyTextMayBeAName() {
        var name = "L'\"Étoile\" \\ 😀 ${env:HOME} {x: [y]} # & * ! % `";
        var office = found(values("company.name, company.address, context",
                "('" + name.replace("'", "''") + "' || chr(10) || 'NV', 'o@d.example', ': \"é😀\" }')")
                .office(DUPONT));
        assertThat(office.company()).isEqualTo(new Mailbox(name + " NV", Address.of("o@d.example")));
        assertThat(office.contexts()).containsOnlyKeys(ContextName.of(": \"é😀\" }"));
    }

    @ParameterizedTest
    @CsvSource({"'fallback', FALLBACK", "'refuse', REFUSE", "null, FALLBACK"})
    void saysWhatToDoWhileTheDomainIsNotVerified(String value, WhenUnverified wish) {
        var written = value.equals("null") ? value : "'" + value + "'";
        assertThat(found(values("company, when-unverified", "('o@d.example', " + written + ")").office(DUPONT)).whenUnverified())
                .isEqualTo(wish);
        assertThat(found(values("company", "('o@d.example')").office(DUPONT)).whenUnverified()).isEqualTo(WhenUnverified.FALLBACK);
    }

    @Test
    void saysWhatToDoWithWhatComesBack() {
        var office = found(values(
                "company, replies, returns.tell, returns.known-bad, returns.auto-replies, returns.language, context, context.replies",
                "('o@d.example', 'late', 'company', 'refuse', 'log', 'fr', 'task', 'direct'), "
                        + "(null, 'late', null, null, null, null, 'invoice', ' ')")
                .office(DUPONT));
        assertThat(office.replies()).isEqualTo(Replies.LATE);
        assertThat(office.returns()).isEqualTo(new OfficeReturns(
                Optional.of(BounceReaders.COMPANY), Optional.of(KnownBad.REFUSE), Optional.of(AutoReplies.LOG), Optional.of(Language.FR)));
        assertThat(office.context(ContextName.of("task")).orElseThrow().replies()).contains(Replies.DIRECT);
        assertThat(office.context(ContextName.of("invoice")).orElseThrow().replies()).isEmpty();
        assertThat(found(values("company, returns.language", "('o@d.example', null)").office(DUPONT)).returns()).isEqualTo(OfficeReturns.STANDARD);
    }

    @Test
    void theVersionIsTheColumnOrChangesWithTheRows() {
        assertThat(found(values("company, version", "('o@d.example', 7), ('o@d.example', 7)").office(DUPONT)).version())
                .isEqualTo("7");
        var first = found(values("company, users", "('o@d.example', 'a@d.example'), (null, 'b@d.example')").office(DUPONT));
        var turned = found(values("users, company", "('b@d.example', 'o@d.example'), ('a@d.example', null)").office(DUPONT));
        var other = found(values("company, users", "('o@d.example', 'a@d.example')").office(DUPONT));
        assertThat(turned.version()).isEqualTo(first.version()).isNotEqualTo(other.version()).hasSize(12);
    }

    @Test
    void hasANameWithoutSecrets() {
        assertThat(source(OFFICE, CARD).name()).isEqualTo("sql jdbc:postgresql://127.0.0.1:" + TABLES.server().port() + "/postgres");
    }

    @Test
    void anyDatabaseWithADriverWill() throws SQLException {
        var url = "jdbc:sqlite:" + folder.resolve("offices.db");
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.executeUpdate("create table kantoor (code text, mail text)");
            statement.executeUpdate("insert into kantoor values ('dupont', 'Dupont <o@d.example>')");
        }
        var source = source(new SqlSettings(
                url + "?open_mode=1",
                Optional.empty(),
                Optional.empty(),
                SqlStatement.parse("select mail as company from kantoor where code = :office", List.of("office")),
                Optional.empty(),
                1,
                SHORT));
        assertThat(found(source.office(DUPONT)).company()).isEqualTo(mailbox("Dupont <o@d.example>"));
        assertThat(source.office(new OfficeId("durand"))).isEqualTo(new Lookup.Missing<>());
    }
}
