package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import facteur.fixture.ArbitraryOffices;
import facteur.fixture.TestTime;
import facteur.mail.automatic.Language;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.BounceReaders;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.Lookup;
import facteur.office.OfficeFrom;
import facteur.office.OfficeReturns;
import facteur.office.Replies;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the answers of a service mean.
final class HttpSourceAnswersIT extends HttpSourceRig {
    @Test
    void readsAnOfficeAndACard() {
        pages.put("/api/offices/dupont", Page.json("""
                {
                \t"company": "Soci\\u00e9t\\u00e9 \\ud83d\\ude00 Dupont <office@dupont.example>",
                \t"from":{"address":"office@dupont.example","name":"A\\/B ${env:HOME}"},
                \t"reply-to":"sender",
                \t"contexts":{"task":{"reply-to":"general","address":"tasks@dupont.example"},"other":{},"none":null},
                \t"users":["Jan Janssens <jan@dupont.example>","an@dupont.example"],
                \t"replies":"late","returns":{"tell":"company","known-bad":null,"language":"fr"}
                }
                """));
        pages.put("/api/offices/dupont/relations/R-1", Page.of(200, "application/vnd.dupont+json; charset=\"UTF-8\"; v=1", """
                {"collaborator": "Jan Janssens <jan@dupont.example>", "partner": ["a@d.example", "é <b@d.example>"], "substitute": null}
                """));
        var office = found(source.office(DUPONT));
        assertThat(office.id()).isEqualTo(DUPONT);
        assertThat(office.company().name()).isEqualTo("Société \uD83D\uDE00 Dupont");
        assertThat(office.from()).contains(new OfficeFrom(Address.of("office@dupont.example"), Optional.of("A/B ${env:HOME}")));
        assertThat(office.replyTo()).isEqualTo(new ReplyTo.ToSender());
        assertThat(office.contexts()).hasSize(3).contains(entry(
                ContextName.of("task"),
                new ContextSettings(new ContextReplyTo.ToCompanyOr(Mailbox.parse("tasks@dupont.example")), Optional.empty())));
        assertThat(office.users()).hasSize(2);
        assertThat(office.replies()).isEqualTo(Replies.LATE);
        assertThat(office.returns()).isEqualTo(new OfficeReturns(
                Optional.of(BounceReaders.COMPANY), Optional.empty(), Optional.empty(), Optional.of(Language.FR)));
        assertThat(office.version()).hasSize(12);
        var card = found(source.relation(DUPONT, R_1));
        assertThat(card.people(Role.COLLABORATOR)).containsExactly(Mailbox.parse("Jan Janssens <jan@dupont.example>").orElseThrow());
        assertThat(card.people(Role.PARTNER)).hasSize(2).last().extracting(Mailbox::name).isEqualTo("é");
        assertThat(card.people(Role.SUBSTITUTE)).isEmpty();
        assertThat(found(source.relation(DUPONT, R_1))).isEqualTo(card);
    }

    @Test
    void readsListedRolesAndTheClientsName() {
        pages.put("/api/offices/dupont", Page.json("{\"company\": \"o@d.example\", \"reply-to\": \"invoicing\"}"));
        pages.put("/api/offices/dupont/relations/R-1",
                Page.json("{\"name\": \"Bakkerij\\r\\nBcc: \\u202EPeeters\", \"invoicing\": \"i@d.example\"}"));
        var wide = source(base(server.getAddress().getPort()), PATIENCE, ArbitraryOffices.ROLES);
        assertThat(found(wide.office(DUPONT)).replyTo()).isEqualTo(new ReplyTo.ToRole(new Role("invoicing")));
        assertThat(found(wide.relation(DUPONT, R_1)).name()).isEqualTo("Bakkerij Bcc: Peeters");
        assertThat(found(wide.relation(DUPONT, R_1)).people(new Role("invoicing"))).hasSize(1);
        assertThat(why(source.office(DUPONT))).contains("'invoicing' is not one of");
        assertThat(why(source.relation(DUPONT, R_1))).contains("invoicing: unknown key");
    }

