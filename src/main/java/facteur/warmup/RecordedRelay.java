package facteur.warmup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The packaged relay, as a process that Java records. Killed when this program ends before it.
final class RecordedRelay implements TrialRelay, AutoCloseable {
    static final String CACHE = "facteur.aot";

    private static final int STOPPED_BY_SIGTERM = 143;
    private static final long GLANCE_MILLIS = 50;
    private static final int LAST_LINES = 30;

    private final Process process;
    private final Path log;

    private RecordedRelay(Process process, Path log) {
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "kill the trial relay"));
    }

    static RecordedRelay start(Path program, Path folder) throws IOException {
        var log = folder.resolve("log");
        var builder = new ProcessBuilder(program.resolve("bin/facteur").toString(), "run", "--config", TrialFiles.CONFIG)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().remove("FACTEUR_JAVA");
        builder.environment().put("FACTEUR_JAVA_OPTIONS", "-XX:AOTCacheOutput=" + CACHE + " -Xlog:aot*=off");
        builder.environment().keySet().removeAll(List.of("NOTIFY_SOCKET", "WATCHDOG_USEC", "LISTEN_FDS", "LISTEN_PID"));
        return new RecordedRelay(builder.start(), log);
    }

    @Override
    public List<Integer> appPorts() throws IOException, InterruptedException {
        return ports(" listens on ", TrialFiles.APP_LISTENERS);
    }

    @Override
    public int consolePort() throws IOException, InterruptedException {
        return ports("The console is at http://", 1).getFirst();
    }

    /// Those that the log names, once there are as many.
    private List<Integer> ports(String before, int count) throws IOException, InterruptedException {
        var place = Pattern.compile(Pattern.quote(before) + "(?:127\\.0\\.0\\.1|localhost):(\\d+)");
        awaitLines(place, count);
        return place.matcher(said()).results().map(found -> Integer.valueOf(found.group(1))).toList();
    }

    @Override
    public void reload() throws IOException, InterruptedException {
        var done = Pattern.compile("event=reloaded ");
        var before = (int) done.matcher(said()).results().count();
        // The shell's own kill: there may be no other.
        var signal = new ProcessBuilder("/bin/sh", "-c", "kill -HUP " + process.pid()).start();
        if (signal.waitFor() != 0) {
            throw new IOException("the relay has ended");
        }
        awaitLines(done, before + 1);
    }

    private void awaitLines(Pattern pattern, int count) throws IOException, InterruptedException {
        var end = System.nanoTime() + WarmUp.PATIENCE.toNanos();
        while (pattern.matcher(said()).results().count() < count) {
            if (System.nanoTime() > end || process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("the relay's log has no \"" + pattern + "\"");
            }
        }
    }

    /// Stops it as systemd does. Java writes the cache before it ends.
    void stop() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IOException("the relay ended with " + process.exitValue() + " by itself");
        }
        process.destroy();
        if (!process.waitFor(WarmUp.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("the relay did not stop");
        }
        if (process.exitValue() != STOPPED_BY_SIGTERM && process.exitValue() != 0) {
            throw new IOException("the relay ended with " + process.exitValue());
        }
    }

    private String said() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    String lastLines() throws IOException {
        var lines = said().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())) + "\n";
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
