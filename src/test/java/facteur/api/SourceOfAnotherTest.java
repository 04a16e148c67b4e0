package facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.Scope;
import facteur.api.ApiWorld.Extra;
import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.config.DataSize;
import facteur.platform.config.HostAndPort;
import facteur.platform.config.Secret;
import facteur.platform.tls.TlsKeys;
import facteur.settings.HttpSettings;
import facteur.settings.HttpSource;
import facteur.web.ConsoleSettings;
import facteur.web.PageSettings;
import facteur.web.Site;
import facteur.web.WebServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One facteur is the source of settings of another, over real sockets.
final class SourceOfAnotherTest {
    private static final HostAndPort ANY = new HostAndPort("127.0.0.1", 0);
    private static final OfficeId DUPONT = new OfficeId("dupont");

    @TempDir
    private Path folder;

    @Test
    void theApiSpeaksTheLanguageOfTheHttpSource() throws Exception {
        try (var api = new ApiWorld(folder)) {
            var all = api.token("operator", "*");
            api.ask("PUT", "/offices/dupont", all,
                    Extra.json("{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"reply-to\":\"partner\"}").with("If-None-Match", "*"));
            api.ask("PUT", "/offices/dupont/relations/a%2Fb", all, Extra.json("{\"name\":\"Bakkerij\",\"partner\":\"Piet <piet@dupont.example>\"}"));
            var console = new ConsoleSettings(Optional.of(ANY), Optional.empty(), ConsoleSettings.Tls.NONE, List.of(),
                    PageSettings.byDefault(ZoneOffset.UTC));
            try (var server = WebServer.start(
                    ANY, () -> console, new TlsKeys(Optional.empty()), Site.of(api.api().routes()), _ -> {}, new PrometheusRegistry());
                    var source = source(server.port(), api.token("relay", "*", EnumSet.of(Scope.SETTINGS_READ, Scope.CARDS_READ)));
                    var stranger = source(server.port(), "fct_0000000000_" + "a".repeat(43))) {
                for (var i = 0; i < 2; i++) { // The second time it is 304.
                    var office = ((Lookup.Found<OfficeSettings>) source.office(DUPONT)).value();
                    assertThat(office.replyTo()).isEqualTo(new ReplyTo.ToRole(Role.PARTNER));
                    assertThat(office.version()).isEqualTo("1");
                    var card = ((Lookup.Found<RelationCard>) source.relation(DUPONT, new RelationId("a/b"))).value();
                    assertThat(card.people(Role.PARTNER)).hasToString("[Piet <piet@dupont.example>]");
                    assertThat(card.name()).isEqualTo("Bakkerij");
                }
                assertThat(source.office(new OfficeId("nobody"))).isEqualTo(new Lookup.Missing<>());
                assertThat(source.relation(DUPONT, new RelationId("nobody"))).isEqualTo(new Lookup.Missing<>());
                assertThat(stranger.office(DUPONT)).isInstanceOf(Lookup.Unavailable.class);
            }
        }
    }

    private HttpSource source(int port, String token) {
        var settings = new HttpSettings(
                URI.create("http://localhost:" + port + "/api/v1"),
                Optional.of(Secret.of(token)),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                DataSize.ofMegabytes(1));
        return new HttpSource(settings, Address.of("inbox@other.example"), Roles.DEFAULT, InstantSource.system());
    }
}
