package facteur;

import facteur.upstream.UpstreamSettings;
import java.util.ArrayList;
import java.util.List;

/// What the daemon says when it is up: where it listens, and, when it captures letters instead of relaying them, what to
/// try.
final class Welcome {
    private Welcome() {}

    static String text(String version, Config config, List<Integer> ports) {
        var lines = new ArrayList<String>();
        for (var i = 0; i < ports.size(); i++) {
            var host = config.listeners().get(i).address().getAddress().getHostAddress();
            lines.add("facteur " + version + " listens on " + host + ":" + ports.get(i));
        }
        switch (config.upstream()) {
            case UpstreamSettings.Smtp(var smarthost) ->
                lines.add("Letters go to " + smarthost.host() + ":" + smarthost.port());
            case UpstreamSettings.Capture(var name, var folder) -> {
                lines.add("Letters are captured, not relayed. They land in " + folder.toAbsolutePath().normalize());
                if (!ports.isEmpty()) {
                    lines.addAll(trial(ports.getFirst()));
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static List<String> trial(int port) {
        return List.of(
                "",
                "Try it, from another window:",
                "",
                "  printf '%s\\r\\n' 'From: Jan Janssens <jan@dupont.example>' 'To: client@example.com' \\",
                "    'Subject: Your invoice' 'X-Context: invoice' 'X-Relation-Id: R-1042' '' 'Good day!' |",
                "  curl --url smtp://127.0.0.1:" + port + " --mail-from jan@dupont.example --mail-rcpt client@example.com -T -",
                "",
                "The captured letter is From the office, and a reply to it goes to An Peeters, who is responsible for R-1042.",
                "Change X-Context or X-Relation-Id, or conf/offices/dupont.yaml, and see where replies go then.");
    }
}
