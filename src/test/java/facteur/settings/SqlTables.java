package facteur.settings;

import facteur.fixture.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The tables of another product, made by other people in another language, in a PostgreSQL of their own that asks for
/// passwords. Made once for all tests of the JVM: loading them takes seconds. For a static field with `@RegisterExtension`.
final class SqlTables implements BeforeAllCallback {
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
                kantoor_id int, nummer text, klant_id int);
            create table t_dossier_rol (
                kantoor_id int, nummer text, rol char(1), volgorde int, medewerker_id int);
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
            -- After the rows: one by one they would take ten times as long.
            alter table t_dossier add primary key (kantoor_id, nummer), add foreign key (kantoor_id) references t_kantoor,
                add foreign key (klant_id) references t_klant;
            alter table t_dossier_rol add foreign key (kantoor_id, nummer) references t_dossier,
                add foreign key (medewerker_id) references t_medewerker;
            create index on t_dossier_rol (kantoor_id, nummer);
            analyze;

            create role relais login password 'sesam-open-u';
            grant select on all tables in schema public to relais;
            """;

    /// For all classes that a JVM runs, which the build hands it one by one.
    private static @Nullable PostgresServer started;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, SQLException {
        start();
    }

    private static synchronized void start() throws IOException, SQLException {
        if (started == null) {
            var made = PostgresServer.lasting();
            made.run(TABLES);
            made.admit("""
                    host all postgres all trust
                    host all all all scram-sha-256
                    """);
            started = made;
        }
    }

    PostgresServer server() {
        return Objects.requireNonNull(started);
    }
}
