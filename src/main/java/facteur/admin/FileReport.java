package facteur.admin;

import facteur.platform.json.JsonObject;
import facteur.settings.FileTrouble;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A file of an office that can't be used, as the admin port reports it. Immutable.
///
/// @param line counted from 1; 0 when the file as a whole is meant
/// @param isOldVersionUsed letters are decided by what was read of it before
/// @param consequence for letters
public record FileReport(String file, long line, String reason, Instant since, boolean isOldVersionUsed, String consequence) {
    public static FileReport of(FileTrouble trouble) {
        return new FileReport(
                trouble.file().toString(),
                trouble.line(),
                trouble.reason(),
                trouble.since(),
                trouble.meanwhile() == FileTrouble.Meanwhile.OLD_ANSWER,
                trouble.consequence());
    }

    static FileReport read(JsonObject json) {
        return new FileReport(
                json.text("file", ""),
                json.number("line", 0),
                json.text("reason", ""),
                StatusJson.instant(json, "since"),
                json.text("oldAnswer", "false").equals("true"),
                json.text("consequence", ""));
    }

    Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("file", file);
        members.put("line", line);
        members.put("reason", reason);
        members.put("since", since);
        members.put("oldAnswer", isOldVersionUsed);
        members.put("consequence", consequence);
        return members;
    }
}
