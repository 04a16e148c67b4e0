package facteur.settings;

import facteur.office.OfficeId;
import facteur.platform.config.Problem;
import facteur.platform.config.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// Knows which files of offices can't be used, also of offices that no letter has come for. Each [#look] compares the
/// files' stamps, and reads those that have changed; of what it reads, only the problems stay in memory. Whether an old answer
/// stays in use is up to the source that letters use.
///
/// Each change of a file's state is reported once: it became unusable, for one reason or another, is usable again, or was
/// removed.
///
/// Thread-safe; blocks for the disk. Two who look at the same file wait for one another, and for no other file.
public final class FilesWatch {
    /// Learns of each change.
    public interface Listener {
        void troubled(FileTrouble trouble);

        /// @param office whose file it is; empty for the folder of all
        /// @param now how it recovered
        void recovered(String office, Path file, Recovery now);
    }

    /// How a trouble ended.
    public enum Recovery {
        USABLE("can be used again"),
        GONE("was removed");

        private final String words;

        Recovery(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private final Path folder;
    private final FilesSource source;
    private final InstantSource time;
    private final Listener listener;
    private final Map<OfficeId, List<CheckedFile>> offices = new ConcurrentHashMap<>();
    private final Map<Path, FileTrouble> troubles = new ConcurrentSkipListMap<>();

    /// @param source reads the same folder for letters
    FilesWatch(Path folder, FilesSource source, InstantSource time, Listener listener) {
        this.folder = folder;
        this.source = source;
        this.time = time;
        this.listener = listener;
    }

    /// Looks at all files there are, and at those that there were. Where the folder can't be listed, that is all there is to
    /// say.
    public void look() {
        listed().ifPresent(listed -> {
            listed.addAll(offices.keySet());
            listed.forEach(this::look);
        });
    }

    /// Looks at the files of one office, now.
    public void look(OfficeId office) {
        var files = offices.computeIfAbsent(office, this::files);
        var isThere = false;
        for (var file : files) {
            isThere |= look(file);
        }
        if (!isThere) {
            offices.remove(office, files);
        }
    }

    /// An operator declares all files finished: what has changed until now counts at the next look.
    public void settled() {
        offices.values().forEach(files -> files.forEach(CheckedFile::settled));
    }

    /// The same of one office.
    public void settled(OfficeId office) {
        offices.getOrDefault(office, List.of()).forEach(CheckedFile::settled);
    }

    /// As of the last look, by the files' names.
    public List<FileTrouble> troubles() {
        return troubles.values().stream().map(this::asOfNow).toList();
    }

    /// How many files there are, without asking the source.
    public int count() {
        return troubles.size();
    }

    private List<CheckedFile> files(OfficeId office) {
        return List.of(
                new CheckedFile(office, OfficeFiles.settings(folder, office), source::judgeOffice, time),
                new CheckedFile(office, OfficeFiles.relations(folder, office), source::judgeCards, time));
    }

    private Optional<Set<OfficeId>> listed() {
        try (var files = Files.list(folder)) {
            Set<OfficeId> listed = new HashSet<>();
            files.forEach(file -> OfficeFiles.office(file).ifPresent(listed::add));
            note("", folder, null);
            return Optional.of(listed);
        } catch (IOException e) {
            note("", folder, new FileTrouble(
                    "",
                    folder,
                    FileTrouble.Kind.UNREADABLE,
                    new Problem(folder, 0, "", TextFile.reason(e)),
                    0,
                    time.instant(),
                    FileTrouble.Meanwhile.NONE));
            return Optional.empty();
        }
    }

    /// @return whether there is such a file, as far as that is known
    private boolean look(CheckedFile file) {
        synchronized (file) {
            return switch (file.look()) {
                case CheckedFile.State.Gone() -> {
                    note(file.office().text(), file.path(), null, Recovery.GONE);
                    yield false;
                }
                case CheckedFile.State.Sound() -> {
                    note(file.office().text(), file.path(), null);
                    yield true;
                }
                case CheckedFile.State.Bad(var kind, var problems) -> {
                    var trouble = new FileTrouble(
                            file.office().text(), file.path(), kind, problems.list().getFirst(), problems.count() - 1, time.instant(),
                            FileTrouble.Meanwhile.NONE);
                    note(file.office().text(), file.path(), asOfNow(trouble));
                    yield true;
                }
            };
        }
    }

    private void note(String office, Path file, @Nullable FileTrouble now) {
        note(office, file, now, Recovery.USABLE);
    }

    private void note(String office, Path file, @Nullable FileTrouble now, Recovery recovery) {
        var before = troubles.get(file);
        if (now == null) {
            if (before != null) {
                troubles.remove(file);
                listener.recovered(office, file, recovery);
            }
        } else if (before == null || !before.isLike(now)) {
            troubles.put(file, now);
            listener.troubled(now);
        }
    }

    private FileTrouble asOfNow(FileTrouble trouble) {
        return new FileTrouble(
                trouble.office(), trouble.file(), trouble.kind(), trouble.first(), trouble.more(), trouble.since(), meanwhile(trouble));
    }

    private FileTrouble.Meanwhile meanwhile(FileTrouble trouble) {
        return OfficeId.parse(trouble.office())
                .map(office -> source.meanwhile(office, trouble.file()))
                .orElse(FileTrouble.Meanwhile.NONE);
    }
}
