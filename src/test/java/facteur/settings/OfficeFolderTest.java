package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryText;
import facteur.fixture.TestTime;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.platform.json.JsonValue;
import facteur.platform.json.YamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The files of offices, read to be put elsewhere: as the files source reads them.
final class OfficeFolderTest extends FilesSourceRig {
    private static final String DUPONT_YAML = """
            # The office in Liège.
            company: Cabinet Dupont <office@dupont.example>
            sandbox: yes
            relations:
              R-1: { responsible: Jan <jan@dupont.example> }
              R-2: { responsible: An <an@dupont.example>, name: Bakkerij }
            """;

    @Test
    void takesSettingsAsTheyAreWrittenAndCardsOfBothFiles() throws IOException {
        write("dupont.yaml", DUPONT_YAML);
        write("dupont.relations.csv", "relation,partner\nR-2,bo@dupont.example\nR-3,bo@dupont.example\n");
        write("durand.yaml", "company: office@durand.example\n");
        var content = read(Optional.empty());
        assertThat(problems.list()).isEmpty();
        assertThat(content.refused()).isEmpty();
        assertThat(content.offices()).hasSize(2);
        var dupont = content.offices().getFirst();
        assertThat(dupont.settings())
                .hasToString("{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"sandbox\":\"yes\"}");
        var cards = dupont.cards().orElseThrow();
        assertThat(cards.keySet()).extracting(RelationId::text).containsExactly("R-1", "R-2", "R-3");
        assertThat(cards.values().stream().map(card -> card.people(Role.RESPONSIBLE) + " " + card.people(Role.PARTNER)))
                .containsExactly("[Jan <jan@dupont.example>] []", "[] [bo@dupont.example]", "[] [bo@dupont.example]");
        assertThat(content.offices().get(1).cards()).isEmpty();
    }

    @Test
    void hasTheProblemsAndWarningsOfTheFilesSource() throws IOException {
        write("dupont.yaml", DUPONT_YAML + "replyto: sender\n");
        write("durand.yaml", "company: office@durand.example\nrelations: { R-1: { partner: nobody } }\n");
        write("leroy.yaml", "company: office@durand.example\n");
        write("martin.yaml", "company: office@martin.example\n");
        write("martin.relations.csv", "relation,responsable\nR-1,a@martin.example\n");
        write("Big.yaml", "company: office@big.example\n");
        write("small.yml", "company: office@small.example\n");
        var content = read(Optional.empty());
        var expected = new Problems();
        new FilesSource(folder, Address.of("inbox@shared.example"), Roles.DEFAULT, time).readAll(expected, _ -> false);
        assertThat(problems.list()).isEqualTo(expected.list()).hasSize(4);
        assertThat(problems.toString()).contains("dupont.yaml:7: replyto: unknown key; did you mean 'reply-to'?");
        assertThat(problems.warnings().stream().map(Problem::toString)).anyMatch(warning -> warning.contains("small.yml"));
        assertThat(content.offices()).extracting(office -> office.id().text()).containsExactly("leroy");
        assertThat(content.refused()).extracting(OfficeId::text).containsExactly("dupont", "durand", "martin");
    }

    @Test
    void readsOneOfficeAlone() throws IOException {
        write("dupont.yaml", DUPONT_YAML);
        write("durand.yaml", "nothing: right\n");
        write("Big.yaml", "company: office@big.example\n");
        var content = read(Optional.of(DUPONT));
        assertThat(problems.list()).isEmpty();
        assertThat(content.offices()).extracting(WrittenOffice::id).containsExactly(DUPONT);
    }

    @Test
    void saysThatThereIsNoFolder() {
        new OfficeFolder(folder.resolve("none"), Address.of("inbox@shared.example"), Roles.DEFAULT, time)
                .read(Optional.empty(), problems, _ -> false);
        assertThat(problems.toString()).isEqualTo(folder.resolve("none") + ": no such file");
    }

    /// The office that the files source makes of what is written is the one that was written.
    @Property(tries = 200)
    void anOfficeThatIsWrittenAndReadIsTheSame(@ForAll("settings") JsonValue.Members settings) throws IOException {
        var place = Files.createTempDirectory("offices");
        var file = place.resolve("dupont.yaml");
        var clock = new TestTime();
        var yaml = YamlWriter.write(settings);
        try {
            Files.writeString(file, yaml);
            var found = new Problems();
            var content = new OfficeFolder(place, Address.of("inbox@shared.example"), Roles.DEFAULT, clock).read(Optional.empty(), found, _ -> false);
            assertThat(found.list()).as(yaml).isEmpty();
            var read = content.offices().getFirst();
            assertThat(read.settings()).isEqualTo(settings);
            assertThat(YamlWriter.write(read.settings())).isEqualTo(yaml);
            assertThat(office(place, clock)).isEqualTo(direct(settings));
        } finally {
            Files.delete(file);
            Files.delete(place);
        }
    }

