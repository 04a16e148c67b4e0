package facteur.route;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ObedientUpstream;
import facteur.fixture.TestTime;
import facteur.mail.letter.Addressed;
import facteur.mail.letter.Provenance;
import facteur.mail.message.Header;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.upstream.SevenBitForm;
import facteur.upstream.Upstream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteSettingsTest {
    private static final String THREE = """
            upstreams:
              - { name: ours, kind: capture }
              - { name: theirs, kind: capture }
              - { name: partner, kind: capture }
            """;
    private static final String ROUTES = THREE + """
            routes:
              - { office: [durand, dubois], context: Invoice, upstreams: [theirs, ours] }
              - { from-domain: durand.example, upstreams: theirs }
              - { to-domain: ["*.partner.example", bücher.example], upstreams: partner }
              - { upstreams: [ours, partner] }
            """;

    private final Problems problems = new Problems();

    private RouteSettings read(String yaml) {
        var root = ConfigFile.parse(yaml, Path.of("facteur.yaml"), problems);
        var settings = RouteSettings.from(root, Path.of("state"), "relay.example.org");
        root.close();
        return settings;
    }

    private static RouteOpener opener(UnaryOperator<Upstream> watched) {
        return new RouteOpener(wait -> wait, SevenBitForm.NONE, _ -> {}, new TestTime(), new Random(1), watched);
    }

    private Routes routes(String yaml) {
        var open = opener(each -> new ObedientUpstream(each.name())).open(read(yaml));
        assertThat(problems.list()).isEmpty();
        return open.routes();
    }

    private List<String> problems(String yaml) {
        read(yaml);
        return problems.list().stream().map(Problem::toString).toList();
    }

    private static Addressed letter(String office, String context, String from, String... to) {
        return letter(ReversePath.of(Address.of("app@office.example")), office, context, from, to);
    }

    private static Addressed letter(ReversePath original, String office, String context, String from, String... to) {
        return new Addressed(
                Provenance.parse("app", office, context, "", "", "", "", "1", "", ""),
                original,
                Header.parse(("From: An <" + from + ">\r\n").getBytes(StandardCharsets.UTF_8)),
                Stream.of(to).map(Address::of).map(ForwardPath::of).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "dupont, '',      inbox@relay.example, an@client.example,      'ours,partner'",
        "durand, invoice, inbox@relay.example, an@client.example,      'ours,theirs'",
        "durand, task,    inbox@relay.example, an@client.example,      'ours,partner'",
        "dupont, invoice, inbox@relay.example, an@client.example,      'ours,partner'",
        "dubois, invoice, inbox@relay.example, bo@eu.partner.example,  'ours,theirs'",
        "dupont, '',      an@DURAND.example,   bo@eu.partner.example,  theirs",
        "dupont, '',      an@eu.durand.example, an@client.example,     'ours,partner'",
        "dupont, '',      inbox@relay.example, bo@eu.partner.example,  partner",
        "dupont, '',      inbox@relay.example, bo@partner.example,     'ours,partner'",
        "dupont, '',      inbox@relay.example, bo@xn--bcher-kva.example, partner",
        "dupont, '',      inbox@relay.example, bo@notpartner.example,  'ours,partner'",
    })
    void theFirstRouteThatFitsCounts(String office, String context, String from, String to, String route) {
        assertThat(routes(ROUTES).choose(letter(office, context, from, to)).text()).isEqualTo(route);
        var told = read(ROUTES).passages(letter(office, context, from, to)).getFirst();
        assertThat(told.upstreams().stream().map(RankedUpstream::name).sorted()).containsExactly(route.split(","));
        assertThat(told.recipients()).containsExactly(Address.of(to));
    }

    @Test
    void tellsEachRouteThatSomeRecipientMayGoBy() {
        var settings = read(ROUTES);
        var open = settings.passages(letter("dupont", "", "inbox@relay.example"));
        assertThat(open).extracting(MatchedRoute::number).containsExactly(3, 4);
        assertThat(open.getFirst().toDomains()).containsExactly("*.partner.example", "xn--bcher-kva.example");
        var both = settings.passages(letter("dupont", "", "inbox@relay.example", "an@client.example", "bo@eu.partner.example"));
        assertThat(both).extracting(MatchedRoute::number).containsExactly(3, 4);
        assertThat(both.getLast().recipients()).containsExactly(Address.of("an@client.example"));
        assertThat(read(THREE).passages(letter("dupont", "", "inbox@relay.example"))).extracting(MatchedRoute::number).containsExactly(0);
    }

    /// A report has the office of its letter.
    @ParameterizedTest
    @CsvSource({"kind: report, partner, ours", "kind: letter, ours, partner"})
    void aRouteMayBeForReportsAlone(String condition, String ofReports, String ofOthers) {
        var routes = routes(THREE + "routes: [{ " + condition + ", office: dupont, upstreams: partner }, { upstreams: ours }]\n");
        assertThat(routes.choose(letter(ReversePath.NULL, "dupont", "", "mailer-daemon@relay.example", "jan@dupont.example")).text())
                .isEqualTo(ofReports);
        assertThat(routes.choose(letter("dupont", "", "inbox@relay.example", "an@client.example")).text()).isEqualTo(ofOthers);
        assertThat(routes.choose(letter(ReversePath.NULL, "durand", "", "mailer-daemon@relay.example", "jan@dupont.example")).text())
                .isEqualTo("ours");
    }

    @Test
    void aRouteOfSeveralKeepsTheirOrderNotThatOfTheRoute() {
        // `order` decides, and without it the place among the upstreams.
        assertThat(routes(ROUTES).all()).extracting(route -> route.id().text())
                .containsExactly("ours,theirs", "theirs", "partner", "ours,partner", "sandbox");
    }

    @Test
    void recipientsArePartedByTheirRoutes() {
        var parted = routes(ROUTES).byRoute(letter("dupont", "", "inbox@relay.example", "a@x.example", "b@y.partner.example", "c@x.example"));
        assertThat(parted.values()).extracting(List::size).containsExactly(2, 1);
    }

    @Test
    void allUpstreamsAreTheRouteWhenThereIsNoOther() {
        assertThat(routes(THREE).choose(letter("dupont", "", "inbox@relay.example", "an@client.example")).text())
                .isEqualTo("ours,theirs,partner");
        assertThat(routes("").choose(letter("dupont", "", "inbox@relay.example", "an@client.example")).text())
                .isEqualTo("capture");
    }

    @Test
    void anOfficesHeaderHoldsWhatItsOwnUpstreamsTake() {
        var open = opener(each -> {
            var upstream = new ObedientUpstream(each.name());
            upstream.offers(each.name().equals("theirs") ? HeaderEncoding.ASCII : HeaderEncoding.UTF8);
            return upstream;
        }).open(read(ROUTES));
        // Any office may write from durand.example, as far as the routes go.
        assertThat(open.routes().encoding("durand")).isEqualTo(HeaderEncoding.ASCII);
        var byOffice = read(THREE + "routes: [{ office: durand, upstreams: theirs }, { upstreams: ours }]");
        var ours = opener(each -> new ObedientUpstream(each.name())).open(byOffice);
        assertThat(ours.routes().encoding("dupont")).isEqualTo(HeaderEncoding.UTF8);
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(problems(THREE + """
                routes:
                  - { office: durand, upstreams: [thiers] }
                  - { to-domain: "*", upstreams: ours }
                  - { context: x }
                  - { kind: reports, upstreams: ours }
                  - { offise: durand, office: durand, upstreams: ours }
                  - { upstreams: ours }
                """)).satisfiesExactlyInAnyOrder(
                problem -> assertThat(problem).contains("facteur.yaml:6: routes[0].upstreams[0]: there is no upstream thiers"),
                problem -> assertThat(problem).contains("facteur.yaml:7: routes[1].to-domain: not a domain"),
                problem -> assertThat(problem).contains("facteur.yaml:8: routes[2].upstreams: a route needs an upstream"),
                problem -> assertThat(problem).contains("facteur.yaml:9: routes[3].kind").contains("letter, report"),
                problem -> assertThat(problem).contains("routes[4].offise").contains("office"));
    }

    @Test
    void theLastRouteIsForEveryLetterAndNoOtherIs() {
        assertThat(problems(THREE + "routes: [{ office: durand, upstreams: ours }]\n"))
                .singleElement().asString().contains("the last route must be for every letter");
        assertThat(problems(THREE + "routes: [{ upstreams: ours }, { office: durand, upstreams: theirs }, { upstreams: ours }]\n"))
                .anySatisfy(problem -> assertThat(problem).contains("routes[0]").contains("never looked at"));
    }

    @Test
    void namesAreWordsAndStandForOneUpstream() {
        assertThat(problems("""
                upstreams:
                  - { name: a, kind: capture, order: 0, weight: 1001 }
                  - { name: a, kind: capture }
                  - { name: "a,b", kind: capture }
                  - { name: sandbox, kind: capture }
                """)).hasSize(5);
    }
}
