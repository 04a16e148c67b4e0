package facteur.backup;

import java.util.Set;
import java.util.regex.Pattern;

/// What may be in a backup, by its name below the state folder. No part of one begins with a dot, so none leads out of it.
final class EntryName {
    static final String DATABASE = "facteur.db";

    /// Folders that go into a backup, with what they hold.
    static final Set<String> FOLDERS = Set.of("keys");

    private static final String PART = "[A-Za-z0-9_][A-Za-z0-9._-]{0,250}";
    /// Refresh tokens, and keys that lie by themselves.
    private static final Pattern FILE = Pattern.compile("refresh-token\\." + PART + "|" + PART + "\\.key");
    private static final Pattern BODY = Pattern.compile("spool/[a-z0-9]{2}/[a-z0-9]{1,64}\\.body");
    private static final Pattern KEY = Pattern.compile("keys/" + PART + "/" + PART);

    private EntryName() {}

    static boolean isAllowed(String name) {
        return isKept(name) || name.equals(DATABASE) || BODY.matcher(name).matches();
    }

    /// A small file, which is copied as it lies there: a key, a token. Those that are only being written are not.
    static boolean isKept(String name) {
        return !name.endsWith(".new") && (FILE.matcher(name).matches() || KEY.matcher(name).matches());
    }

    /// What of a state folder a backup would take the place of; the log beside the database included.
    static boolean isState(String name) {
        return name.startsWith(DATABASE) || name.equals("spool") || FOLDERS.contains(name) || isKept(name);
    }
}
