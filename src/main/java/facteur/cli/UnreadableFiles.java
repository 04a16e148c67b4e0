package facteur.cli;

import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.platform.failure.Reason;
import facteur.platform.privileges.FileOwner;
import facteur.platform.privileges.OwnersFiles;
import facteur.relay.Config;
import facteur.settings.SourceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Files that the daemon needs and its user can't read, when root checks: the configuration, the files that it names, the
/// files of offices, and the contents of the state folder except letters. The daemon's user is the owner of the state folder.
record UnreadableFiles(Config config, FileOwner owner) {
    /// Below the state folder: letters, of which there may be many, and files that are recreated.
    private static final Set<String> PASSED_OVER = Set.of("spool", "incoming", "captured", "native", "orphaned");
    private static final int DEPTH = 4;
    private static final int MOST = 100_000;

    /// @param problems gets one for each of those files
    static void check(Config config, Problems problems) {
        FileOwner.otherThanRoot(config.state()).ifPresent(owner -> new UnreadableFiles(config, owner).check(problems));
    }

    private void check(Problems problems) {
        var files = files();
        try {
            for (var path : OwnersFiles.unreadable(owner, files.keySet())) {
                Optional.ofNullable(files.get(path)).ifPresent(problems::add);
            }
        } catch (IOException e) {
            problems.warn(config.reading().file(), 0, "", "can't tell which files " + owner.name() + ", the owner of the state folder, can read ("
                    + Reason.of(e) + "): run it as that user");
        }
    }

    /// By absolute path: the problem to report if it can't be read.
    private Map<Path, Problem> files() {
        var files = new LinkedHashMap<Path, Problem>();
        var own = config.reading().file();
        add(files, own, new Problem(own, 0, "", words("it")));
        for (var named : config.reading().named()) {
            add(files, named.path(), new Problem(own, named.line(), named.key(), words(named.path().toString())));
        }
        if (config.rules().settings() instanceof SourceSettings.InFiles(var folder)) {
            list(files, folder, 1, path -> path.equals(folder) || isOffice(path));
        }
        list(files, config.state(), DEPTH, path -> path.equals(config.state()) || !PASSED_OVER.contains(first(config.state(), path)));
        return files;
    }

    private void list(Map<Path, Problem> files, Path folder, int depth, Predicate<Path> read) {
        try (var found = Files.walk(folder, depth)) {
            found.limit(MOST)
                    .filter(read)
                    .forEach(path -> add(files, path, new Problem(path, 0, "", words("it"))));
        } catch (IOException | UncheckedIOException e) {
            // The reader of the folder reports that.
        }
    }

    /// The daemon reads no other file there: an editor's copy, a temporary file, a folder of git.
    private static boolean isOffice(Path path) {
        var name = path.getFileName().toString();
        return name.endsWith(".yaml") || name.endsWith(".relations.csv");
    }

    private static String first(Path folder, Path below) {
        return folder.relativize(below).getName(0).toString();
    }

    private static void add(Map<Path, Problem> files, Path path, Problem problem) {
        if (Files.exists(path)) {
            files.putIfAbsent(path.toAbsolutePath(), problem);
        }
    }

    private String words(String what) {
        return owner.name() + ", who owns the state folder, can't read " + what
                + ": look at the owner, the group and the mode of the file and of its folders";
    }
}
