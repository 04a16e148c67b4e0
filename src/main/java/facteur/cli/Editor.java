package facteur.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The editor of the user, as environ(7) names it. Immutable.
record Editor(String command) {
    static Editor of(Invocation invocation) {
        for (var name : List.of("VISUAL", "EDITOR")) {
            var command = invocation.variable(name);
            if (command != null && !command.isBlank()) {
                return new Editor(command);
            }
        }
        return new Editor("vi");
    }

    /// Lets the user edit the file, on the terminal of this process. The command may have options, so a shell reads it.
    ///
    /// @throws IOException also when the editor reports a failure
    void edit(Path file) throws IOException {
        var process = new ProcessBuilder("/bin/sh", "-c", command + " \"$@\"", "sh", file.toString()).inheritIO().start();
        try {
            var exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new IOException("the editor '" + command + "' has ended with " + exitCode);
            }
        } catch (InterruptedException stopping) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopping);
        }
    }
}
