package facteur.settings;

import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.Roles;
import facteur.platform.config.Problems;
import facteur.platform.config.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// A folder of offices' files, read once to be put elsewhere: by the same rules, with the same problems and warnings as
/// [FilesSource] has for them. Immutable; blocks for the disk.
public final class OfficeFolder {
    /// What was read.
    ///
    /// @param offices those without a problem
    /// @param refused those with one
    public record Content(List<WrittenOffice> offices, SequencedSet<OfficeId> refused) {
        public Content {
            offices = List.copyOf(offices);
            refused = new LinkedHashSet<>(refused);
        }
    }

    private final Path folder;
    private final OfficeReader reader;
    private final Roles roles;
    private final InstantSource time;

    /// @param sharedAddress the relay's own: no office may claim its domain
    /// @param roles that replies may go to
    public OfficeFolder(Path folder, Address sharedAddress, Roles roles, InstantSource time) {
        this.folder = folder;
        this.reader = new OfficeReader(sharedAddress, roles);
        this.roles = roles;
        this.time = time;
    }

    /// @param only this office; empty = all
    /// @param problems gets those of all files that are read
    public Content read(Optional<OfficeId> only, Problems problems, OfficeDomains domains) {
        var files = files(problems);
        if (only.isEmpty()) {
            new StrayFiles(files).warn(problems);
        }
        var lint = new Lint(problems, domains);
        var offices = new ArrayList<WrittenOffice>();
        var refused = new LinkedHashSet<OfficeId>();
        for (var file : files.stream().filter(OfficeFiles::isSettings).toList()) {
            OfficeFiles.office(file).ifPresentOrElse(
                    id -> {
                        if (only.isEmpty() || only.get().equals(id)) {
                            new OfficeFiles(folder, id, reader, roles, time).written(lint, problems)
                                    .ifPresentOrElse(offices::add, () -> refused.add(id));
                        }
                    },
                    () -> {
                        if (only.isEmpty()) {
                            OfficeFiles.reportName(file, problems);
                        }
                    });
        }
        return new Content(offices, refused);
    }

    private List<Path> files(Problems problems) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            problems.add(folder, 0, "", TextFile.reason(e));
            return List.of();
        }
    }
}
