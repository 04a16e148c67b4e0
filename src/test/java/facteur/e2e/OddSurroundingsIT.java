package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.cli.Cli;
import facteur.cli.Invocation;
import facteur.fixture.FreePort;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each verb where something around it is broken: it says what, in words, and exits as `sysexits.h` has it.
final class OddSurroundingsIT {
    /// What only a programmer reads.
    private static final Pattern CODE = Pattern.compile("\\bnull\\b|Exception|\\bat (?:facteur|java|org|picocli)\\.|\\bjava\\.");
    private static final Set<Integer> EXIT_CODES = Set.of(0, 64, 65, 69, 70, 73, 74, 75, 76, 77, 78);
    /// EX_SOFTWARE: none of these is our fault.
    private static final int FAULT = 70;

    @TempDir
    private static Path first;

    @TempDir
    private Path folder;

    private RelayFolder relay;

    /// What is broken.
    enum Odd {
        NO_CONFIGURATION {
            @Override
            void make(RelayFolder relay) throws IOException {
                Files.delete(relay.config());
            }
        },
        CONFIGURATION_IS_A_FOLDER {
            @Override
            void make(RelayFolder relay) throws IOException {
                Files.delete(relay.config());
                Files.createDirectory(relay.config());
            }
        },
        /// By the tests' user, unless that is root.
        CONFIGURATION_CANNOT_BE_READ {
            @Override
            void make(RelayFolder relay) throws IOException {
                Files.setPosixFilePermissions(relay.config(), PosixFilePermissions.fromString("---------"));
            }
        },
        OFFICE_IS_NO_YAML {
            @Override
            void make(RelayFolder relay) {
                relay.office("dupont", "company: [\n");
            }
        },
        OFFICES_ARE_A_FILE {
            @Override
            void make(RelayFolder relay) throws IOException {
                var offices = relay.config().resolveSibling("offices");
                Files.delete(offices.resolve("dupont.yaml"));
                Files.delete(offices);
                Files.createFile(offices);
            }
        },
        NO_STATE {
            @Override
            void make(RelayFolder relay) throws IOException {
                Files.move(relay.state(), relay.state().resolveSibling("elsewhere"));
            }
        },
        STATE_IS_A_FILE {
            @Override
            void make(RelayFolder relay) throws IOException {
                Files.move(relay.state(), relay.state().resolveSibling("elsewhere"));
                Files.createFile(relay.state());
            }
        },
        STATE_CANNOT_BE_READ {
            @Override
            void make(RelayFolder relay) throws IOException {
                Files.setPosixFilePermissions(relay.state(), PosixFilePermissions.fromString("---------"));
            }
        },
        DATABASE_IS_EMPTY {
            @Override
            void make(RelayFolder relay) throws IOException {
                Files.write(relay.state().resolve("facteur.db"), new byte[0]);
            }
        },
        DATABASE_IS_GARBAGE {
            @Override
            void make(RelayFolder relay) throws IOException {
                Files.writeString(relay.state().resolve("facteur.db"), "no database at all, ".repeat(1000));
            }
        },
        DATABASE_IS_A_FOLDER {
            @Override
            void make(RelayFolder relay) throws IOException {
                Files.delete(relay.state().resolve("facteur.db"));
                Files.createDirectory(relay.state().resolve("facteur.db"));
            }
        },
        DATABASE_IS_AWAY {
            @Override
            void make(RelayFolder relay) throws IOException {
                append(relay, "spool: { url: \"jdbc:postgresql://127.0.0.1:%d/mail\", timeout: 1s }\n".formatted(FreePort.next()));
            }

            // Each waits for the whole timeout.
            @Override
            boolean isAbout(String verb) {
                return Set.of("queue list", "domain list", "log jan@dupont.example", "status").contains(verb);
            }
        },
        KEYS_ARE_A_FILE {
            @Override
            void make(RelayFolder relay) throws IOException {
                Files.createFile(relay.state().resolve("keys"));
            }
        },
        LOCK_IS_A_FOLDER {
            @Override
            void make(RelayFolder relay) throws IOException {
                Files.delete(relay.state().resolve("lock"));
                Files.createDirectory(relay.state().resolve("lock"));
            }
        },
        ADMIN_IS_GARBAGE {
            @Override
            void make(RelayFolder relay) throws IOException {
                Files.writeString(relay.state().resolve("admin"), "127.0.0.1:1 \u0001\u0002");
            }
        },
        NOBODY_ANSWERS {
            @Override
            void make(RelayFolder relay) throws IOException {
                Files.writeString(relay.state().resolve("admin"), "127.0.0.1:" + FreePort.next() + " token\n");
            }
        };

