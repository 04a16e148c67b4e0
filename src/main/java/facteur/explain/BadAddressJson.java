package facteur.explain;

import facteur.spool.BadAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/// An address that doesn't work, for programs: values for [facteur.platform.json.Json].
public final class BadAddressJson {
    private BadAddressJson() {}

    public static Map<String, Object> of(BadAddress bad) {
        var members = new LinkedHashMap<String, Object>();
        members.put("address", bad.address());
        members.put("since", bad.since());
        members.put("lastAt", bad.lastAt());
        members.put("count", bad.count());
        members.put("status", bad.status());
        members.put("diagnostic", bad.diagnostic());
        members.put("letter", bad.letter());
        return members;
    }
}