    private static OfficeSettings office(Path place, TestTime clock) {
        return found(new FilesSource(place, Address.of("inbox@shared.example"), Roles.DEFAULT, clock).office(DUPONT)).withVersion("1");
    }

    /// As the http source reads what a service answers.
    private static OfficeSettings direct(JsonValue settings) {
        var found = new Problems();
        var section = ConfigFile.parseGenerated(settings.toString(), Path.of("answer"), found);
        return new OfficeReader(Address.of("inbox@shared.example"), Roles.DEFAULT).read(section, DUPONT, "1");
    }

    private OfficeFolder.Content read(Optional<OfficeId> only) {
        return new OfficeFolder(folder, Address.of("inbox@shared.example"), Roles.DEFAULT, time).read(only, problems, _ -> false);
    }

    @Provide
    static Arbitrary<JsonValue.Members> settings() {
        var names = ArbitraryText.of(5, "a", "Zoë", "日", " ", ":", "#", "- ", "yes", "~", "0x1", "=", "'", "\\\"", "{", "[", "&a", "*", "|", "😀")
                .map(text -> "\"" + text + "\"");
        Arbitrary<JsonValue> mailboxes =
                Combinators.combine(names, Arbitraries.of("office@dupont.example", "\"a b\"@dupont.example", "0x1@dupont.example"))
                        .as((name, address) -> JsonValue.of(name + " <" + address + ">"));
        Arbitrary<JsonValue> texts =
                Arbitraries.of("yes", "0x1", "~", "007", "=1", "null", "Dupont: #1", " - ", "\u202e", "true", "1.5").map(JsonValue::of);
        Arbitrary<JsonValue> addresses = Arbitraries.of("office@dupont.example", "1@dupont.example", "*@dupont.example").map(JsonValue::of);
        Arbitrary<JsonValue> from = Combinators.combine(addresses, texts)
                .as((address, name) -> JsonValue.Members.NONE.with("address", address).with("name", name));
        Arbitrary<JsonValue> replies = Arbitraries.of("sender", "partner", "responsible").map(JsonValue::of);
        Arbitrary<JsonValue> whose = Arbitraries.of("direct", "late").map(JsonValue::of);
        Arbitrary<JsonValue> context = Combinators.combine(replies.injectNull(0.3), from.injectNull(0.3), whose.injectNull(0.5))
                .as((reply, own, late) -> with(with(with(JsonValue.Members.NONE, "reply-to", reply), "from", own), "replies", late));
        var contexts = Arbitraries.maps(Arbitraries.of("task", "yes", "~", "0x1", "a: b", "#", "- x", "é", "null", "{}", "1", "=x", "\""), context)
                .ofMaxSize(4)
                .<JsonValue>map(map -> new JsonValue.Members(new LinkedHashMap<>(map)));
        Arbitrary<JsonValue> flags = Arbitraries.of(new JsonValue.Bool(true), new JsonValue.Bool(false), JsonValue.of("yes"), JsonValue.of("0"));
        return Combinators.combine(
                mailboxes,
                from.injectNull(0.3),
                replies.injectNull(0.3),
                contexts.injectNull(0.3),
                mailboxes.list().ofMaxSize(3),
                flags.injectNull(0.5),
                Combinators.combine(whose.injectNull(0.5), ReturnsJson.written().injectNull(0.3)).as(Pair::new))
                .as((company, own, reply, kinds, users, sandbox, back) -> {
                    var members = JsonValue.Members.NONE.with("company", company);
                    members = with(with(with(members, "from", own), "reply-to", reply), "contexts", kinds);
                    members = with(with(members, "replies", back.replies()), "returns", back.returns());
                    return with(members.with("users", new JsonValue.Array(users)), "sandbox", sandbox);
                });
    }

    /// What an office says of what comes back.
    private record Pair(@Nullable JsonValue replies, @Nullable JsonValue returns) {}

    private static JsonValue.Members with(JsonValue.Members members, String name, @Nullable JsonValue value) {
        return value == null ? members : members.with(name, value);
    }
}
