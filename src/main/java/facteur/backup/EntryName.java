package facteur.backup;

import java.util.Set;
import java.util.regex.Pattern;

/// Names of files in a backup, relative to the state folder. No part begins with a dot, so none leads out of it.
final class EntryName {
    static final String DATABASE = "facteur.db";

    /// Folders that are backed up with their contents.
    static final Set<String> FOLDERS = Set.of("keys");

    private static final String PART = "[A-Za-z0-9_][A-Za-z0-9._-]{0,250}";
    /// Refresh tokens, and single keys.
    private static final Pattern FILE = Pattern.compile("refresh-token\\." + PART + "|" + PART + "\\.key");
    private static final Pattern BODY = Pattern.compile("spool/[a-z0-9]{2}/[a-z0-9]{1,64}\\.body");
    private static final String LOG = "letters.log";
    private static final Pattern KEY = Pattern.compile("keys/" + PART + "/" + PART);

    private EntryName() {}

    static boolean isAllowed(String name) {
        return isSmall(name) || name.equals(DATABASE) || BODY.matcher(name).matches();
    }

    /// A small file that is copied as it is: a key, a token; but not one that is still being written.
    static boolean isSmall(String name) {
        return !name.endsWith(".new") && (FILE.matcher(name).matches() || KEY.matcher(name).matches());
    }

    /// A part of the state that a restore would replace, the write-ahead log and the log of letters included.
    static boolean isState(String name) {
        return name.startsWith(DATABASE) || name.startsWith(LOG) || name.equals("spool") || FOLDERS.contains(name) || isSmall(name);
    }
}
