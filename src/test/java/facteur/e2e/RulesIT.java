package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import facteur.fixture.AppConnection;
import facteur.junit.FacteurExtension;
import facteur.junit.Office;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every row of the two decision tables, from an app's letter to what the upstream got.
///
/// Each office below stands for a combination of general and context settings; each letter names one.
final class RulesIT {
    private static final String CARD = """
            relations:
              R-1: { collaborator: Col Lab <col@o.example>, responsible: Res Pon <res@o.example> }
              R-2: { substitute: "Sub One <sub1@o.example>, Sub Two <sub2@o.example>" }
            """;

    private static final String CONTEXTS = """
            contexts:
              address:  { reply-to: general, address: Free Address <free@o.example> }
              general:  { reply-to: general }
              sender:   { reply-to: sender }
              masked:   { reply-to: sender, address: free@o.example }
              role:     { reply-to: responsible }
              maskedrole: { reply-to: responsible, address: free@o.example }
              several:  { reply-to: substitute }
              partner:  { reply-to: partner }
              unset:    {}
            """;

    private static final GreenMail UPSTREAM = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @RegisterExtension
    static final FacteurExtension facteur = FacteurExtension.create()
            .office("plain", "company: Own Company <own@o.example>\n" + CONTEXTS + CARD)
            .office("bysender", "company: Own Company <own@o.example>\nreply-to: sender\n" + CONTEXTS + CARD)
            .office("byrole", "company: Own Company <own@o.example>\nreply-to: collaborator\n" + CONTEXTS + CARD)
            .office("listed", "company: Own Company <own@o.example>\nreply-to: sender\nusers: [Jan Janssens <jan@o.example>]\n" + CARD)
            .office("verified", Office.of("Own Company <own@o.example>").from("me@verified.example", "My Name"))
            .office("nameless", Office.of("Own Company <own@o.example>").from("me@verified.example"))
            .office("unverified", "company: Own Company <own@o.example>\nfrom: { address: me@pending.example, name: My Name }\n"
                    + "contexts: { mine: { from: { address: ctx@verified.example, name: Context Name } } }\n")
            .trusting("verified.example")
            .relayingTo(() -> UPSTREAM.getSmtp().getPort());

    @BeforeAll
    static void start() {
        UPSTREAM.start();
    }

    @AfterAll
    static void stop() {
        UPSTREAM.stop();
    }

