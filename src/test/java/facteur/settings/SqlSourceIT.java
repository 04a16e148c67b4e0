package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.PostgresServer;
import facteur.fixture.TestTime;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.Lookup;
import facteur.office.OfficeFrom;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationId;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.platform.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The settings of offices in the tables of somebody else's product, on a real PostgreSQL.
final class SqlSourceIT {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final String PASSWORD = "sesam-open-u";
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final String TABLES = """
            create table t_kantoor (
                id int generated always as identity primary key, code text not null unique,
                naam text, email text, afzender text, afzender_naam text, antwoord char(12));
            create table t_medewerker (
                id int generated always as identity primary key, kantoor_id int references t_kantoor,
                voornaam text, naam text, email text);
            create table t_soort (
                kantoor_id int references t_kantoor, soort text, antwoord text,
                adres text, van_adres text, van_naam text);
            create table t_klant (id int primary key, naam text);
            create table t_dossier (
                kantoor_id int references t_kantoor, nummer text, klant_id int references t_klant,
                primary key (kantoor_id, nummer));
            create table t_dossier_rol (
                kantoor_id int, nummer text, rol char(1), volgorde int, medewerker_id int references t_medewerker,
                foreign key (kantoor_id, nummer) references t_dossier);
            create index on t_dossier_rol (kantoor_id, nummer);
            create table t_log (regel text);
            create function f_schrijf(text) returns text language sql security definer
                as 'insert into t_log values ($1) returning regel';

            insert into t_kantoor (code, naam, email, afzender, afzender_naam, antwoord) values
                ('dupont', 'Cabinet Dupont', 'office@dupont.example', 'mail@dupont.example', 'Dupont SRL', 'sender'),
                ('peeters', 'Peeters', 'office@peeters.example', null, ' ', null),
                ('kapot', 'Kapot', 'office@kapot.example', null, null, null),
                ('leeg', null, null, null, null, null),
                ('traag', 'Traag', 'office@traag.example', null, null, null);
            insert into t_medewerker (kantoor_id, voornaam, naam, email) values
                (1, 'Jan', 'Janssens', 'jan@dupont.example'),
                (1, 'An', 'Peeters', 'an@dupont.example'),
                (1, 'Zoë', 'D''Hondt', 'zoe@dupont.example'),
                (3, 'Piet', 'Kapot', 'piet@@kapot');
            insert into t_soort values
                (1, 'Task', 'general', 'tasks@dupont.example', null, null),
                (1, 'invoice', 'responsible', null, 'billing@dupont.example', 'Dupont Facturen'),
                (1, 'salary', '', null, null, null);
            insert into t_klant select n, 'Klant ' || n from generate_series(1, 1000) n;
            insert into t_dossier values (1, 'R-1042', 1), (1, 'R-0', 2), (2, 'P-1', 3), (3, 'K-1', 4);
            insert into t_dossier select 2, 'G-' || n, 1 + n % 1000 from generate_series(1, 200000) n;
            insert into t_dossier_rol values
                (1, 'R-1042', 'V', 2, 1), (1, 'R-1042', 'V', 1, 2), (1, 'R-1042', 'D', 1, 1), (1, 'R-1042', 'P', 1, 3),
                (3, 'K-1', 'D', 1, 4);
            insert into t_dossier_rol select 2, 'G-' || n, 'D', 1, 1 + n % 3 from generate_series(1, 200000) n;
            analyze;

            create role relais login password 'sesam-open-u';
            grant select on all tables in schema public to relais;
            """;

    private static final String OFFICE = """
            select k.naam as "company.name", k.email as "company.address",   -- kept apart: ours is one mailbox
                   k.afzender as "from.address", k.afzender_naam as "from.name", k.antwoord as "reply-to",
                   '"' || m.voornaam || ' ' || m.naam || '" <' || m.email || '>' as users,
                   s.soort as context, s.antwoord as "context.reply-to", s.adres as "context.address",
                   s.van_adres as "context.from.address", s.van_naam as "context.from.name"
            from t_kantoor k
            left join t_medewerker m on m.kantoor_id = k.id
            left join t_soort s on s.kantoor_id = k.id
            where k.code = :office::text and (:office <> 'traag' or pg_sleep(30)::text = '')
            """;

    private static final String CARD = """
            select case r.rol when 'D' then 'collaborator' when 'V' then 'responsible' when 'P' then 'partner' end as role,
                   '"' || m.voornaam || ' ' || m.naam || '" <' || m.email || '>' as mailbox
            from t_kantoor k
            join t_dossier d on d.kantoor_id = k.id
            left join t_dossier_rol r on r.kantoor_id = d.kantoor_id and r.nummer = d.nummer
            left join t_medewerker m on m.id = r.medewerker_id
            where k.code = :office and d.nummer = :relation
            order by r.volgorde
            """;