        abstract void make(RelayFolder relay) throws IOException;

        boolean isAbout(String verb) {
            return !verb.isEmpty();
        }

        private static void append(RelayFolder relay, String lines) throws IOException {
            Files.writeString(relay.config(), Files.readString(relay.config()) + lines);
        }
    }

    @BeforeAll
    static void stopADaemon() throws Exception {
        configured(first).start(new RecordingJournal()).close();
    }

    private static RelayFolder configured(Path home) throws IOException {
        return new RelayFolder(home)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith("listeners", "[{ address: \"127.0.0.1:%d\" }]".formatted(FreePort.next()), "")
                .edited("{ trusted: [dupont.example, verified.example] }",
                        "{ resolvers: [\"127.0.0.1:%d\"], timeout: 100ms }".formatted(FreePort.next()));
    }

    @BeforeEach
    void stateOfAStoppedDaemon() throws IOException {
        relay = configured(folder.resolve("home"));
        Files.createDirectory(relay.state());
        for (var name : List.of("facteur.db", "lock")) {
            Files.copy(first.resolve("var").resolve(name), relay.state().resolve(name));
        }
        Files.writeString(folder.resolve("no-backup"), "no backup");
    }

    @AfterEach
    void letItBeDeleted() throws IOException {
        try (var all = Files.list(folder.resolve("home"))) {
            for (var each : all.filter(Files::isDirectory).toList()) {
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    private Stream<List<String>> verbs(Odd odd) {
        return Stream.of(
                "check",
                "explain --office dupont",
                "queue list",
                "queue show 0123456789abcdef",
                "queue hold --all",
                "queue flush",
                "log jan@dupont.example",
                "domain list",
                "domain add dupont.example --office dupont",
                "domain records dupont.example",
                "domain check dupont.example --explain",
                "domain rotate dupont.example",
                "domain remove dupont.example --office dupont",
                "upstream check",
                "send-test --to client@example.com",
                "upstream wake capture",
                "login unlock 192.0.2.1",
                "forget --address ann@example.com",
                "status",
                "reload",
                "backup " + folder.resolve("backup.zip"),
                "backup " + folder.resolve("none/backup.zip"),
                "restore " + folder.resolve("no-backup"),
                "restore " + folder.resolve("none.zip"),
                "restore " + folder)
                .filter(odd::isAbout)
                .map(line -> List.of(line.split(" ")));
    }

    @ParameterizedTest
    @EnumSource
    void isToldInWords(Odd odd) throws IOException {
        odd.make(relay);
        var code = new ArrayList<String>();
        verbs(odd).forEach(verb -> {
            var out = new StringWriter();
            var err = new StringWriter();
            var arguments = new ArrayList<>(verb);
            arguments.addAll(List.of("--config", relay.config().toString()));
            var exitCode = Cli.execute(new Invocation(
                    InputStream.nullInputStream(),
                    new PrintWriter(out, true),
                    new PrintWriter(err, true),
                    System.getenv(),
                    InstantSource.system(),
                    arguments.toArray(String[]::new)));
            var said = out.toString() + err;
            if (CODE.matcher(said).find() || exitCode == FAULT || !EXIT_CODES.contains(exitCode) || exitCode != 0 && said.isBlank()) {
                code.add(String.join(" ", verb) + " -> " + exitCode + ": " + said);
            }
        });
        assertThat(code).isEmpty();
    }
}
