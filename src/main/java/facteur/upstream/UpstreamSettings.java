package facteur.upstream;

import facteur.journal.Journal;
import facteur.mail.smtp.ReversePath;
import facteur.mail.smtp.TlsMode;
import facteur.platform.clock.SteadyTime;
import facteur.platform.config.HostAndPort;
import facteur.platform.config.Section;
import facteur.platform.failure.Reason;
import facteur.platform.tls.TlsSection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// One entry of `upstreams`. Immutable.
public sealed interface UpstreamSettings {
    String name();

    /// What becomes of a letter there, as a clause: `relayed to smtp.example.net:587`.
    String destination();

    /// How much it gets at most.
    default List<RateCap> caps() {
        return List.of();
    }

    /// How many connections it opens at most.
    default int connections() {
        return 0;
    }

    /// Whether it says EHLO to a host.
    default boolean isRelaying() {
        return false;
    }

    /// The host that letters are handed to, as it is named; empty where none leaves.
    default Optional<String> host() {
        return Optional.empty();
    }

    /// The same without caps.
    default UpstreamSettings uncapped() {
        return this;
    }

    /// Makes the upstream; connects to nothing yet.
    ///
    /// @param rate enforces the caps
    /// @param form of letters that it can't carry as they are
    /// @param journal gets what concerns no single attempt
    Upstream open(Breaker breaker, SendingRate rate, SevenBitForm form, Journal journal, SteadyTime time);

    /// Looks at it without sending anything.
    ///
    /// @param returns a reverse-path like those that letters leave with, at the domain that bounces come to; empty = there is none
    Inspection inspect(Optional<ReversePath> returns, SteadyTime time);

    record Capture(String name, Path folder) implements UpstreamSettings {
        @Override
        public String destination() {
            return "captured in " + folder.toAbsolutePath().normalize() + ", not relayed";
        }

        @Override
        public Inspection inspect(Optional<ReversePath> returns, SteadyTime time) {
            return new Inspection.Folder(name, folder, CaptureUpstream.trouble(folder));
        }

        @Override
        public Upstream open(Breaker breaker, SendingRate rate, SevenBitForm form, Journal journal, SteadyTime time) {
            return new CaptureUpstream(name, folder);
        }
    }

    record Discard(String name) implements UpstreamSettings {
        @Override
        public String destination() {
            return "discarded, not relayed";
        }

        @Override
        public Upstream open(Breaker breaker, SendingRate rate, SevenBitForm form, Journal journal, SteadyTime time) {
            return new DiscardUpstream(name);
        }

        @Override
        public Inspection inspect(Optional<ReversePath> returns, SteadyTime time) {
            return new Inspection.Nothing(name);
        }
    }

    /// @param folder for copies of what the other one takes
    record Copied(UpstreamSettings original, Path folder) implements UpstreamSettings {
        @Override
        public String destination() {
            return original.destination() + ", with a copy in " + folder.toAbsolutePath().normalize();
        }

        @Override
        public boolean isRelaying() {
            return original.isRelaying();
        }

        @Override
        public Optional<String> host() {
            return original.host();
        }

        @Override
        public int connections() {
            return original.connections();
        }

        @Override
        public String name() {
            return original.name();
        }

        @Override
        public List<RateCap> caps() {
            return original.caps();
        }

        @Override
        public UpstreamSettings uncapped() {
            return new Copied(original.uncapped(), folder);
        }

        @Override
        public Upstream open(Breaker breaker, SendingRate rate, SevenBitForm form, Journal journal, SteadyTime time) {
            return new CopyingUpstream(
                    original.open(breaker, rate, form, journal, time), new CaptureUpstream(name(), folder), journal);
        }

        @Override
        public Inspection inspect(Optional<ReversePath> returns, SteadyTime time) {
            return original.inspect(returns, time);
        }
    }

    record Smtp(Smarthost smarthost, List<RateCap> caps) implements UpstreamSettings {
        @Override
        public String destination() {
            return "relayed to " + smarthost.host() + ":" + smarthost.port();
        }

        @Override
        public boolean isRelaying() {
            return true;
        }

        @Override
        public Optional<String> host() {
            return Optional.of(smarthost.host());
        }

        @Override
        public int connections() {
            return smarthost.limits().connections();
        }

        @Override
        public Inspection inspect(Optional<ReversePath> returns, SteadyTime time) {
            return new Inspector(smarthost, time).inspect(returns);
        }

        @Override
        public String name() {
            return smarthost.name();
        }