    @TempDir
    private static Path folder;

    private static PostgresServer postgres;
    private static int port;

    private final List<SqlSource> opened = new ArrayList<>();

    @BeforeAll
    static void startDatabase() throws IOException, SQLException {
        postgres = PostgresServer.start(folder);
        port = postgres.port();
        postgres.run(TABLES);
        postgres.admit("""
                host all postgres all trust
                host all all all scram-sha-256
                """);
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        postgres.close();
    }

    @AfterEach
    void closeSources() {
        opened.forEach(SqlSource::close);
    }

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
    @ValueSource(strings = {"7", "7.50", "true", "date '2026-11-30'", "timestamptz '2026-11-30 03:00Z'", "gen_random_uuid()", "'v7 '::char(9)", "decode('00ff', 'hex')"})
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

    @ParameterizedTest
    @ValueSource(strings = {
        "' or '1'='1",
        "R-1042' or '1'='1' --",
        "R-1042'; drop table t_dossier cascade; --",
        "\\' or 1=1 --",
        "%",
        ":office",
        "?",
        "$$",
        "{fn now()}",
        "🐘é"
    })
    void anIdIsOnlyEverAValue(String id) throws SQLException {
        var source = source(OFFICE, CARD);
        assertThat(OfficeId.parse(id)).isEmpty();
        assertThat(source.relation(DUPONT, new RelationId(id))).isEqualTo(new Lookup.Missing<>());
        assertThat(source.office(new OfficeId("dupont--"))).isEqualTo(new Lookup.Missing<>());
        assertThat(postgres.count("select count(*) from t_dossier")).isEqualTo(200_004);
    }

    @Test
    void oneBrokenOfficeTouchesNoOther() {
        var source = source(OFFICE, CARD);
        assertThat(why(source.office(new OfficeId("kapot"))))
                .isEqualTo("office kapot: users[0]: not a mailbox: \"Piet Kapot\" <piet@@kapot>");
        assertThat(why(source.relation(new OfficeId("kapot"), new RelationId("K-1"))))
                .startsWith("relation K-1 of the office kapot: collaborator[0]: not a mailbox:");
        assertThat(why(source.office(new OfficeId("leeg")))).isEqualTo("office leeg: company: is missing");
        assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Found.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            company              | ('o@d.example'), ('p@d.example')                   | company: two values: o@d.example and p@d.example
            company, reply-to    | ('o@d.example', 'sender'), (null, 'company')       | reply-to: two values: sender and company
            company, version     | ('o@d.example', 1), ('o@d.example', 2)             | version: two values
            company, company.name | ('o@d.example', 'Dupont')                         | company: given as a whole and also in parts
            company.name         | ('Dupont')                                         | company.address: is missing
            company.address      | ('a@d.example>, <b@d.example')                     | company: not a mailbox
            company, reply-to    | ('o@d.example', 'general')                         | reply-to:
            company, from.name   | ('o@d.example', 'Dupont')                          | from.address: an office address is needed
            company, from.address | ('o@d.example', 'd@gmail.com')                    | from.address: gmail.com is a public mail provider
            company, from.address | ('o@d.example', 'd@shared.example')               | from.address: shared.example is the relay's own
            company, Company     | ('o@d.example', 'o@d.example')                     | company: this column comes twice
            company, reply_to    | ('o@d.example', 'sender')                          | reply_to: unknown column; known are company,
            company, relations   | ('o@d.example', 'x')                               | relations: unknown column
            company, when-unverified | ('o@d.example', 'bounce')                      | when-unverified: 'bounce' is not one of fallback, refuse
            company, when-unverified | ('o@d.example', 'refuse'), (null, 'fallback')  | when-unverified: two values: refuse and fallback
            company, context, context.reply-to | ('o@d.example', 'x', 'sender'), ('o@d.example', 'x', 'partner') | context.reply-to: two values in the context x
            company, context, context.reply-to | ('o@d.example', null, 'sender')      | context.reply-to: in a row without context
            company, context, context.reply-to | ('o@d.example', 'x', 'company')      | contexts.x.reply-to:
            company, context     | ('o@d.example', 'x'), ('o@d.example', 'X')         | given twice
            company, context     | ('o@d.example', repeat('é', 2000))                 | not a name for a context
            company              | ('o@d.example", "reply-to": "sender')              | company: not a mailbox
            company              | (E'o@d.example\\nreply-to: sender')                | company: not a mailbox
            company, users       | ('o@d.example', E'\\x01')                        | users[0]: not a mailbox
            """)
    void rowsThatSayNoOfficeAreUnavailable(String labels, String values, String why) {
        assertThat(why(values(labels, values).office(DUPONT))).startsWith("office dupont: ").contains(why);
    }

    @Test
    void unknownColumnsAreToldEvenWithoutRows() {
        assertThat(why(source("select 1 as naam where :office = 'nobody'", null).office(DUPONT)))
                .contains("naam: unknown column");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            role, mailbox          | ('boss', 'a@d.example')              | boss: unknown key
            role, mailbox          | (null, 'a@d.example')                | mailbox: in a row without role: a@d.example
            partner                | ('Jan')                              | partner[0]: not a mailbox: Jan
            rol                    | ('partner')                          | rol: unknown column; known are collaborator,
            """)
    void rowsThatSayNoCardAreUnavailable(String labels, String values, String why) {
        var source = source(OFFICE, select(labels, values) + " and :relation <> ''");
        assertThat(why(source.relation(DUPONT, new RelationId("R-1")))).contains(why);
    }

