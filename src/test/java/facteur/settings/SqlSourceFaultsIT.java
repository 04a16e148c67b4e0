package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rows that make no office, selects that fail, and databases that are down or silent.
final class SqlSourceFaultsIT extends SqlSourceRig {
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
            company, returns.tell | ('o@d.example', 'nobody')                          | returns.tell: 'nobody' is not one of reply-to, company, none
            company, returns.tell | ('o@d.example', 'none'), (null, 'company')         | returns.tell: two values: none and company
            company, returns.domain | ('o@d.example', 'return.example')                | returns.domain: unknown column
            company, replies     | ('o@d.example', 'maybe')                            | replies: 'maybe' is not one of direct, late
            company, context, context.replies | ('o@d.example', 'x', 'maybe')          | contexts.x.replies: 'maybe' is not one of
            company, context.replies | ('o@d.example', 'late')                         | context.replies: in a row without context
            company, context, context.reply-to | ('o@d.example', 'x', 'sender'), ('o@d.example', 'x', 'partner') | context.reply-to: two values in the context x
            company, context, context.reply-to | ('o@d.example', null, 'sender')      | context.reply-to: in a row without context
            company, context, context.reply-to | ('o@d.example', 'x', 'company')      | contexts.x.reply-to:
            company, context     | ('o@d.example', 'x'), ('o@d.example', 'X')         | given twice
            company, context     | ('o@d.example', repeat('é', 2000))                 | not a name for a context
            company              | ('o@d.example", "reply-to": "sender')              | company: not a mailbox
            company              | (E'o@d.example\\nreply-to: sender')                | company: not a mailbox
            company, users       | ('o@d.example', E'\\x01')                        | users[0]: not a mailbox
            """)
    void rowsThatMakeNoOfficeAreUnusable(String labels, String values, String why) {
        assertThat(why(values(labels, values).office(DUPONT))).startsWith("office dupont: ").contains(why);
    }

    @Test
    void unknownColumnsAreReportedEvenWithoutRows() {
        assertThat(why(source("select 1 as naam where :office = 'absent'", null).office(DUPONT)))
                .contains("naam: unknown column");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            role, mailbox          | ('boss', 'a@d.example')              | role: 'boss' is not one of collaborator, substitute,
            role, mailbox          | (null, 'a@d.example')                | mailbox: in a row without role: a@d.example
            role, mailbox          | ('parnter', 'a@d.example')           | did you mean 'partner'?
            role, mailbox          | ('name', 'a@d.example')              | role: 'name' is not one of collaborator,
            partner, name          | ('a@d.example', 'X'), (null, 'Y')    | name: two values: X and Y
            parnter                | ('a@d.example')                      | did you mean 'partner'?
            partner                | ('Jan')                              | partner[0]: not a mailbox: Jan
            rol                    | ('partner')                          | rol: unknown column; known are collaborator,
            """)
    void rowsThatMakeNoCardAreUnusable(String labels, String values, String why) {
        var source = source(OFFICE, select(labels, values) + " and :relation <> ''");
        assertThat(why(source.relation(DUPONT, new RelationId("R-1")))).contains(why);
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
    void aBadSelectIsUnavailable(String select, String why) {
        var source = source(select, null);
        assertThat(why(source.office(DUPONT))).contains(Optional.ofNullable(why).orElse("office dupont: "));
        assertThat(why(source.office(DUPONT))).contains(Optional.ofNullable(why).orElse("office dupont: "));
    }

    @Test
    void startsWhileTheDatabaseIsDownAndComesBackWithIt() throws IOException, InterruptedException {
        var before = source(settings(OFFICE, CARD, PASSWORD, SHORT));
        assertThat(before.office(DUPONT)).isInstanceOf(Lookup.Found.class);
        TABLES.server().stopImmediately();
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
            TABLES.server().startAgain();
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
        var process = TABLES.server().count(// The newest: those of earlier tests may be about to end.
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
    void aWrongPasswordIsReportedButNotShown() {
        var source = source(settings(OFFICE, CARD, "niet-het-juiste", SHORT));
        assertThat(why(source.office(DUPONT))).contains("password authentication failed").doesNotContain("niet-het-juiste");
        // Even where the server repeats it.
        assertThat(why(source(settings("select 'relais'::int as company where :office <> ''", null, "relais", SHORT)).office(DUPONT)))
                .doesNotContain("relais");
    }

    @Test
    void whatIsClosedIsUnavailable() {
        var source = source(OFFICE, CARD);
        source.close();
        assertThat(why(source.office(DUPONT))).contains("closed");
    }
}
