package facteur.console;

import facteur.access.FederationSettings;
import facteur.access.LaunchTickets;
import facteur.access.LaunchTokens;
import facteur.access.Oidc;
import facteur.access.Persons;
import facteur.access.Sessions;
import facteur.access.Tickets;
import facteur.access.Tokens;
import facteur.act.ActRecord;
import facteur.explain.CurrentRules;
import facteur.journal.Journal;
import facteur.platform.clock.SteadyTime;
import facteur.platform.database.Dialect;
import facteur.replay.Replayer;
import facteur.spool.BadAddresses;
import facteur.spool.OfficeLog;
import facteur.store.Store;
import facteur.web.PageSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What pages work with. All of it is thread-safe.
///
/// @param federation who vouches for people, as the configuration in force says
/// @param rules as they are in force
/// @param pages what the configuration in force says of them
/// @param url what browsers call us
/// @param dialect judges the failures of the database
/// @param pause waits, before an answer to a wrong guess
/// @param forgotten sends a link for another password to a login or a mail address, if there is such an account; returns at once
/// @param acts gets what was changed besides settings and cards
/// @param uploads folder for files that are sent to us
/// @param operations the relay that runs
public record Services(
        Store store,
        Sessions sessions,
        Persons persons,
        Tickets tickets,
        Supplier<FederationSettings> federation,
        LaunchTickets launchTickets,
        LaunchTokens launchTokens,
        Oidc oidc,
        Tokens tokens,
        Supplier<CurrentRules> rules,
        Supplier<PageSettings> pages,
        Supplier<URI> url,
        OfficeLog log,
        BadAddresses badAddresses,
        Replayer replayer,
        Dialect dialect,
        Path uploads,
        Journal journal,
        ActRecord acts,
        InstantSource time,
        SteadyTime steady,
        Consumer<Duration> pause,
        Consumer<String> forgotten,
        Operations operations) {}