    @Test
    void anyTextMayBeAName() {
        var name = "L'\"Étoile\" \\ 😀 ${env:HOME} {x: [y]} # & * ! % `";
        var office = found(values("company.name, company.address, context", "('" + name.replace("'", "''") + "' || chr(10) || 'NV', 'o@d.example', ': \"é😀\" }')")
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
    void theVersionIsTheColumnOrChangesWithTheRows() {
        assertThat(found(values("company, version", "('o@d.example', 7), ('o@d.example', 7)").office(DUPONT)).version())
                .isEqualTo("7");
        var first = found(values("company, users", "('o@d.example', 'a@d.example'), (null, 'b@d.example')").office(DUPONT));
        var turned = found(values("users, company", "('b@d.example', 'o@d.example'), ('a@d.example', null)").office(DUPONT));
        var other = found(values("company, users", "('o@d.example', 'a@d.example')").office(DUPONT));
        assertThat(turned.version()).isEqualTo(first.version()).isNotEqualTo(other.version()).hasSize(12);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            select concat(n, '@d.example') as users from generate_series(1, 10001) n where :office <> '' | more than 10000 rows
            select repeat('x', 4000001) as company where :office <> ''                              | 4000000 characters
            select repeat('x', 100000000) as company where :office <> ''                            |
            select company from t_nergens where id = :office                                        | t_nergens
            selekt :office                                                                          | syntax error
            select (1 / 0)::text as company where :office <> ''                                     | division by zero
            select f_schrijf(:office) as company                                                    | read-only transaction
            delete from t_log where regel = :office                                                 |
            """)
    void aBadSelectHarmsNobody(String select, String why) {
        var source = source(select, null);
        assertThat(why(source.office(DUPONT))).contains(Optional.ofNullable(why).orElse("office dupont: "));
        assertThat(why(source.office(DUPONT))).contains(Optional.ofNullable(why).orElse("office dupont: "));
    }

    @Test
    void tenThousandRowsAreRead() {
        var source = source(
                "select 'o@d.example' as company, n || '@d.example' as users from generate_series(1, 10000) n where :office <> ''",
                null);
        assertThat(found(source.office(DUPONT)).users()).hasSize(10_000);
    }

    @Test
    void aSlowQueryIsCut() {
        var source = source(settings(OFFICE, CARD, PASSWORD, SHORT));
        assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Found.class);
        var start = Instant.now();
        assertThat(why(source.office(new OfficeId("traag")))).isEqualTo("office traag: ERROR: canceling statement due to user request");
        assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
        assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void startsWhileTheDatabaseIsDownAndComesBackWithIt() throws IOException, InterruptedException {
        var before = source(settings(OFFICE, CARD, PASSWORD, SHORT));
        assertThat(before.office(DUPONT)).isInstanceOf(Lookup.Found.class);
        postgres.stopImmediately();
        var after = source(settings(OFFICE, CARD, PASSWORD, SHORT));
        try {
            for (var source : List.of(before, after)) {
                for (var attempt = 0; attempt < 3; attempt++) {
                    var start = Instant.now();
                    assertThat(why(source.office(DUPONT))).startsWith("office dupont: ").doesNotContain(PASSWORD);
                    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(4));
                }
                assertThat(why(source.office(DUPONT))).contains("refused");
            }
        } finally {
            postgres.startAgain();
        }
        for (var source : List.of(before, after)) {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Found.class));
        }
    }

    @Test
    void aServerThatNeverSpeaksIsLeft() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/postgres";
            var source = source(settings(url, OFFICE, CARD, PASSWORD, SHORT));
            var start = Instant.now();
            assertThat(source.office(DUPONT)).isInstanceOf(Lookup.Unavailable.class);
            source.close();
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aConnectionThatFallsSilentIsLeft() throws IOException, InterruptedException, SQLException {
        var source = source(settings(OFFICE, CARD, PASSWORD, SHORT));
        found(source.office(DUPONT));
        var process = postgres.count(// The newest: those of earlier tests may be about to end.
                "select pid from pg_stat_activity where application_name = 'facteur' and state = 'idle' order by backend_start desc limit 1");
        signal("STOP", process);
        try {
            var start = Instant.now();
            // Either the query finds out, or the pool did before.
            source.office(DUPONT);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(4));
            found(source.office(DUPONT));
        } finally {
            signal("CONT", process);
        }
    }

    private static void signal(String name, int process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Integer.toString(process)).start().waitFor()).isZero();
    }

    @Test
    void aWrongPasswordIsToldButNotShown() {
        var source = source(settings(OFFICE, CARD, "niet-het-juiste", SHORT));
        assertThat(why(source.office(DUPONT))).contains("password authentication failed").doesNotContain("niet-het-juiste");
        // Even where the server repeats it.
        assertThat(why(source(settings("select 'relais'::int as company where :office <> ''", null, "relais", SHORT)).office(DUPONT)))
                .doesNotContain("relais");
    }

    @Test
    void aStampedeSharesFourConnections() throws InterruptedException, ExecutionException, SQLException {
        var source = source(OFFICE.replace("where", "cross join lateral (select pg_sleep(0.02)) w where"), CARD);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var lookups = new ArrayList<Future<Lookup<OfficeSettings>>>();
            for (var i = 0; i < 50; i++) {
                lookups.add(threads.submit(() -> source.office(DUPONT)));
            }
            for (var lookup : lookups) {
                assertThat(lookup.get()).isInstanceOf(Lookup.Found.class);
            }
        }
        assertThat(postgres.count("select count(*) from pg_stat_activity where application_name = 'facteur'")).isBetween(1, 4);
    }

    @Test
    void findsACardAmongHundredsOfThousands() {
        var source = source(OFFICE, CARD);
        var peeters = new OfficeId("peeters");
        found(source.relation(peeters, new RelationId("G-1")));
        var start = Instant.now();
        for (var n = 1; n <= 1000; n++) {
            var card = found(source.relation(peeters, new RelationId("G-" + n * 199)));
            assertThat(card.people(Role.COLLABORATOR)).hasSize(1);
        }
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whatIsClosedIsUnavailable() {
        var source = source(OFFICE, CARD);
        source.close();
        assertThat(why(source.office(DUPONT))).contains("closed");
    }

    @Test
    void hasANameWithoutSecrets() {
        assertThat(source(OFFICE, CARD).name()).isEqualTo("sql jdbc:postgresql://127.0.0.1:" + port + "/postgres");
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

    private SqlSource values(String labels, String values) {
        return source(select(labels, values), null);
    }

    /// A select of literal rows.
    private static String select(String labels, String values) {
        var columns = "\"" + labels.replaceAll("\\s*,\\s*", "\", \"") + "\"";
        return "select * from (values " + values + ") v(" + columns + ") where :office <> ''";
    }

    private SqlSource source(String office, @Nullable String relation) {
        return source(settings(office, relation, PASSWORD, Duration.ofSeconds(5)));
    }

    private SqlSource source(SqlSettings settings) {
        var source = new SqlSource(settings, Address.of("inbox@shared.example"), new TestTime());
        opened.add(source);
        return source;
    }

    private static SqlSettings settings(String office, @Nullable String relation, String password, Duration timeout) {
        return settings("jdbc:postgresql://127.0.0.1:" + port + "/postgres", office, relation, password, timeout);
    }

    private static SqlSettings settings(
            String url, String office, @Nullable String relation, String password, Duration timeout) {
        return new SqlSettings(
                url,
                Optional.of("relais"),
                Optional.of(Secret.of(password)),
                SqlStatement.parse(office, List.of("office")),
                Optional.ofNullable(relation).map(text -> SqlStatement.parse(text, List.of("office", "relation"))),
                4,
                timeout);
    }

    private static Mailbox mailbox(String text) {
        return Mailbox.parse(text).orElseThrow();
    }

    private static String why(Lookup<?> lookup) {
        return switch (lookup) {
            case Lookup.Found<?>(var value, _) -> throw new AssertionError("found " + value);
            case Lookup.Missing<?> _ -> throw new AssertionError("missing");
            case Lookup.Failed<?> failed -> failed.why();
        };
    }

    private static <T> T found(Lookup<T> lookup) {
        return switch (lookup) {
            case Lookup.Found<T>(var value, _) -> value;
            case Lookup.Missing<T> _ -> throw new AssertionError("missing");
            case Lookup.Failed<T> failed -> throw new AssertionError(failed.why());
        };
    }
}
