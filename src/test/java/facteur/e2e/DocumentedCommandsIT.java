package facteur.e2e;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Act;
import facteur.fixture.Ended;
import facteur.fixture.FreePort;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shell blocks of README, how-to and the pages beside it, run as they are written: in the order of the pages, against one relay of the packaged
/// program whose upstream puts every letter off. Paths of an installation are those of a scratch folder, and `systemctl` and
/// `runuser` are stand-ins.
final class DocumentedCommandsIT {
    private static final List<Path> PAGES =
            List.of(Path.of("README.md"), Path.of("src/docs/howto.md"), Path.of("src/docs/settings.md"), Path.of("src/docs/developing.md"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    /// By the beginning of the block, why it can't be run here.
    private static final Map<String, String> NOT_HERE = Map.ofEntries(
            entry("mvn -q package -DskipTests exec:exec", "builds, and runs until it is stopped, or for an hour"),
            entry("mvn verify", "builds and tests"),
            entry("mvn test -Dtest=SpoolFreezer", "writes a spool into the sources"),
            entry("mvn -q test -Dtest=HousePictureTest", "writes a picture into the sources"),
            entry("JAZZER_FUZZ=1 mvn test", "fuzzes for a minute"),
            entry("FACTEUR_JAVA_OPTIONS=", "runs until it is stopped"),
            entry("db='file:target/facteur/var", "needs sqlite3"),
            entry("mvn -Pdist package", "builds a package, and installs it as root"),
            entry("mvn -q package -DskipTests                      # as the user who builds", "builds, and installs as root"),
            entry("runuser -u facteur -- facteur check && systemctl restart", "follows the journal of systemd"),
            entry("runuser -u facteur -- facteur check && systemctl daemon-reload", "follows the journal of systemd"),
            entry("cd /etc/facteur\nopenssl rand", "shows a password on a terminal, and hands its file to a group"),
            entry("#!/bin/sh\ninstall -o root", "is a hook of certbot, as root"),
            entry("runuser -u facteur -- sqlite3", "needs sqlite3"));

    /// In the documents, ids and days of another time.
    private static final String EXAMPLE_ID = "01m8468qb1dasymv";

    @TempDir
    private Path folder;

    @Test
    void knowsEachBlockThatIsNotRun() throws Exception {
        var blocks = blocks();
        assertThat(NOT_HERE.keySet()).allSatisfy(beginning -> assertThat(blocks).anyMatch(block -> block.startsWith(beginning)));
        for (var block : blocks) {
            assertThat(Ended.of(new ProcessBuilder("sh", "-n"), block)).as(block).isEqualTo(new Ended(0, "", ""));
        }
    }

    @Test
    void doWhatTheySay() throws Exception {
        try (var upstream = ScriptedUpstream.start().when("RCPT", Act.say("450 4.2.0 later"))) {
            var port = FreePort.next();
            new RelayFolder(folder)
                    .office("dupont", RelayFolder.DUPONT)
                    .relayingTo(upstream.port(), "console: { address: \"127.0.0.1:" + FreePort.next() + "\" }\n")
                    .edited("127.0.0.1:0\" }]", "127.0.0.1:" + port + "\" }]");
            Files.createDirectory(folder.resolve("backups"));
            standIns();
            assertThat(shell("systemctl start facteur")).isEqualTo(new Ended(0, "", ""));
            var failures = new ArrayList<String>();
            var letter = EXAMPLE_ID;
            for (var block : blocks()) {
                if (NOT_HERE.keySet().stream().noneMatch(block::startsWith)) {
                    var text = block.replace("127.0.0.1:2525", "127.0.0.1:" + port).replace(EXAMPLE_ID, letter);
                    var ended = shell("set -e\n" + here(text));
                    if (ended.exitCode() != 0) {
                        failures.add(block + "-> " + ended);
                    }
                    letter = letter.equals(EXAMPLE_ID) ? firstLetter() : letter;
                }
            }
            assertThat(failures).isEmpty();
            assertThat(Files.readString(folder.resolve("said"))).contains("letters in the queue: ", "They are on hold", "smarthost is up");
        }
    }

    private static List<String> blocks() throws IOException {
        var blocks = new ArrayList<String>();
        for (var page : PAGES) {
            BLOCK.matcher(Files.readString(page)).results().map(block -> block.group(1)).forEach(blocks::add);
        }
        return blocks;
    }

    private String here(String block) {
        var places = new LinkedHashMap<String, String>();
        places.put("/var/lib/facteur", folder.resolve("var").toString());
        places.put("/etc/facteur/offices", folder.resolve("offices").toString());
        places.put("/backups", folder.resolve("backups").toString());
        places.put("facteur-2026-11-24.zip", "facteur-$(date +%F).zip");
        return places.entrySet().stream()
                .reduce(block, (text, place) -> text.replace(place.getKey(), place.getValue()), (text, _) -> text);
    }

    /// The relay's own words for it, in the reply to the first block that sends one.
    private String firstLetter() throws IOException, InterruptedException {
        return Stream.of(shell("facteur queue list").out().split("\\s+"))
                .filter(word -> word.matches("[0-9a-hjkmnp-tv-z]{16}"))
                .findFirst()
                .orElse(EXAMPLE_ID);
    }

    private Ended shell(String script) throws IOException, InterruptedException {
        var command = new ProcessBuilder("sh").directory(folder.toFile());
        command.environment().putAll(PackagedRelay.command().environment());
        command.environment().put("EDITOR", "sed -i '$ a sandbox: false'");
        command.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        return Ended.of(command, script);
    }

    private void standIns() throws IOException {
        var program = PackagedRelay.layout().resolve("bin/facteur");
        // One that is being sent can't be moved: that is for the relay to say, not a fault of the page.
        standIn("facteur", """
                case "$*" in *--watch*) limit='timeout --signal=INT 2' ;; esac
                $limit %1$s "$@" --config %2$s/facteur.yaml > %2$s/last 2>&1 && code=0 || code=$?
                cat %2$s/last && cat %2$s/last >> %2$s/said
                [ -z "$limit" ] || [ $code -ne 124 ] || exit 0
                [ $code -ne 65 ] || ! grep -q 'being sent' %2$s/last || exit 0
                exit $code
                """.formatted(program, folder));
        // What stops it is the disaster that the state is restored after.
        standIn("systemctl", """
                case $1 in
                start)
                    %1$s run --config %2$s/facteur.yaml > %2$s/log 2>&1 < /dev/null &
                    echo $! > %2$s/pid
                    for i in $(seq 600); do [ ! -s %2$s/var/admin ] || ! grep -q msg=started %2$s/log || exit 0; sleep 0.1; done
                    exit 1 ;;
                stop)
                    kill $(cat %2$s/pid)
                    while kill -0 $(cat %2$s/pid) 2> /dev/null; do sleep 0.1; done
                    mv %2$s/var %2$s/lost ;;
                esac
                """.formatted(program, folder));
    }

    private void standIn(String name, String script) throws IOException {
        var file = folder.resolve("bin").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void stop() throws IOException {
        var pid = folder.resolve("pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
