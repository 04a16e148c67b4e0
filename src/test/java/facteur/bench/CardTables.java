package facteur.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;

/// A PostgreSQL of our own with a million clients in the tables of another product, and what an operator would
/// write to have their cards read from there.
final class CardTables implements AutoCloseable {
    static final int OFFICES = 50;
    static final int CARDS_OF_AN_OFFICE = 20_000;

    /// People are shared out so that each card names three, in three roles.
    private static final String TABLES = """
            create table t_kantoor (id int primary key, code text not null unique, naam text, email text);
            create table t_medewerker (id int primary key, voornaam text, naam text, email text);
            create table t_dossier (kantoor_id int, nummer text, naam text);
            create table t_dossier_rol (kantoor_id int, nummer text, rol char(1), volgorde int, medewerker_id int);

            insert into t_kantoor select k, 'kantoor-' || k, 'Kantoor ' || k, 'office@kantoor-' || k || '.example'
                from generate_series(0, %1$d - 1) k;
            insert into t_medewerker select m, 'Voornaam' || m, 'Achternaam ' || m, 'medewerker' || m || '@kantoor.example'
                from generate_series(0, 999) m;
            insert into t_dossier select k, 'D-' || n, 'Klant ' || n
                from generate_series(0, %1$d - 1) k, generate_series(0, %2$d - 1) n;
            insert into t_dossier_rol select k, 'D-' || n, substr('DVP', r, 1), 1, (k * 31 + n * 7 + r) %% 1000
                from generate_series(0, %1$d - 1) k, generate_series(0, %2$d - 1) n, generate_series(1, 3) r;

            alter table t_dossier add primary key (kantoor_id, nummer);
            create index on t_dossier_rol (kantoor_id, nummer);
            analyze;
            """.formatted(OFFICES, CARDS_OF_AN_OFFICE);

    private final EmbeddedPostgres postgres;

    CardTables() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder()
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
    }

    /// The section `settings.sql` that reads them.
    String settings() {
        return """
                url: jdbc:postgresql://127.0.0.1:%d/postgres
                user: postgres
                office: select naam as "company.name", email as "company.address" from t_kantoor where code = :office
                relation: >
                  select case r.rol when 'D' then 'collaborator' when 'V' then 'responsible' when 'P' then 'partner' end as role,
                         '"' || m.voornaam || ' ' || m.naam || '" <' || m.email || '>' as mailbox
                  from t_kantoor k
                  join t_dossier d on d.kantoor_id = k.id
                  left join t_dossier_rol r on r.kantoor_id = d.kantoor_id and r.nummer = d.nummer
                  left join t_medewerker m on m.id = r.medewerker_id
                  where k.code = :office and d.nummer = :relation
                  order by r.volgorde
                """.formatted(postgres.getPort());
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
