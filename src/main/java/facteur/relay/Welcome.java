package facteur.relay;

import facteur.listener.Takes;
import facteur.office.OfficeId;
import facteur.platform.config.HostAndPort;
import facteur.route.RankedUpstream;
import facteur.settings.SourceSettings;
import facteur.upstream.UpstreamSettings;
import facteur.web.ConsoleSettings;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// What the daemon prints once it runs: where it listens, where its console is, and, when it captures letters instead of relaying
/// them, a command to try.
public final class Welcome {
    private static final OfficeId SAMPLE = new OfficeId("dupont");

    private Welcome() {}

    /// @param ports of the listeners
    /// @param consolePort empty when it is off
    /// @param firstLink for a console that has no person yet
    public static String text(String version, Config config, List<Integer> ports, OptionalInt consolePort, Optional<URI> firstLink) {
        var lines = new ArrayList<String>();
        for (var i = 0; i < ports.size(); i++) {
            var listener = config.inbound().listeners().get(i);
            var place = new HostAndPort(listener.address().getAddress().getHostAddress(), ports.get(i));
            lines.add(switch (listener.takes()) {
                case APPS -> "facteur " + version + " listens on " + place;
                case RETURNS -> "Returns are taken at " + place;
            });
        }
        var upstreams = config.outbound().routes().upstreams().stream().map(RankedUpstream::settings).toList();
        upstreams.stream().map(Welcome::destination).forEach(lines::add);
        consolePort.ifPresent(port -> lines.add(console(config.console(), port)));
        firstLink.ifPresent(link -> lines.add("Set it up there, once, within an hour: " + link));
        var isCapturing = upstreams.stream().anyMatch(UpstreamSettings.Capture.class::isInstance);
        var listeners = config.inbound().listeners();
        var forApps = IntStream.range(0, ports.size()).filter(i -> listeners.get(i).takes() == Takes.APPS).findFirst();
        if (isCapturing && forApps.isPresent() && hasSample(config)) {
            var address = reachable(listeners.get(forApps.getAsInt()).address().getAddress());
            if (config.inbound().admission().admits(address)) {
                lines.addAll(trial(address.getHostAddress(), ports.get(forApps.getAsInt())));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String console(ConsoleSettings console, int port) {
        var url = console.url(port);
        return console.pages().areOn() ? "The console is at " + url : "The API is at " + url + "/api/v1";
    }

    private static boolean hasSample(Config config) {
        return config.inbound().admission().offices().contains(SAMPLE)
                && config.rules().settings() instanceof SourceSettings.InFiles files
                && !files.lacks(SAMPLE);
    }

    private static String destination(UpstreamSettings upstream) {
        return switch (upstream) {
            case UpstreamSettings.Smtp smtp ->
                "Letters go to " + smtp.smarthost().host() + ":" + smtp.smarthost().port();
            case UpstreamSettings.Capture(_, var folder) ->
                "Letters are captured, not relayed. They land in " + folder.toAbsolutePath().normalize();
            case UpstreamSettings.Discard ignored -> "Letters are discarded, not relayed. They are lost";
            case UpstreamSettings.Copied(var original, var folder) ->
                destination(original) + "\nCopies land in " + folder.toAbsolutePath().normalize();
        };
    }

    private static InetAddress reachable(InetAddress address) {
        return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    }

    /// For the example office of every new configuration.
    private static List<String> trial(String host, int port) {
        return List.of(
                "",
                "Try it, from another window:",
                "",
                "  printf '%s\\r\\n' 'From: Jan Janssens <jan@dupont.example>' 'To: client@example.com' \\",
                "    'Subject: Your invoice' 'X-Context: invoice' 'X-Relation-Id: R-1042' '' 'Good day!' |",
                "  curl --url smtp://" + host + ":" + port
                        + " --mail-from jan@dupont.example --mail-rcpt client@example.com -T -",
                "",
                "The captured letter is From the office, and a reply to it goes to An Peeters, who is responsible for R-1042.",
                "Try other values of X-Context and X-Relation-Id: conf/offices/dupont.yaml says where replies go then.");
    }
}
