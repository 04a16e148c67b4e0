package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.Roles;
import facteur.platform.config.Document;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The codes are part of the API: a test that must be changed here is a change that breaks programs.
final class SettingsCodeTest {
    private Problems problems = new Problems();

    @BeforeEach
    void none() {
        problems = new Problems();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                             | company                | address.missing
            {company: ''}                                                                  | company                | address.missing
            {company: nobody}                                                              | company                | address.invalid
            {company: Dupont <élodie@dupont.example>}                                      | company                | address.ascii
            {company: [a, b]}                                                              | company                | value.type
            {company: a <a@dupont.example>, from: {name: x}}                               | from.address           | address.missing
            {company: a <a@dupont.example>, from: {address: dupont.example}}               | from.address           | address.invalid
            {company: a <a@dupont.example>, from: {address: jan@gmail.com}}                | from.address           | from.freemail
            {company: a <a@dupont.example>, from: {address: a@relay.example}}              | from.address           | from.relay
            {company: a <a@dupont.example>, from: {address: é@dupont.example}}             | from.address           | address.ascii
            {company: a <a@dupont.example>, contexts: {' ': {}}}                           | contexts.              | kind.missing
            {company: a <a@dupont.example>, contexts: {"a\\u0007": {}}}                    | contexts.a?            | kind.name
            {company: a <a@dupont.example>, contexts: {Task: {}, task: {}}}                | contexts.task          | kind.twice
            {company: a <a@dupont.example>, contexts: {task: {address: x}}}                | contexts.task.address  | address.invalid
            {company: a <a@dupont.example>, users: [jan]}                                  | users[0]               | address.invalid
            {company: a <a@dupont.example>, users: {}}                                     | users                  | value.type
            {company: a <a@dupont.example>, company: a <a@dupont.example>}                 | company                | key.twice
            {company: a <a@dupont.example>, sandbox: perhaps}                              | sandbox                | value.invalid
            {company: a <a@dupont.example>, replies: never}                                | replies                | value.invalid
            {company: a <a@dupont.example>, contexts: {task: {replies: never}}}            | contexts.task.replies  | value.invalid
            {company: a <a@dupont.example>, returns: {tell: all}}                          | returns.tell           | value.invalid
            {company: a <a@dupont.example>, returns: {bounces: none}}                      | returns.bounces        | key.unknown
            {company: a <a@dupont.example>, returns: none}                                 | returns                | value.type
            {company: a <a@dupont.example>, from: [}                                       |                        | text.unreadable
            """)
    void aProblemHasItsCode(String text, String key, String code) {
        read(text);
        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.key().strip()).isEqualTo(key == null ? "" : key);
        });
    }

    @Test
    void aWordThatIsNearIsNamed() {
        read("{company: a <a@dupont.example>, reply-to: sendr, form: {}}");
        assertThat(problems.list()).extracting(Problem::code).containsExactly("value.invalid", "key.unknown");
        assertThat(problems.list()).extracting(Problem::nearest).containsExactly(Optional.of("sender"), Optional.of("from"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {company: office@dupont.example}                                               | company                | company.name.missing
            {company: a <a@dupont.example>, users: [b@dupont.example, B <b@dupont.example>]} | users                | person.twice
            {company: a <a@dupont.example>, contexts: {task: {reply-to: sender, address: b@dupont.example}}} | contexts.task.address | kind.address.ignored
            """)
    void aWarningHasItsCode(String text, String key, String code) {
        read(text);
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo(code);
            assertThat(warning.key()).isEqualTo(key);
        });
    }

    @Test
    void aCardIsWarnedOfPeopleWhoGetNoReply() {
        var people = "[a@d.example, b@d.example, c@d.example, A <A@d.example>, e@d.example, f@d.example";
        var five = Document.read("{partner: " + people + "]}", "card", problems);
        assertThat(new CardReader(Roles.DEFAULT).read(five).roles()).isNotEmpty();
        assertThat(problems.warnings()).extracting(Problem::code).containsExactly("person.twice");
        var six = Document.read("{partner: " + people + ", g@d.example]}", "card", problems);
        assertThat(new CardReader(Roles.DEFAULT).read(six).roles()).isNotEmpty();
        assertThat(problems.warnings()).extracting(Problem::code).containsOnlyOnce("person.five");
    }

    @ParameterizedTest
    @CsvSource({"500, 10000, 0", "501, 10000, 1", "500, 10001, 1"})
    void anOfficeIsNoLargerThanAPage(int contexts, int users, int found) {
        var kinds = IntStream.range(0, contexts).mapToObj(number -> "k" + number + ": {}").collect(Collectors.joining(", "));
        var people = IntStream.range(0, users).mapToObj(number -> "p" + number + "@d.example").collect(Collectors.joining(", "));

        read("{company: a <a@d.example>, contexts: {" + kinds + "}, users: [" + people + "]}");

        assertThat(problems.list()).hasSize(found).allSatisfy(problem -> assertThat(problem.message()).contains("too many"));
    }

    private void read(String text) {
        var section = Document.read(text, "office", problems);
        var office = new OfficeReader(Address.of("inbox@relay.example"), Roles.DEFAULT).read(section, OfficeId.parse("dupont").orElseThrow(), "v1");
        section.close();
        assertThat(office.version()).isEqualTo("v1");
    }
}
