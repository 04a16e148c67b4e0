package facteur.mail.dkim;

import facteur.mail.smtp.Address;
import facteur.platform.disk.PrivateFolder;
import facteur.platform.failure.Reason;
import facteur.platform.pem.PemException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Where the keys of all domains are: `<state>/keys/<domain>/<selector>.pem`, folders of mode 0700, files 0600. What a
/// method did is on disk when it returns. The folder is the only truth: another process sees what was done here, and what
/// an operator puts there counts ([KeyFile]).
///
/// The life of a key: [#create] or [#rotate] announce it, its record is published, [#activate] is called when DNS shows
/// it, which retires the one before, and [#forget] ends it.
///
/// Domains are given in any case, in U-labels or A-labels; an [IllegalArgumentException] says that one is none, and no
/// file is looked at. Thread-safe; two processes that change the same domain at once may both announce keys.
public final class KeyFolder {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MARK_BYTES = 2;
    /// One label or several (RFC 6376 §3.1).
    private static final Pattern SELECTOR = Pattern.compile("%1$s(?:\\.%1$s)*".formatted("(?!-)[A-Za-z0-9_-]{1,63}(?<!-)"));

    /// Where new keys come from.
    @FunctionalInterface
    interface KeySource {
        KeyPair generate(DkimAlgorithm algorithm) throws GeneralSecurityException;
    }

    private final Path keys;
    private final KeySource source;

    /// @param state the state folder; needn't be there yet
    public KeyFolder(Path state) {
        this(state, DkimAlgorithm::generate);
    }

    KeyFolder(Path state, KeySource source) {
        this.keys = state.resolve("keys");
        this.source = source;
    }

    /// The domains that there is a folder for, in order.
    ///
    /// @throws IOException when it can't be looked at; a folder that isn't there is empty
    public List<String> domains() throws IOException {
        return names(keys).stream().filter(KeyFolder::isDomain).toList();
    }

    /// The keys of a domain. Never fails: what can't be read is a problem of it.
    public DomainKeys read(String domain) {
        var name = checked(domain);
        var stored = new ArrayList<StoredKey>();
        var problems = new ArrayList<String>();
        try {
            for (var file : names(keys.resolve(name))) {
                if (file.endsWith(KeyFile.SUFFIX)) {
                    read(keys.resolve(name).resolve(file), stored, problems);
                }
            }
        } catch (IOException failure) {
            problems.add(keys.resolve(name) + " can't be read: " + Reason.of(failure));
        }
        stored.sort(StoredKey.OLDEST_FIRST);
        return new DomainKeys(name, stored, problems);
    }

    private static void read(Path file, List<StoredKey> stored, List<String> problems) {
        var name = file.getFileName().toString();
        var selector = name.substring(0, name.length() - KeyFile.SUFFIX.length());
        try {
            if (!SELECTOR.matcher(selector).matches()) {
                throw new PemException(file, "has no selector for a name: letters, digits, dashes, dots");
            }
            stored.add(KeyFile.read(file, selector));
        } catch (PemException unusable) {
            problems.add(String.valueOf(unusable.getMessage()));
        }
    }

    /// Announces a key of each algorithm that has neither an announced nor an active one.
    ///
    /// @return all keys of the domain
    public DomainKeys create(String domain, Instant now) throws IOException {
        return announce(domain, now, EnumSet.of(KeyState.ANNOUNCED, KeyState.ACTIVE));
    }

    /// Announces a key of each algorithm, to take the place of the active one; none where one is announced already.
    ///
    /// @return all keys of the domain
    public DomainKeys rotate(String domain, Instant now) throws IOException {
        return announce(domain, now, EnumSet.of(KeyState.ANNOUNCED));
    }

    private synchronized DomainKeys announce(String domain, Instant now, Set<KeyState> sufficient) throws IOException {
        var held = read(domain);
        for (var algorithm : DkimAlgorithm.values()) {
            if (sufficient.stream().noneMatch(state -> held.of(algorithm, state).findAny().isPresent())) {
                write(held.domain(), new StoredKey(generate(algorithm, now), KeyState.ANNOUNCED, now));
            }
        }
        return read(held.domain());
    }

    /// Its selector tells day and algorithm; and by a hash of the key, that of one relay from that of another.
    private DkimKey generate(DkimAlgorithm algorithm, Instant now) {
        try {
            var pair = source.generate(algorithm);
            var hash = MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded());
            var mark = HexFormat.of().formatHex(Arrays.copyOf(hash, MARK_BYTES));
            var selector = "facteur-%s-%s-%s".formatted(DAY.format(now), algorithm.keyType(), mark);
            return new DkimKey(selector, algorithm, pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Java can't make a key for " + algorithm, missing);
        }
    }

    /// Has letters signed with a key from now on; those that were active for its algorithm retire. Without effect on an active
    /// key, and when there is none of that selector.
    public synchronized void activate(String domain, String selector, Instant now) throws IOException {
        var held = read(domain);
        for (var stored : held.keys()) {
            if (stored.key().selector().equals(selector) && stored.state() != KeyState.ACTIVE) {
                write(held.domain(), new StoredKey(stored.key(), KeyState.ACTIVE, now));
                for (var before : held.of(stored.key().algorithm(), KeyState.ACTIVE).toList()) {
                    write(held.domain(), new StoredKey(before.key(), KeyState.RETIRED, now));
                }
            }
        }
    }

    /// Signs with a key no more until it is activated again: its record is gone.
    public synchronized void withhold(String domain, String selector, Instant now) throws IOException {
        var held = read(domain);
        for (var stored : held.in(KeyState.ACTIVE)) {
            if (stored.key().selector().equals(selector)) {
                write(held.domain(), new StoredKey(stored.key(), KeyState.ANNOUNCED, now));
            }
        }
    }

    /// Deletes the keys that retired before then: no letter signed with them is still travelling, and their records may go.
    public synchronized void forget(String domain, Instant retiredBefore) throws IOException {
        var held = read(domain);
        delete(held, stored -> stored.state() == KeyState.RETIRED && stored.since().isBefore(retiredBefore));
    }

    /// Deletes all keys of a domain, in any state.
    public synchronized void remove(String domain) throws IOException {
        delete(read(domain), _ -> true);
    }

    private void delete(DomainKeys held, Predicate<StoredKey> ended) throws IOException {
        for (var stored : held.keys()) {
            if (ended.test(stored)) {
                new PrivateFolder(keys.resolve(held.domain())).withdraw(stored.key().selector() + KeyFile.SUFFIX);
            }
        }
    }

    private void write(String domain, StoredKey stored) throws IOException {
        new PrivateFolder(keys.resolve(domain)).make().publish(stored.key().selector() + KeyFile.SUFFIX, KeyFile.text(stored));
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            var names = new ArrayList<String>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            names.sort(null);
            return names;
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
    }

    private static boolean isDomain(String name) {
        return Address.parse("any@" + name)
                .filter(address -> address.asciiDomain().equals(name) && !name.startsWith("["))
                .isPresent();
    }

    /// The name of a domain's folder: A-labels in lower case, so no slash, and no dot but between labels.
    private static String checked(String domain) {
        return Address.parse("any@" + domain)
                .map(Address::asciiDomain)
                .filter(KeyFolder::isDomain)
                .orElseThrow(() -> new IllegalArgumentException("not a domain: " + domain.toLowerCase(Locale.ROOT)));
    }
}
