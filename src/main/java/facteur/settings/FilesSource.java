package facteur.settings;

import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.platform.config.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settings in a folder of YAML files, one per office: `dupont.yaml` is the office `dupont`, and `dupont.relations.csv`
/// beside it may hold its clients' cards. A file is read again when it has changed. With a problem in it, the last good
/// version stays in use and the problem is logged; an office that never had a good file is unusable, and so is a card with
/// a mistake in it. Neither affects any other.
///
/// Thread-safe; blocks for the disk.
public final class FilesSource implements SettingsSource {
    private static final Logger LOG = LoggerFactory.getLogger(FilesSource.class);

    /// While the folder is away, any office that is asked for has a problem.
    private static final int MOST_SAID = 1_000;

    private final Path folder;
    private final OfficeReader reader;
    private final Address sharedAddress;
    private final Roles roles;
    private final InstantSource time;

    /// Only offices that have a file stay here: an app may ask for any office.
    private final Map<OfficeId, OfficeFiles> offices = new ConcurrentHashMap<>();

    /// The problems already logged.
    private final Map<OfficeId, String> said = new ConcurrentHashMap<>();

    /// @param sharedAddress the relay's own: no office may claim its domain
    /// @param roles that replies may go to
    public FilesSource(Path folder, Address sharedAddress, Roles roles, InstantSource time) {
        this.folder = folder;
        this.reader = new OfficeReader(sharedAddress, roles);
        this.sharedAddress = sharedAddress;
        this.roles = roles;
        this.time = time;
    }

    @Override
    public String name() {
        return "files " + folder;
    }

    /// Reads every office, and looks for what is allowed but probably a mistake.
    ///
    /// @param problems gets those of all files
    /// @return the domains that offices want to write under, in A-labels
    public Set<String> readAll(Problems problems, OfficeDomains domains) {
        var lint = new Lint(problems, domains);
        var all = files(problems);
        new StrayFiles(all).warn(problems);
        for (var file : all.stream().filter(OfficeFiles::isSettings).toList()) {
            OfficeFiles.office(file).ifPresentOrElse(
                    office -> files(office).lint(lint, file, problems), () -> OfficeFiles.reportName(file, problems));
        }
        return lint.officeDomains();
    }

    private List<Path> files(Problems problems) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            problems.add(folder, 0, "", TextFile.reason(e));
            return List.of();
        }
    }

    @Override
    public Lookup<OfficeSettings> office(OfficeId office) {
        var answer = ask(office, OfficeFiles::office);
        if (answer instanceof Lookup.Missing<OfficeSettings> || answer instanceof Lookup.Unavailable<OfficeSettings>) {
            offices.remove(office);
        }
        return answer;
    }

    @Override
    public Lookup<RelationCard> relation(OfficeId office, RelationId relation) {
        return ask(office, (files, problems) -> files.relation(relation, problems));
    }

    /// By reading each file with the other roles, and those with a problem also with ours.
    @Override
    public Optional<List<Problem>> unlisted(Roles next) {
        var other = new FilesSource(folder, sharedAddress, next, time);
        return Optional.of(files(new Problems()).stream()
                .flatMap(file -> {
                    var after = other.problems(file);
                    return (after.isEmpty() ? Optional.<Problem>empty() : RoleUse.ofFile(problems(file), after)).stream();
                })
                .toList());
    }

    /// Those of one file; none of a file that isn't an office's.
    private Problems problems(Path file) {
        var problems = new Problems();
        OfficeFiles.office(file).ifPresent(office -> judgeOffice(office, file, problems));
        OfficeFiles.officeOfCards(file).ifPresent(office -> judgeCards(office, file, problems));
        return problems;
    }

    @Override
    public void forget(OfficeId office) {
        var files = offices.get(office);
        if (files != null) {
            files.finished();
        }
    }

    @Override
    public void forgetAll() {
        offices.values().forEach(OfficeFiles::finished);
    }

    @Override
    public void close() {}

    private OfficeFiles files(OfficeId office) {
        return offices.computeIfAbsent(office, id -> new OfficeFiles(folder, id, reader, roles, time));
    }

    /// Watches all files, also of offices that no letter has come for.
    public FilesWatch watch(FilesWatch.Listener listener) {
        return new FilesWatch(folder, this, time, listener);
    }

    Lookup<?> judgeOffice(OfficeId office, Path file, Problems problems) {
        return new OfficeFiles(folder, office, reader, roles, time).judgeOffice(file, problems);
    }

    Lookup<?> judgeCards(OfficeId office, Path file, Problems problems) {
        return new OfficeFiles(folder, office, reader, roles, time).judgeCards(file, problems);
    }

    /// What decides letters while a file can't be used.
    FileTrouble.Meanwhile meanwhile(OfficeId office, Path file) {
        var files = offices.get(office);
        return files != null && files.holds(file) ? FileTrouble.Meanwhile.OLD_ANSWER : FileTrouble.Meanwhile.NONE;
    }

    private <T> Lookup<T> ask(OfficeId office, BiFunction<OfficeFiles, Problems, Lookup<T>> question) {
        var problems = new Problems();
        var answer = question.apply(files(office), problems);
        if (problems.isEmpty()) {
            said.remove(office);
        } else {
            say(office, problems);
        }
        return answer;
    }

    /// Once, however often a file is tried again that can't be read.
    private void say(OfficeId office, Problems problems) {
        if (said.size() >= MOST_SAID) {
            said.clear();
        }
        if (!problems.toString().equals(said.put(office, problems.toString()))) {
            problems.list().forEach(problem -> LOG.error("{}", problem));
        }
    }
}
