package facteur.settings;

import facteur.fixture.TestTime;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.Roles;
import facteur.platform.config.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The sql source on the tables of another product ([SqlTables]), in a real PostgreSQL.
abstract class SqlSourceRig {
    static final OfficeId DUPONT = new OfficeId("dupont");
    static final String PASSWORD = "sesam-open-u";
    static final Duration SHORT = Duration.ofSeconds(1);

    static final String OFFICE = """
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

    static final String CARD = """
            select case r.rol when 'D' then 'collaborator' when 'V' then 'responsible' when 'P' then 'partner' end as role,
                   '"' || m.voornaam || ' ' || m.naam || '" <' || m.email || '>' as mailbox
            from t_kantoor k
            join t_dossier d on d.kantoor_id = k.id
            left join t_dossier_rol r on r.kantoor_id = d.kantoor_id and r.nummer = d.nummer
            left join t_medewerker m on m.id = r.medewerker_id
            where k.code = :office and d.nummer = :relation
            order by r.volgorde
            """;

    @RegisterExtension
    static final SqlTables TABLES = new SqlTables();

    private final List<SqlSource> opened = new ArrayList<>();

    @AfterEach
    void closeSources() {
        opened.forEach(SqlSource::close);
    }

    SqlSource values(String labels, String values) {
        return source(select(labels, values), null);
    }

    /// A select of literal rows.
    static String select(String labels, String values) {
        var columns = "\"" + labels.replaceAll("\\s*,\\s*", "\", \"") + "\"";
        return "select * from (values " + values + ") v(" + columns + ") where :office <> ''";
    }

    SqlSource source(String office, @Nullable String relation) {
        return source(settings(office, relation, PASSWORD, Duration.ofSeconds(5)));
    }

    SqlSource source(SqlSettings settings) {
        return source(settings, Roles.DEFAULT);
    }

    SqlSource source(SqlSettings settings, Roles roles) {
        var source = new SqlSource(settings, Address.of("inbox@shared.example"), roles, new TestTime());
        opened.add(source);
        return source;
    }

    static SqlSettings settings(String office, @Nullable String relation, String password, Duration timeout) {
        return settings("jdbc:postgresql://127.0.0.1:" + TABLES.server().port() + "/postgres", office, relation, password, timeout);
    }

    static SqlSettings settings(
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

    static Mailbox mailbox(String text) {
        return Mailbox.parse(text).orElseThrow();
    }

    static String why(Lookup<?> lookup) {
        return switch (lookup) {
            case Lookup.Found<?>(var value, _) -> throw new AssertionError("found " + value);
            case Lookup.Missing<?> _ -> throw new AssertionError("missing");
            case Lookup.Failed<?> failed -> failed.why();
        };
    }

    static <T> T found(Lookup<T> lookup) {
        return switch (lookup) {
            case Lookup.Found<T>(var value, _) -> value;
            case Lookup.Missing<T> _ -> throw new AssertionError("missing");
            case Lookup.Failed<T> failed -> throw new AssertionError(failed.why());
        };
    }
}