    /// Design §2.1. Columns: its row, the office, the context, the relation, the sender; the Reply-To and the rule.
    @ParameterizedTest(name = "row {0}: {1}/{2}/{3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            1 then 7 | plain    | unset      | R-1    | jan@o.example | Own Company <own@o.example>                      | general.company
            1 then 8 | bysender | unset      | R-1    | jan@o.example | jan@o.example                                    | general.sender
            1 then 9 | byrole   | unset      | R-1    | jan@o.example | Col Lab <col@o.example>                          | general.role
            2        | plain    | address    | R-1    | jan@o.example | Free Address <free@o.example>                    | context.address
            2        | byrole   | address    | R-1    | jan@o.example | Free Address <free@o.example>                    | context.address
            3        | plain    | general    | R-1    | jan@o.example | Own Company <own@o.example>                      | context.general
            3        | byrole   | general    | R-1    | jan@o.example | Own Company <own@o.example>                      | context.general
            4        | plain    | sender     | R-1    | jan@o.example | jan@o.example                                    | context.sender
            4        | plain    | masked     | R-1    | jan@o.example | jan@o.example                                    | context.sender
            5        | plain    | role       | R-1    | jan@o.example | Res Pon <res@o.example>                          | context.role
            5        | plain    | maskedrole | R-1    | jan@o.example | Res Pon <res@o.example>                          | context.role
            5        | plain    | several    | R-2    | jan@o.example | Sub One <sub1@o.example>, Sub Two <sub2@o.example> | context.role
            6        | plain    | partner    | R-1    | jan@o.example | Own Company <own@o.example>                      | context.role.empty
            6        | plain    | role       | R-2    | jan@o.example | Own Company <own@o.example>                      | context.role.empty
            6        | plain    | role       | R-none | jan@o.example | Own Company <own@o.example>                      | context.role.empty
            6        | plain    | role       | -      | jan@o.example | Own Company <own@o.example>                      | context.role.empty
            6        | plain    | role       | R-1042 | jan@o.example | Own Company <own@o.example>                      | context.role.empty
            7        | plain    | -          | R-1    | jan@o.example | Own Company <own@o.example>                      | general.company
            7        | plain    | unheard-of | R-1    | jan@o.example | Own Company <own@o.example>                      | general.company
            8        | bysender | -          | R-1    | jan@o.example | jan@o.example                                    | general.sender
            9        | byrole   | -          | R-1    | jan@o.example | Col Lab <col@o.example>                          | general.role
            9        | byrole   | -          | R-2    | jan@o.example | Own Company <own@o.example>                      | general.role.empty
            unknown  | bysender | -          | R-1    | -             | Own Company <own@o.example>                      | sender.unknown
            unknown  | plain    | sender     | R-1    | -             | Own Company <own@o.example>                      | sender.unknown
            unknown  | listed   | -          | R-1    | eve@o.example | Own Company <own@o.example>                      | sender.unknown
            known    | listed   | -          | R-1    | JAN@O.EXAMPLE | Jan Janssens <jan@o.example>                     | general.sender
            """)
    void givesReplyTo(String row, String office, String context, String relation, String sender, String replyTo, String rule)
            throws Exception {
        var id = submit(office, context, relation, sender);

        var got = received(id);
        assertThat(got.getHeader("Reply-To")).containsExactly(replyTo);
        assertThat(facteur.decision(id).replyToRule()).isEqualTo(rule);
        assertThat(got.getHeader("X-Context")).isNull();
        assertThat(got.getHeader("X-Relation-Id")).isNull();
        assertThat(got.getHeader("X-Office-Id")).isNull();
    }

    /// Design §2.2. Columns: its row, the office, the context; the From and the rule.
    @ParameterizedTest(name = "row {0}: {1}/{2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            1            | plain      | -       | Own Company <inbox@shared.example>  | from.shared
            1 in context | plain      | general | Own Company <inbox@shared.example>  | from.shared
            2            | verified   | -       | My Name <me@verified.example>       | from.office
            2 no name    | nameless   | -       | Own Company <me@verified.example>   | from.office
            2 in context | unverified | mine    | Context Name <ctx@verified.example> | from.office
            3            | unverified | -       | Own Company <inbox@shared.example>  | from.fallback
            """)
    void givesFrom(String row, String office, String context, String from, String rule) throws Exception {
        var id = submit(office, context, "R-1", "jan@o.example");

        var got = received(id);
        assertThat(got.getHeader("From")).containsExactly(from);
        assertThat(facteur.decision(id).fromRule()).isEqualTo(rule);
    }

    private static String submit(String office, String context, String relation, String sender) throws Exception {
        var letter = "X-Office-Id: " + office + "\r\n"
                + (context == null ? "" : "X-Context: " + context + "\r\n")
                + (relation == null ? "" : "X-Relation-Id: " + relation + "\r\n")
                + (sender == null ? "" : "From: " + sender + "\r\n")
                + "To: client@example.com\r\nSubject: test\r\n\r\nbody\r\n";
        try (var app = AppConnection.greeted(facteur.port())) {
            var reply = app.submit("<app@o.example>", List.of("client@example.com"), letter.getBytes(StandardCharsets.UTF_8));
            return FacteurExtension.queueId(reply.toString());
        }
    }

    /// As GreenMail got and parsed it.
    private static MimeMessage received(String id) throws Exception {
        facteur.awaitLetters(1);
        var got = List.of(UPSTREAM.getReceivedMessages()).getLast();
        assertThat(got.getHeader("Message-ID")).containsExactly("<" + id + "@relay.example.org>");
        return got;
    }
}
