package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.relay.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Needs root, since only root sees more than the daemon's user.
final class UnreadableFilesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void asRoot() throws IOException {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "root");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv");
        mode(folder, "rwxr-xr-x");
        Files.createDirectories(folder.resolve("var/keys"));
        write("var/keys/dupont.example", "key");
        for (var path : List.of("var", "var/keys", "var/keys/dupont.example")) {
            Files.setAttribute(folder.resolve(path), "unix:uid", 65534);
        }
        write("secret", "s3cret-of-sixteen-or-more");
        write("offices/dupont.yaml", "company: o@d.example\n");
        write("facteur.yaml", """
                shared-address: inbox@shared.example
                state: var
                apps: [{ name: local, networks: [127.0.0.0/8], offices: [dupont] }]
                upstreams: [{ name: a, kind: capture }]
                admin:
                  token: ${file:secret}
                """);
    }

    @Test
    void findsNothingWhereTheOwnerReadsEverything() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void passesOverWhatNoDaemonReads() throws IOException {
        for (var path : List.of("offices/dupont.yaml~", "offices/dupont.yaml.new", "offices/.git/config", "offices/README")) {
            write(path, "");
            mode(folder.resolve(path), "rw-------");
        }
        mode(folder.resolve("offices/.git"), "rwx------");
        assertThat(problems()).isEmpty();
    }

    @Test
    void namesWhatTheOwnerOfTheStateFolderCantRead() throws IOException {
        mode(folder.resolve("secret"), "rw-------");
        mode(folder.resolve("offices/dupont.yaml"), "rw-r-----");
        mode(folder.resolve("var/keys/dupont.example"), "---------");
        assertThat(problems())
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("facteur.yaml:6: admin.token: nobody, who owns the state folder, can't read secret: look at"))
                .anyMatch(problem -> problem.startsWith("offices/dupont.yaml: nobody, who owns the state folder, can't read it: "))
                .anyMatch(problem -> problem.startsWith("var/keys/dupont.example: nobody, "));
    }

    @Test
    void aFolderMayKeepItOut() throws IOException {
        mode(folder.resolve("offices"), "rwx------");
        assertThat(problems()).anyMatch(problem -> problem.startsWith("offices/dupont.yaml: "));
    }

    @Test
    void theOwnersGroupsCount() throws IOException {
        Files.setAttribute(folder.resolve("var"), "unix:gid", 65534);
        Files.setAttribute(folder.resolve("offices/dupont.yaml"), "unix:gid", 65534);
        mode(folder.resolve("offices/dupont.yaml"), "rw-r-----");
        assertThat(problems()).isEmpty();
    }

    private List<String> problems() {
        var problems = new Problems();
        UnreadableFiles.check(Config.read(folder.resolve("facteur.yaml"), problems, _ -> null), problems);
        return problems.list().stream().map(Problem::toString).map(text -> text.replace(folder + "/", "")).toList();
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
