package facteur.settings;

import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.Roles;
import facteur.platform.config.Section;
import facteur.platform.config.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// Where settings come from, as the section `settings` says. Immutable.
public sealed interface SourceSettings {
    /// In something that is not facteur's own.
    sealed interface Elsewhere extends SourceSettings {
        /// Makes the source; connects to nothing yet.
        ///
        /// @param sharedAddress the relay's own: no office may claim its domain
        /// @param roles that replies may go to
        SettingsSource open(Address sharedAddress, Roles roles, InstantSource time);
    }

    /// What `source` may say; the section of that name says the rest.
    enum Kind {
        FILES,
        SQL,
        HTTP,
        STORE;

        String key() {
            return Word.of(this);
        }
    }

    record InFiles(Path folder) implements Elsewhere {
        @Override
        public FilesSource open(Address sharedAddress, Roles roles, InstantSource time) {
            return new FilesSource(folder, sharedAddress, roles, time);
        }

        /// Whether the office has no file. One that can't be looked at is one.
        public boolean lacks(OfficeId office) {
            return Files.notExists(folder.resolve(office + OfficeFiles.SETTINGS));
        }
    }

    record InDatabase(SqlSettings settings) implements Elsewhere {
        @Override
        public SettingsSource open(Address sharedAddress, Roles roles, InstantSource time) {
            return new SqlSource(settings, sharedAddress, roles, time);
        }
    }

    record InService(HttpSettings settings) implements Elsewhere {
        @Override
        public SettingsSource open(Address sharedAddress, Roles roles, InstantSource time) {
            return new HttpSource(settings, sharedAddress, roles, time);
        }
    }

    /// In the spool's database, where facteur itself writes them.
    ///
    /// @param keep how long an old version is kept
    record InStore(Duration keep) implements SourceSettings {
        public static final Duration KEEP = Duration.ofDays(400);

        private static final Duration SHORTEST = Duration.ofDays(1);
        private static final Duration LONGEST = Duration.ofDays(36_500);

        static InStore from(Section section) {
            return new InStore(section.duration("keep", KEEP, SHORTEST, LONGEST));
        }
    }

    static SourceSettings from(Section section) {
        var kind = section.choice("source", Kind.FILES);
        for (var other : Kind.values()) {
            if (other != kind && section.has(other.key())) {
                section.problem(other.key(), "is not used: the source is " + kind.key());
            }
        }
        var own = section.section(kind.key());
        return switch (kind) {
            case FILES -> new InFiles(folder(own));
            case SQL -> new InDatabase(SqlSettings.from(own));
            case HTTP -> new InService(HttpSettings.from(own));
            case STORE -> InStore.from(own);
        };
    }

    private static Path folder(Section section) {
        var folder = section.path("directory", Path.of("offices"));
        if (!Files.isReadable(folder) || !Files.isDirectory(folder)) {
            section.problem("directory", folder + " is not a folder that can be read");
        }
        return folder;
    }
}
