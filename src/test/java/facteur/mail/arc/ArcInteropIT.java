package facteur.mail.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.ArcHost;
import facteur.fixture.ArcProgram;
import facteur.fixture.DkimVerifier.Published;
import facteur.fixture.PlainArc;
import facteur.fixture.RsaKeys;
import facteur.fixture.Rspamd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Chains of up to three hosts, with ours at each place; every program verifies each of them. Those that aren't installed are
/// passed over: `.ci/run` has dkimpy and Mail::DKIM; mailauth and rspamd are looked for in `target/arc`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ArcInteropIT {
    private static final Path UNPACKED = Path.of("target", "arc").toAbsolutePath();
    private static final String LETTER =
            "Received: from pc by mx.bakker.example with ESMTP id 1\r\nFrom: Bob <bob@bakker.example>\r\nTo: an@dupont.example\r\n"
                    + "Subject: Re: Votre facture \u00c3\u00a9lectronique\r\nDate: Mon, 30 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@bakker.example>\r\n"
                    + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                    + "Pourquoi  \u00c3\u00a7a ?\r\n\t \r\n\r\n";

    private record Key(String domain, KeyPair pair) {
        Published published() {
            return new Published("s1._domainkey." + domain,
                    "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
        }

        Path write(Path folder) throws IOException {
            var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPrivate().getEncoded());
            return Files.writeString(folder.resolve(domain + ".pem"), "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
        }
    }

    private final List<ArcProgram> programs = new ArrayList<>();
    private final List<ArcHost> hosts = new ArrayList<>();
    private Optional<Rspamd> rspamd = Optional.empty();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        // Short ones: dkimpy does RSA in Python.
        var keys = List.of(
                new Key("dkimpy.example", RsaKeys.next(1024)), new Key("perl.example", RsaKeys.next(1024)),
                new Key("node.example", RsaKeys.next(1024)), new Key("plain.example", RsaKeys.next(1024)));
        var published = new ArrayList<>(FacteurArc.published());
        keys.forEach(key -> published.add(key.published()));
        ArcProgram.dkimpy(place(folder, published, keys.get(0))).ifPresent(programs::add);
        ArcProgram.mailDkim(place(folder, published, keys.get(1))).ifPresent(programs::add);
        ArcProgram.mailauth(UNPACKED, place(folder, published, keys.get(2))).ifPresent(programs::add);
        rspamd = Rspamd.start(UNPACKED, folder.resolve("rspamd"), published);
        hosts.add(new FacteurArc(published));
        hosts.addAll(programs);
        hosts.add(new PlainArc(keys.get(3).domain(), keys.get(3).pair(), published));
    }

    private static ArcProgram.Place place(Path folder, List<Published> published, Key key) throws IOException {
        var own = Files.createDirectories(folder.resolve(key.domain()));
        return new ArcProgram.Place(own, published, key.domain(), "s1", key.write(own));
    }

    @AfterAll
    void stop() {
        programs.forEach(ArcProgram::close);
        rspamd.ifPresent(Rspamd::close);
    }

    private void assertAllSay(String word, String letter) {
        for (var host : hosts) {
            assertThat(host.verify(letter)).as("%s on%n%s", host, letter).startsWith(word);
        }
        rspamd.ifPresent(one -> assertThat(one.verify(letter)).as("rspamd on%n%s", letter).startsWith(word));
    }

    @Test
    void everyProgramVerifiesEveryChain() {
        assumeTrue(!programs.isEmpty(), "neither dkimpy nor Mail::DKIM");
        var ours = hosts.getFirst();
        assertAllSay("pass", ours.seal(LETTER));
        assertAllSay("pass", ours.seal(ours.seal(ours.seal(LETTER))));
        for (var other : hosts.subList(1, hosts.size())) {
            assertAllSay("pass", ours.seal(other.seal(LETTER)));
            assertAllSay("pass", other.seal(ours.seal(LETTER)));
            for (var another : others(other)) {
                assertAllSay("pass", ours.seal(other.seal(another.seal(LETTER))));
                assertAllSay("pass", other.seal(ours.seal(another.seal(LETTER))));
                assertAllSay("pass", other.seal(another.seal(ours.seal(LETTER))));
            }
        }
    }

    private List<ArcHost> others(ArcHost one) {
        return hosts.stream().skip(1).filter(host -> !host.equals(one)).toList();
    }

    /// The office's host has to see it, whatever it verifies with.
    @Test
    void noProgramTakesAChangedLetter() {
        var sealed = hosts.getFirst().seal(hosts.getLast().seal(LETTER));
        assertAllSay("fail", sealed.replace("Pourquoi", "Pour quoi"));
        assertAllSay("fail", sealed.replace("From: Bob", "From: Bib"));
        assertAllSay("fail", sealed.replace("\r\nFrom: Bob", "\r\nReply-To: eve@evil.example\r\nFrom: Bob"));
        assertAllSay("fail", sealed.replaceFirst("arc=pass", "arc=none"));
    }
}