        @Override
        public UpstreamSettings uncapped() {
            return new Smtp(smarthost, List.of());
        }

        @Override
        public Upstream open(Breaker breaker, SendingRate rate, SevenBitForm form, Journal journal, SteadyTime time) {
            return new SmtpUpstream(smarthost, rate, breaker, form, journal, time);
        }
    }

    /// What `kind` may say.
    enum Kind {
        CAPTURE,
        DISCARD,
        SMTP
    }

    /// @param state folder for captured letters and refresh tokens
    /// @param hostname our own name, for EHLO
    static UpstreamSettings from(Section section, Path state, String hostname) {
        var name = section.requiredValue("name", UpstreamSettings::name, "");
        var captured = state.resolve("captured");
        var settings = switch (section.choice("kind", kind(section))) {
            case CAPTURE -> new Capture(name, captured);
            case DISCARD -> discard(section, name);
            case SMTP -> new Smtp(smarthost(section, name, state, hostname), RateCap.from(section));
        };
        return copied(section, settings, captured);
    }

    /// One without a word of its kind captures, and nothing leaves; with an address that isn't what is meant.
    private static Kind kind(Section section) {
        if (section.has("kind")) {
            return Kind.CAPTURE;
        }
        if (section.has("address")) {
            section.problem("kind", "is missing: for an upstream with an address write 'kind: smtp'");
            return Kind.SMTP;
        }
        section.warning("kind",
                "is missing, so that letters are captured and none leaves; write 'kind: capture' if that is meant, else 'kind: smtp' and an address");
        return Kind.CAPTURE;
    }

    private static UpstreamSettings discard(Section section, String name) {
        section.warning("kind", "letters are told to be relayed, and are lost");
        return new Discard(name);
    }

    private static UpstreamSettings copied(Section section, UpstreamSettings settings, Path captured) {
        if (!section.flag("capture-copy", false)) {
            return settings;
        }
        if (settings instanceof Capture) {
            section.problem("capture-copy", "what is captured needs no copy");
        }
        return new Copied(settings, captured);
    }

    /// A word: several are named together, between commas.
    private static String name(String text) {
        if (!text.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException("must be 1 to 64 letters, digits, dots, dashes and underscores");
        }
        return text;
    }

    private static Smarthost smarthost(Section section, String name, Path state, String hostname) {
        var address = section.requiredValue("address", HostAndPort::parse, new HostAndPort("localhost", 25));
        if (address.port() == 0) {
            section.problem("address", "a port from 1 to 65535 is needed");
        }
        var tls = section.choice("tls", TlsMode.STARTTLS_REQUIRED);
        return new Smarthost(
                name,
                address.host(),
                Math.max(1, address.port()),
                tls,
                LoginSection.read(section, name, address, tls, state),
                section.path("trust").flatMap(pem -> trust(section, pem)).orElseGet(Trust::system),
                hostname,
                limits(section),
                timeouts(section.section("timeouts")),
                section.choice("eight-bit", EightBit.CONVERT),
                section.integer("recipients-per-letter", Smarthost.RECIPIENTS, 1, Smarthost.RECIPIENTS),
                TlsSection.readClient(section, InstantSource.system()));
    }

    private static Optional<Trust> trust(Section section, Path pem) {
        try {
            return Optional.of(Trust.pem(pem));
        } catch (IOException e) {
            section.problem("trust", Reason.of(e));
            return Optional.empty();
        }
    }

    private static ConnectionLimits limits(Section section) {
        var standard = ConnectionLimits.DEFAULT;
        return new ConnectionLimits(
                section.integer("connections", standard.connections(), 1, 10_000),
                section.integer("letters-per-connection", standard.letters(), 1, 1_000_000),
                timeout(section, "connection-age", standard.age()),
                timeout(section, "connection-idle", standard.idle()));
    }

    private static Duration timeout(Section section, String key, Duration fallback) {
        return section.duration(key, fallback, Duration.ofMillis(1), Duration.ofDays(1));
    }

    private static Timeouts timeouts(Section section) {
        var standard = Timeouts.DEFAULT;
        return new Timeouts(
                timeout(section, "turn", standard.turn()),
                timeout(section, "connect", standard.connect()),
                timeout(section, "command", standard.command()),
                timeout(section, "block", standard.block()),
                timeout(section, "message", standard.message()),
                timeout(section, "end-of-data", standard.endOfData()),
                timeout(section, "quit", standard.quit()));
    }
}
