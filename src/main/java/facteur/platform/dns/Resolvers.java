package facteur.platform.dns;

import facteur.platform.failure.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Optional;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;

/// Asks one resolver after another until one knows; by UDP first, by TCP when the answer is cut short. Each question has
/// an id and a port by chance, and an answer that doesn't fit it is none.
///
/// Immutable; safe to share between threads.
final class Resolvers implements Dns {
    /// What fits every path without fragments (DNS Flag Day 2020).
    private static final int PAYLOAD_BYTES = 1232;

    private final DnsSettings settings;

    Resolvers(DnsSettings settings) {
        this.settings = settings;
    }

    @Override
    public DnsAnswer ask(String name, RecordType type) {
        Name wanted;
        try {
            wanted = Name.fromString(name, Name.root);
        } catch (TextParseException tooLong) {
            return new DnsAnswer.Unknown("not a name: " + name);
        }
        var whys = new ArrayList<String>();
        for (var server : settings.inForce()) {
            switch (ask(wanted, type, server)) {
                case DnsAnswer.Unknown(var why) -> whys.add(server.getAddress().getHostAddress() + ": " + why);
                case DnsAnswer.Found found -> {
                    return found;
                }
                case DnsAnswer.Absent absent -> {
                    return absent;
                }
            }
        }
        return new DnsAnswer.Unknown(whys.isEmpty() ? "no resolver is configured" : String.join("; ", whys));
    }

    private DnsAnswer ask(Name wanted, RecordType type, InetSocketAddress server) {
        var chase = new Chase(wanted, type);
        try {
            Optional<DnsAnswer> answer;
            do {
                answer = chase.hear(ask(chase.question(), server));
            } while (answer.isEmpty());
            return answer.get();
        } catch (IOException failure) {
            return new DnsAnswer.Unknown(Reason.of(failure));
        }
    }

    private Message ask(Record record, InetSocketAddress server) throws IOException {
        var question = Message.newQuery(record);
        // RFC 6840 §5.7: we understand the bit in the answer.
        question.getHeader().setFlag(Flags.AD);
        var resolver = new SimpleResolver(server);
        resolver.setEDNS(0, PAYLOAD_BYTES, 0);
        resolver.setTimeout(settings.timeout());
        return resolver.send(question);
    }
}