    @Test
    void asksPolitely() {
        assertThat(source.office(DUPONT)).isEqualTo(new Lookup.Found<>(found(source.office(DUPONT)), TestTime.START));
        assertThat(asked.getFirst().fields())
                .contains(
                        entry("Authorization", List.of("Bearer " + TOKEN)),
                        entry("Accept", List.of("application/json")),
                        entry("User-agent", List.of("facteur")))
                .doesNotContainKeys("Accept-encoding", "If-none-match", "Cookie", "Upgrade");
        assertThat(source.name()).isEqualTo("http http://localhost:" + server.getAddress().getPort() + "/api");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | application/json                | {"company": "o@d.example", "colour": 1}        | colour: unknown key
            200 | application/json                | {"company": "o@d.example", "relations": {}}    | relations: unknown key
            200 | application/json                | {"company": "o@d.example", "when-unverified": "bounce"} | when-unverified: 'bounce' is not one of
            200 | application/json                | {"company": "o@d.example", "when-unverified": true} | when-unverified:
            200 | application/json                | {"company": "o@d.example", "returns": {"tell": "me"}} | returns.tell: 'me' is not one of
            200 | application/json                | {"company": "o@d.example", "company": "p@d.e"} | duplicate key
            200 | application/json                | {"company": "s3cret-T0ken"}                    | company: not a mailbox: ***
            200 | application/json                | {"company": "o@d.example"                      | offices/dupont:1:
            200 | application/json                | ["o@d.example"]                                | the answer is not a JSON object
            200 | application/json                | null                                           | the answer is not a JSON object
            200 | application/json                | company: o@d.example                           | the answer is not a JSON object
            200 | application/json                | ' '                                            | the answer is empty
            200 | application/json                | ''                                             | the answer is empty
            200 | text/html                       | <html>Log in</html>                            | is not JSON in UTF-8 but text/html
            200 | application/jsonp               | {}                                             | is not JSON in UTF-8
            200 | application/json                | []                                             | company: is missing
            200 | application/json                | {"company": ""}                                | company: is missing
            200 | application/json                | {"company": "o@d.example", "contexts": ["a"]}  | contexts: must be a mapping
            200 | application/json                | {"company": "o@d.example", "sandbox": "maybe"} | sandbox: 'maybe' is not one of true, false
            200 | application/json                | false                                          | the answer is not a JSON object
            200 | application/json                | ""                                             | the answer is not a JSON object
            200 | application/json                | [[]]                                           | the answer is not a JSON object
            200 | text/plain                      | {}                                             | is not JSON in UTF-8
            200 | application/json; charset=iso-8859-1 | {}                                        | is not JSON in UTF-8 but application/json; charset=iso-8859-1
            200 | application/json; charset=utf-16 | {}                                            | is not JSON in UTF-8
            201 | application/json                | {"company": "o@d.example"}                     | status 201
            206 | application/json                | {"company": "o@d.example"}                     | status 206
            401 | application/json                | {"error": "s3cret-T0ken"}                      | status 401
            407 | application/json                | {}                                             | status 407
            429 | application/json                | {}                                             | status 429
            500 | text/html                       | <h1>Oops</h1>                                  | status 500
            503 | text/html                       | <h1>Later</h1>                                 | status 503
            """)
    void whatCanNotBeUsedIsUnavailable(int status, String type, String body, String why) {
        pages.put("/api/offices/dupont", Page.of(status, type, body));
        assertThat(why(source.office(DUPONT))).startsWith("offices/dupont:").contains(why);
    }

    /// As a form, a column or PHP says that there is nothing. All of them say the same.
    @ParameterizedTest
    @ValueSource(strings = {"''", "' '", "null", "[]", "['']", "[null]", "['', null, ' ']"})
    void anEmptyTextNamesNoOne(String nothing) {
        pages.put("/api/offices/dupont/relations/R-1",
                Page.json("{'collaborator': NONE, 'partner': ['', 'a@d.example', null]}".replace("NONE", nothing).replace('\'', '"')));
        var card = found(source.relation(DUPONT, R_1));
        assertThat(card.people(Role.COLLABORATOR)).isEmpty();
        assertThat(card.people(Role.PARTNER)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "' '", "null", "[]"})
    void anEmptyTextIsNoSetting(String nothing) {
        pages.put("/api/offices/dupont", Page.json("""
                {'company': 'o@d.example', 'from': {'address': NONE, 'name': NONE}, 'reply-to': NONE, 'sandbox': NONE, 'users': NONE,
                 'when-unverified': NONE, 'contexts': {'task': NONE, 'invoice': {'address': NONE, 'reply-to': NONE, 'from': NONE, 'replies': NONE}},
                 'replies': NONE, 'returns': {'tell': NONE, 'known-bad': NONE, 'auto-replies': NONE, 'language': NONE}}
                """.replace("NONE", nothing).replace('\'', '"')));
        var office = found(source.office(DUPONT));
        assertThat(office.from()).isEmpty();
        assertThat(office.replyTo()).isEqualTo(new ReplyTo.ToCompany());
        assertThat(office.sandbox()).isEqualTo(Sandbox.OFF);
        assertThat(office.users()).isEmpty();
        assertThat(office.whenUnverified()).isEqualTo(WhenUnverified.FALLBACK);
        assertThat(office.replies()).isEqualTo(Replies.DIRECT);
        assertThat(office.returns()).isEqualTo(OfficeReturns.STANDARD);
        assertThat(office.contexts().values())
                .hasSize(2)
                .containsOnly(new ContextSettings(new ContextReplyTo.AsGeneral(), Optional.empty()));
    }

    /// Each an object without members.
    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", " [ ]\n", "\uFEFF{}", "\uFEFF[]"})
    void anEmptyArrayIsAnEmptyObject(String empty) {
        pages.put("/api/offices/dupont/relations/R-1", Page.json(empty));
        assertThat(found(source.relation(DUPONT, R_1)).people(Role.PARTNER)).isEmpty();
        pages.put("/api/offices/dupont", Page.json("{\"company\": \"o@d.example\", \"contexts\": " + empty.replace("\uFEFF", "") + "}"));
        assertThat(found(source.office(DUPONT)).contexts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "application/json", "APPLICATION/JSON;CHARSET=UTF8", "application/json; charset=utf8", "application/json;charset=\"utf-8\"",
        "application/json; charset='utf-8'", "application/json; charset = UTF_8", "application/json; charset=us-ascii",
        "text/json", "text/json; charset=utf-8", "application/problem+json; charset=UTF8; version=1"})
    void knowsJsonByItsType(String type) {
        pages.put("/api/offices/dupont", Page.of(200, type, "\uFEFF" + OFFICE));
        found(source.office(DUPONT));
    }

    @ParameterizedTest
    @CsvSource({"true, ON", "'\"true\"', ON", "1, ON", "'\"1\"', ON", "false, OFF", "'\"False\"', OFF", "0, OFF", "'\"0\"', OFF"})
    void takesATruthValueForWhatItIs(String written, Sandbox sandbox) {
        pages.put("/api/offices/dupont", Page.json("{\"company\": \"o@d.example\", \"sandbox\": " + written + "}"));
        assertThat(found(source.office(DUPONT)).sandbox()).isEqualTo(sandbox);
    }

    @Test
    void aCardThatSaysMoreIsUnavailable() {
        pages.put("/api/offices/dupont/relations/R-1", Page.json("{\"boss\": \"a@d.example\"}"));
        assertThat(why(source.relation(DUPONT, R_1))).startsWith("offices/dupont/relations/R-1:1: boss: unknown key");
        pages.put("/api/offices/dupont/relations/R-1", Page.json(OFFICE));
        assertThat(why(source.relation(DUPONT, R_1))).contains("company: unknown key");
        pages.put("/api/offices/dupont/relations/R-1", Page.json("null"));
        assertThat(why(source.relation(DUPONT, R_1))).contains("not a JSON object");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            , "when-unverified": "fallback" | FALLBACK
            , "when-unverified": "refuse"   | REFUSE
            , "when-unverified": null       | FALLBACK
            ''                              | FALLBACK
            """)
    void saysWhatToDoWhileTheDomainIsNotVerified(String member, WhenUnverified wish) {
        pages.put("/api/offices/dupont", Page.json("{\"company\": \"o@d.example\"" + member + "}"));
        assertThat(found(source.office(DUPONT)).whenUnverified()).isEqualTo(wish);
    }

    @Test
    void readsUtf8Strictly() {
        var latin = "{\"company\": \"Soci\u00e9t\u00e9 <o@d.example>\"}";
        pages.put("/api/offices/dupont", new Page(200, Map.of("Content-Type", "application/json"), latin));
        assertThat(why(source.office(DUPONT))).contains("is not UTF-8");
    }
}
