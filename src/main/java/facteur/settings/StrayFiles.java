package facteur.settings;

import facteur.platform.config.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Files in the offices' folder that look like settings, and are not read.
///
/// @param files all that are there
record StrayFiles(List<Path> files) {
    void warn(Problems problems) {
        var names = files.stream().map(StrayFiles::name).collect(Collectors.toSet());
        files.forEach(file -> trouble(name(file), names).ifPresent(what -> problems.warn(file, 0, "", what)));
    }

    private static Optional<String> trouble(String name, Set<String> names) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(OfficeFiles.RELATIONS)) {
            var office = lower.substring(0, lower.length() - OfficeFiles.RELATIONS.length()) + OfficeFiles.SETTINGS;
            return name.equals(lower)
                    ? names.contains(office) ? Optional.empty() : Optional.of("is not read: there is no " + office)
                    : Optional.of(misnamed(lower));
        }
        if (lower.endsWith(".csv")) {
            return Optional.of(misnamed(lower.substring(0, lower.length() - ".csv".length()) + OfficeFiles.RELATIONS));
        }
        if (lower.endsWith(".yml") || lower.endsWith(OfficeFiles.SETTINGS) && !name.endsWith(OfficeFiles.SETTINGS)) {
            var right = lower.substring(0, lower.lastIndexOf('.')) + OfficeFiles.SETTINGS;
            return Optional.of(names.contains(right) ? "is not read: " + right + " is" : misnamed(right));
        }
        return Optional.empty();
    }

    private static String misnamed(String right) {
        return "is not read: its name should be " + right;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
