package facteur.bench;

import facteur.domain.DomainRegistry;
import facteur.fixture.Folders;
import facteur.intake.Decider;
import facteur.intake.OutboundEncoding;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.database.Database;
import facteur.platform.database.DatabaseSettings;
import facteur.policy.Policy;
import facteur.policy.UnknownContext;
import facteur.replay.ReplayResult;
import facteur.replay.Replayer;
import facteur.settings.SettingsSource;
import facteur.spool.OfficeLog;
import facteur.spool.SpoolException;
import facteur.store.StoreSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How long a replay takes over a message log of a million letters, on SQLite and on a PostgreSQL of our own. The offices take turns in
/// the log; every letter of one is about another client, whose card is asked for in the store, with nothing
/// cached.
///
/// The processor's time is that of the replay's own thread, and holds on a busy machine; on PostgreSQL the server's comes on top.
///
/// JMH doesn't fit: a replay takes from milliseconds to seconds, and its letters cost more to prepare than to try.
final class Replays {
    private static final int LETTERS = 1_000_000;
    private static final int RUNS = 15;
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final InstantSource TIME = InstantSource.system();
    private static final Address SHARED = Address.of("inbox@relay.example");
    private static final Mailbox COMPANY = Mailbox.of(Address.of("office@kantoor.example"));

    private final Database database;
    private final SettingsSource store;

    private Replays(Database database) {
        this.database = database;
        this.store = new StoreSource(database, SHARED, Roles.DEFAULT, TIME);
    }

    public static void main(String[] arguments) throws Exception {
        System.out.printf("%-12s %8s %10s %10s %10s %10s %12s%n", "", "offices", "letters", "median ms", "most ms", "cpu ms", "end");
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench-");
        try (var database = Database.open(folder)) {
            new Replays(database).measure("SQLite");
        } finally {
            Folders.delete(folder);
        }
        try (var server = EmbeddedPostgres.start(); var database = postgres(server)) {
            new Replays(database).measure("PostgreSQL");
        }
    }

    private static Database postgres(EmbeddedPostgres server) throws SQLException {
        var problems = new Problems();
        var spool = ConfigFile.parse("spool: { url: '" + server.getJdbcUrl("postgres", "postgres") + "' }", Path.of("bench"), problems);
        var settings = DatabaseSettings.from(spool.section("spool"), Path.of("target"));
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.toString());
        }
        return settings.open();
    }

    private void measure(String name) throws SQLException, SpoolException {
        for (var offices : List.of(1, 200, 2_000)) {
            prepare(offices);
            for (var letters : List.of(500, 5_000)) {
                measure(name, offices, letters);
            }
        }
    }

    private void prepare(int offices) throws SQLException {
        database.inLongTransaction(statements -> {
            statements.update(database.dialect().hasOneWriter() ? "delete from letter" : "truncate letter cascade");
            statements.update("delete from card");
            statements.update("delete from office");
            statements.update("insert into office (id, version, settings_at, settings, changed_at) values ('kantoor-0', 42, 42, ?, 0)",
                    "{\"company\": \"office@kantoor.example\", \"reply-to\": \"responsible\"}");
            for (var i = 0; i < LETTERS; i++) {
                var at = NOW.minusMillis((LETTERS - i) * 20L);
                statements.update(
                        """
                        insert into letter (id, accepted_at, app, office, context, relation, sender, from_rule, reply_to_rule,
                            settings_version, reverse_path, original_reverse_path, body_type, header_encoding, size_bytes, ended_at,
                            message_id, from_field, reply_to_field)
                        values (?, ?, 'suite', ?, ?, ?, 'jan.janssens@kantoor.example', 'from.office', 'context.role', 'v42',
                            '<inbox@relay.example>', '<jan.janssens@kantoor.example>', '7BIT', 'ASCII', 4096, ?,
                            '<c0a80101.19a2b3c4d5e6@suite.example>', 'Kantoor <office@kantoor.example>', 'An Peeters <an@kantoor.example>')""",
                        QueueIds.lowest(at) + "%06d".formatted(i % 1_000_000),
                        at.toEpochMilli(),
                        "kantoor-" + i % offices,
                        List.of("", "task", "invoice").get(i % 3),
                        "R-" + i / offices % 20_000,
                        at.plusSeconds(3).toEpochMilli());
            }
            for (var i = 0; i < 20_000; i++) {
                statements.update("insert into card (office, relation, people, version, changed_at) values ('kantoor-0', ?, ?, 1, 0)",
                        "R-" + i, "{\"responsible\": [\"an@kantoor.example\"], \"partner\": [\"piet@kantoor.example\"]}");
            }
            return statements.update("analyze");
        });
    }

    private void measure(String name, int offices, int letters) throws SpoolException {
        var millis = new ArrayList<Double>();
        var cpuMillis = new ArrayList<Double>();
        var end = "";
        var replayer = new Replayer(new OfficeLog(database, TIME), TIME);
        var decider = new Decider(
                store, new DomainRegistry(Set.of()), new Policy(SHARED, UnknownContext.GENERAL), OutboundEncoding.ASSUMED_UTF8);
        for (var run = 0; run < RUNS; run++) {
            var start = System.nanoTime();
            var cpuStart = THREADS.getCurrentThreadCpuTime();
            var replayed = (ReplayResult.Replayed) replayer.replay(store, decider, draft(), letters);
            millis.add((System.nanoTime() - start) / 1e6);
            cpuMillis.add((THREADS.getCurrentThreadCpuTime() - cpuStart) / 1e6);
            end = replayed.end() + " " + replayed.letters();
        }
        System.out.printf("%-12s %,8d %,10d %,10.1f %,10.1f %,10.1f %12s%n",
                name, offices, letters, median(millis), Collections.max(warm(millis)), median(cpuMillis), end);
    }

    /// The first ones warm the JVM up.
    private static List<Double> warm(List<Double> millis) {
        return millis.subList(RUNS / 3, RUNS);
    }

    private static double median(List<Double> millis) {
        return warm(millis).stream().sorted().toList().get(warm(millis).size() / 2);
    }

    private static OfficeSettings draft() {
        return new OfficeSettings(new OfficeId("kantoor-0"), "v42", COMPANY, Optional.empty(), new ReplyTo.ToRole(Role.PARTNER), Map.of(), List.of(),
                Sandbox.OFF, WhenUnverified.FALLBACK);
    }
}
