package facteur.settings;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.config.DataSize;
import facteur.platform.config.Document;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.platform.config.Section;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;

/// Settings that the company's own service knows. `GET {url}/offices/{office}` answers with what an office's file holds,
/// without `relations`; `GET {url}/offices/{office}/relations/{relation}` with the roles of one card. Both are JSON
/// objects, type `application/json`, UTF-8, not compressed. 404 and 410 mean that there is none; a 404 without a JSON object
/// is an uncertain one.
///
/// A key that we don't know makes an answer unusable, as in a file, and as an unknown column does in a table: a
/// misspelt `adress` would otherwise send replies elsewhere for months, unnoticed. A service that has more to say uses
/// another path, or waits until all relays know the key.
///
/// The last good answer of each path is stored with its `ETag`, so that an unchanged one isn't sent again. The tag names
/// the version of the settings; without one it is the digest of the text. A failure leaves the stored answers alone. Everything
/// the service does is in the result: nothing is thrown, and no message holds the token.
///
/// Thread-safe; blocks for the network, no longer than `timeout`.
public final class HttpSource implements SettingsSource {
    private static final DataSize STORED = DataSize.ofMegabytes(32);
    private static final int STORED_OVERHEAD_BYTES = 300;

    private record Stored(HttpTag tag, String text) {
        int bytes() {
            return STORED_OVERHEAD_BYTES + 2 * text.length();
        }
    }

    private final HttpSettings settings;
    private final SettingsService service;
    private final OfficeReader reader;
    private final CardReader cardReader;
    private final InstantSource time;
    private final Cache<String, Stored> stored = Caffeine.newBuilder()
            .maximumWeight(STORED.bytes())
            .<String, Stored>weigher((_, answer) -> answer.bytes())
            .executor(Runnable::run)
            .build();

    /// @param sharedAddress the relay's own: no office may claim its domain
    /// @param roles that replies may go to
    public HttpSource(HttpSettings settings, Address sharedAddress, Roles roles, InstantSource time) {
        this.settings = settings;
        this.service = new SettingsService(settings);
        this.reader = new OfficeReader(sharedAddress, roles);
        this.cardReader = new CardReader(roles);
        this.time = time;
    }

    @Override
    public String name() {
        return "http " + settings.url();
    }

    @Override
    public Lookup<OfficeSettings> office(OfficeId office) {
        return get(HttpPath.of(office), (section, version) -> reader.read(section, office, version));
    }

    @Override
    public Lookup<RelationCard> relation(OfficeId office, RelationId relation) {
        return get(HttpPath.of(office, relation), (section, _) -> cardReader.read(section));
    }

    @Override
    public void close() {
        service.close();
    }

    /// An id without a path can't exist in the service.
    private <T> Lookup<T> get(Optional<String> path, BiFunction<Section, String, T> read) {
        return path.map(known -> get(known, read)).orElseGet(Lookup.Missing::new);
    }

    private <T> Lookup<T> get(String path, BiFunction<Section, String, T> read) {
        var before = Optional.ofNullable(stored.getIfPresent(path));
        return switch (service.get(path, before.map(Stored::tag))) {
            case SourceAnswer.Text(var text, var tag) -> {
                var lookup = read(path, text, tag, read);
                if (lookup instanceof Lookup.Found<T>) {
                    store(path, text, tag);
                }
                yield lookup;
            }
            case SourceAnswer.Unchanged(var tag) -> unchanged(path, before, tag, read);
            case SourceAnswer.None none -> {
                switch (none.certainty()) {
                    case CERTAIN -> stored.invalidate(path);
                    // The stored answer is of use again when the service is back.
                    case UNCERTAIN -> {}
                }
                yield new Lookup.Missing<>(none.certainty());
            }
            case SourceAnswer.Failed(var why) -> unavailable(path, why);
        };
    }

    private void store(String path, String text, Optional<HttpTag> tag) {
        tag.ifPresentOrElse(name -> stored.put(path, new Stored(name, text)), () -> stored.invalidate(path));
    }

    private <T> Lookup<T> unchanged(
            String path, Optional<Stored> before, Optional<HttpTag> tag, BiFunction<Section, String, T> read) {
        if (before.isEmpty()) {
            return unavailable(path, "the service answered 304, though we hold nothing");
        }
        var own = before.get().tag();
        if (tag.isPresent() && !tag.get().version().equals(own.version())) {
            stored.invalidate(path);
            return unavailable(path, "the service answered 304 for another ETag than ours");
        }
        return read(path, before.get().text(), Optional.of(own), read);
    }

    private <T> Lookup<T> read(String path, String text, Optional<HttpTag> tag, BiFunction<Section, String, T> read) {
        var problems = new Problems();
        var section = Document.read(text, name(path), problems);
        var value = read.apply(section, tag.map(HttpTag::version).orElseGet(() -> OfficeReader.version(text)));
        section.close();
        return problems.isEmpty()
                ? new Lookup.Found<>(value, time.instant())
                : new Lookup.Unusable<>(withoutToken(problems.list().getFirst().toString()));
    }

    private <T> Lookup<T> unavailable(String path, String why) {
        return new Lookup.Unavailable<>(new Problem(name(path), 0, "", withoutToken(why)).toString());
    }

    /// What messages call an answer: its path below the configured URL. It is percent-encoded, so one line of US-ASCII.
    private static String name(String path) {
        return path.substring(1);
    }

    /// A service may send back what it was sent.
    private String withoutToken(String text) {
        return settings.token().map(token -> text.replace(token.reveal(), token.toString())).orElse(text);
    }
}
