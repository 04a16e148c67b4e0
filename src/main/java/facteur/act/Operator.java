package facteur.act;

import facteur.platform.privileges.Privileges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Who gives a command, as far as the system knows: `uid=0(root) sudo=jan auid=1000`, in the way of id(1). `sudo` is what
/// the environment says, and can be made up; `auid`, by which the kernel's audit knows who logged in, can't.
public final class Operator {
    private static final Path SELF = Path.of("/proc/self");
    private static final Path LOGIN = Path.of("/proc/self/loginuid");
    /// (uid_t) -1: of what was started by no login.
    private static final String NO_LOGIN = "4294967295";
    private static final String ROOT = "0";
    private static final int LONGEST_NAME = 64;

    private Operator() {}

    /// Of this process.
    public static String ofProcess(Function<String, @Nullable String> environment) {
        return text(uid(), System.getProperty("user.name", "?"), environment.apply("SUDO_USER"), login());
    }

    /// The name alone, of the user who has logged in, as far as sudo(8) says: for a history that people read.
    public static String user(Function<String, @Nullable String> environment) {
        var sudo = environment.apply("SUDO_USER");
        return name(sudo == null || sudo.isEmpty() ? System.getProperty("user.name", "?") : sudo);
    }

    static String text(String uid, String user, @Nullable String sudo, String login) {
        return "uid=" + uid + "(" + name(user) + ")"
                + (sudo == null || sudo.isEmpty() ? "" : " sudo=" + name(sudo))
                + (login.isEmpty() || login.equals(NO_LOGIN) ? "" : " auid=" + name(login));
    }

    /// Fit for a line, and for a field of HTTP.
    private static String name(String name) {
        var visible = name.replaceAll("[^!-~]", "?");
        return visible.substring(0, Math.min(LONGEST_NAME, visible.length()));
    }

    /// Of who gave the command, also when its work is done as the owner of the state. Whose `/proc/self` is then depends on
    /// the system.
    private static String uid() {
        if (Privileges.wasRoot()) {
            return ROOT;
        }
        try {
            return String.valueOf(Files.getAttribute(SELF, "unix:uid"));
        } catch (IOException | UnsupportedOperationException unknown) {
            return "?";
        }
    }

    private static String login() {
        try {
            return Files.readString(LOGIN).strip();
        } catch (IOException unknown) {
            return "";
        }
    }
}
