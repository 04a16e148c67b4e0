package facteur.mail.arc;

import facteur.fixture.ArcHost;
import facteur.fixture.DkimVerifier.Published;
import facteur.fixture.TestTime;
import facteur.mail.dkim.DkimKey;
import facteur.mail.dkim.PublishedKey;
import facteur.mail.dkim.TestKeys;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Our own sealer and verifier, between texts. A name that DNS has no answer for has the text `?`.
public final class FacteurArc implements ArcHost {
    public static final String DOMAIN = "reply.example.org";
    static final InetAddress PEER = InetAddress.ofLiteral("192.0.2.10");
    static final TestTime TIME = new TestTime();

    final Map<String, String> records = new HashMap<>();
    private final ArcSealer sealer;

    /// @param others the keys of others
    public FacteurArc(List<Published> others) {
        this(TestKeys.BOTH, others);
    }

    FacteurArc(List<DkimKey> keys, List<Published> others) {
        others.forEach(this::learn);
        published().forEach(this::learn);
        sealer = new ArcSealer(
                domain -> domain.equals(DOMAIN) ? keys : List.of(), names -> names.stream().collect(Collectors.toMap(name -> name, this::key)), TIME);
    }

    /// Its keys, as DNS has them.
    public static List<Published> published() {
        return Published.of(DOMAIN, TestKeys.BOTH);
    }

    void learn(Published other) {
        records.put(other.name(), other.text());
    }

    private PublishedKey key(String name) {
        var text = records.get(name);
        if (text == null) {
            return new PublishedKey.Missing();
        }
        return text.equals("?") ? new PublishedKey.Unknown("SERVFAIL") : new PublishedKey.Found(text);
    }

    Findings findings(String letter) {
        try {
            return sealer.verify(message(letter));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    Sealing sealing(String letter) {
        return sealing(letter, letter);
    }

    /// @param leaving what became of it here
    Sealing sealing(String letter, String leaving) {
        try {
            return sealer.seal(message(leaving), findings(letter), new ArcSealer.Identity("relay.example.org", DOMAIN), PEER);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public String verify(String letter) {
        var verdict = findings(letter).verdict();
        return (verdict.status() + " " + verdict.reason()).strip();
    }

    @Override
    public String seal(String letter) {
        return switch (sealing(letter)) {
            case Sealing.Sealed(var message, _) -> text(message);
            case Sealing.Left(var reason) -> throw new AssertionError(reason);
            case Sealing.Unfit(var reason) -> throw new AssertionError(reason);
            case Sealing.NoKey() -> throw new AssertionError("no key");
        };
    }

    @Override
    public String toString() {
        return "facteur";
    }

    static Message message(String letter) {
        var end = letter.startsWith("\r\n") ? 0 : letter.indexOf("\r\n\r\n") + 2;
        return new Message(
                Header.parse(letter.substring(0, end).getBytes(StandardCharsets.ISO_8859_1)),
                new MemoryBody(letter.substring(end + 2).getBytes(StandardCharsets.ISO_8859_1)));
    }

    static String text(Message message) {
        var out = new ByteArrayOutputStream();
        try {
            message.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
