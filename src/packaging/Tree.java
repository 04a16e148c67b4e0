import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Makes what a package holds besides `target/facteur`, afresh at each call: the Java runtime, `/etc/facteur`, pages of the manual, completion for
/// bash, change log. Run from the source by the JDK that the build found, with the program's class path:
///
///     java -cp … src/packaging/Tree.java OUT VERSION TIME
///
/// The same sources make the same bytes: nothing in them tells when or where they were made.
final class Tree {
    /// `jdeps` over all jars, without what only an unused part of a library asks for (java.desktop: the driver's points, clipboards of mail
    /// parts, ICU's text in colours; java.security.jgss: Kerberos), and with what none of them names: jdk.crypto.ec went into java.base, jdk.unsupported holds the signals
    /// and Caffeine's `Unsafe`, jdk.charsets what an encoded word may be written in, and
    /// jdk.management is asked for the processor time and the open files among the meters.
    private static final String MODULES = String.join(
            ",",
            "java.base",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.security.sasl",
            "java.sql",
            "java.xml",
            "jdk.charsets",
            "jdk.httpserver",
            "jdk.management",
            "jdk.unsupported");

    private final Path out;
    private final String version;
    private final Instant time;

    private Tree(Path out, String version, Instant time) {
        this.out = out;
        this.version = version;
        this.time = time;
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        var tree = new Tree(Path.of(arguments[0]), arguments[1], Instant.parse(arguments[2]));
        tree.clear();
        tree.runtime();
        tree.configuration();
        tree.manual();
        tree.completion();
        tree.changes();
        tree.documents();
    }

    private void clear() throws IOException {
        if (Files.exists(out)) {
            try (var files = Files.walk(out)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(out);
    }

    /// In a process of its own: within this one jlink writes some bytes otherwise, depending on what was loaded before.
    private void runtime() throws IOException, InterruptedException {
        run(out.resolve("jlink.log"), jdk("jlink"),
                "--add-modules", MODULES,
                "--strip-debug", "--no-header-files", "--no-man-pages",
                "--output", out.resolve("runtime").toString());
    }

    private static String jdk(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static void run(Path output, String... command) throws IOException, InterruptedException {
        var status = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + status + "; " + Files.readString(output));
        }
    }

    /// The sample configuration, with the state where Debian has it, and the machine's own name. What a service opens toward the users
    /// of its machine, its operator decides: no console.
    private void configuration() throws IOException {
        var yaml = Files.readString(Path.of("conf/facteur.yaml"));
        yaml = replaced(yaml, "\n#state: ../var\n", "\nstate: /var/lib/facteur\n");
        yaml = replaced(yaml, "\nhostname: relay.example.org\n", "\n#hostname: relay.example.org\n");
        yaml = replaced(yaml, "\nconsole:\n  address: 127.0.0.1:8026 ", "\n#console:\n#  address: 127.0.0.1:8026 ");
        yaml = replaced(yaml, "\n  second-step: none      ", "\n#  second-step: operators");
        Files.createDirectories(out.resolve("conf/offices"));
        Files.writeString(out.resolve("conf/facteur.yaml"), yaml);
        Files.copy(Path.of("conf/offices/dupont.yaml"), out.resolve("conf/offices/dupont.yaml"));
    }

    private static String replaced(String text, String old, String now) {
        if (!text.contains(old)) {
            throw new IllegalStateException("conf/facteur.yaml has no line" + old);
        }
        return text.replace(old, now);
    }

    private void manual() throws IOException {
        for (var page : List.of("facteur.8", "facteur.yaml.5")) {
            var section = page.substring(page.lastIndexOf('.') + 1);
            zip(Files.readAllBytes(Path.of("src/man", page)), out.resolve("man/man" + section + "/" + page + ".gz"));
        }
    }

    /// What the program says of its own verbs and options.
    private void completion() throws IOException, InterruptedException {
        var file = out.resolve("completion/facteur");
        Files.createDirectories(file.getParent());
        run(file, jdk("java"), "-cp", System.getProperty("java.class.path"), "facteur.Facteur", "generate-completion");
        // Sourced, never run: no "#!".
        var script = Files.readAllLines(file);
        Files.write(file, script.subList(1, script.size()));
    }

    /// As Debian wants it (Debian Policy §4.4); the changelog beside it says what really changed.
    private void changes() throws IOException {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC)).replace("GMT", "+0000");
        var text = """
                facteur (%s) unstable; urgency=medium

                  * See changelog.md.

                 -- facteur maintainers <maintainers@facteur.example>  %s
                """.formatted(version.replace("-SNAPSHOT", "~snapshot"), date);
        zip(text.getBytes(StandardCharsets.UTF_8), out.resolve("doc/changelog.gz"));
    }

    /// As they are: each leads to others.
    private void documents() throws IOException {
        var folder = Path.of("src/docs");
        try (var documents = Files.walk(folder)) {
            for (var document : documents.filter(Files::isRegularFile).toList()) {
                var copy = out.resolve("doc").resolve(folder.relativize(document));
                Files.createDirectories(copy.getParent());
                Files.copy(document, copy);
            }
        }
    }

    /// Without name and time, as `gzip -9n`.
    private static void zip(byte[] bytes, Path file) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(bytes);
        }
        var octets = zipped.toByteArray();
        octets[8] = 2; // XFL (RFC 1952 §2.3.1): packed as tightly as can be, which Java doesn't tell.
        Files.createDirectories(file.getParent());
        Files.write(file, octets);
    }
}
