package facteur.settings;

import facteur.config.Problems;
import facteur.smtp.Address;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Settings in a folder of YAML files, one an office: `dupont.yaml` is the office `dupont`. All are read at once; an
/// office whose file has a problem is unavailable, the others are not touched by it.
///
/// Immutable; safe to share between threads; never blocks.
public final class FilesSource implements SettingsSource {
    private static final String SUFFIX = ".yaml";

    private final Map<OfficeId, OfficeFile.Content> offices;
    private final Map<OfficeId, String> broken;

    private FilesSource(Map<OfficeId, OfficeFile.Content> offices, Map<OfficeId, String> broken) {
        this.offices = Map.copyOf(offices);
        this.broken = Map.copyOf(broken);
    }

    /// @param sharedAddress the relay's own: no office may claim its domain
    /// @param problems gets those of every office
    public static FilesSource read(Path folder, Address sharedAddress, Problems problems) {
        var offices = new HashMap<OfficeId, OfficeFile.Content>();
        var broken = new HashMap<OfficeId, String>();
        for (var file : files(folder, problems)) {
            var name = file.getFileName().toString();
            var id = OfficeId.parse(name.substring(0, name.length() - SUFFIX.length()));
            if (id.isEmpty()) {
                problems.add(file, 0, "", "the name of an office's file is its id, made of a-z 0-9 . _ -");
                continue;
            }
            var own = new Problems();
            var content = new OfficeFile(sharedAddress).read(text(file, own), file, id.get(), own);
            own.warnings().forEach(problems::warn);
            own.list().forEach(problems::add);
            if (own.isEmpty()) {
                offices.put(id.get(), content);
            } else {
                broken.put(id.get(), own.list().getFirst().toString());
            }
        }
        return new FilesSource(offices, broken);
    }

    private static List<Path> files(Path folder, Problems problems) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException e) {
            problems.add(folder, 0, "", "can't be read: " + e);
            return List.of();
        }
    }

    private static String text(Path file, Problems problems) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            problems.add(file, 0, "", "is not UTF-8");
        } catch (IOException e) {
            problems.add(file, 0, "", "can't be read: " + e);
        }
        return "";
    }

    @Override
    public Lookup<OfficeSettings> office(OfficeId office) {
        var content = offices.get(office);
        if (content != null) {
            return new Lookup.Found<>(content.settings());
        }
        var problem = broken.get(office);
        return problem == null ? new Lookup.Missing<>() : new Lookup.Unavailable<>(problem);
    }

    @Override
    public Lookup<RelationCard> relation(OfficeId office, RelationId relation) {
        var content = offices.get(office);
        if (content == null) {
            return new Lookup.Unavailable<>("no settings of " + office);
        }
        var card = content.relations().get(relation);
        return card == null ? new Lookup.Missing<>() : new Lookup.Found<>(card);
    }
}
