package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.act.Act;
import facteur.act.Acts;
import facteur.console.ConsoleWorld.As;
import facteur.mail.letter.QueueId;
import facteur.spool.QueueCount;
import facteur.spool.QueueStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueuePageTest {
    private ConsoleWorld world;
    private QueuedLetters letters;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        world = new ConsoleWorld(folder);
        letters = new QueuedLetters(world, folder);
    }

    @AfterEach
    void close() {
        letters.close();
        world.close();
    }

    private List<QueueId> deferred(int number) throws Exception {
        var ids = new ArrayList<QueueId>();
        for (var i = 0; i < number; i++) {
            ids.add(letters.deferred("dupont", "client" + i + "@client.example"));
            world.time.advance(Duration.ofSeconds(1));
        }
        return ids;
    }

    private Map<QueueStatus, Long> counts() throws Exception {
        return world.operations.queue().counts().stream().collect(Collectors.toMap(QueueCount::standing, QueueCount::letters));
    }

    /// The page that follows a form, once what it tells of has ended.
    private String after(ConsoleWorld.Reply reply) {
        assertThat(reply.status()).isEqualTo(303);
        var id = reply.location().replaceFirst(".*[?&]move=([^&]*).*", "$1");
        await().until(() -> world.operations.moves().find(id).orElseThrow().progress().isEnded());
        return world.get(As.OPERATOR, reply.location()).page();
    }

    private String act(String act, String... fields) {
        var all = new ArrayList<>(List.of(fields));
        all.add("act");
        all.add(act);
        return after(world.post(As.OPERATOR, "/queue", all.toArray(String[]::new)));
    }

    @Test
    void listsLettersWithWhatWasSaidOfThem() throws Exception {
        letters.deferred("dupont", "an@client.example", "451 4.7.1 <script>later</script>");
        var page = world.get(As.VIEWER, "/queue").page();
        assertThat(page)
                .contains("an@client.example", "deferred", "<q lang=\"en\">451 4.7.1 &lt;script&gt;later&lt;/script&gt;</q>")
                .contains("one letter waits for its next try", "1 of one letter, the first due first")
                .doesNotContain("<script>later", "SECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr", "nl"})
    void saysThatNothingWaits(String language) {
        world.language.set(language);
        assertThat(world.get(As.OPERATOR, "/queue").page()).contains(switch (language) {
            case "fr" -> "Rien n’attend.";
            case "nl" -> "Er wacht niets.";
            default -> "Nothing waits. No letter was relayed in the last minute.";
        });
    }

    @Test
    void isForOperatorsAndViewersAndChangedByOperators() throws Exception {
        var id = deferred(1).getFirst();
        assertThat(world.get(As.ADMIN, "/queue").status()).isEqualTo(404);
        assertThat(world.get(As.VIEWER, "/queue").page()).doesNotContain("<button name=\"act\"", "type=\"checkbox\"");
        assertThat(world.post(As.VIEWER, "/queue", "which", "all", "act", "remove", "count", "1").status()).isEqualTo(404);
        assertThat(world.post(As.VIEWER, "/queue/confirm", "which", "all").status()).isEqualTo(404);
        assertThat(world.post(As.VIEWER, "/queue", "letter", id.text(), "act", "hold").status()).isEqualTo(404);
        assertThat(counts()).isEqualTo(Map.of(QueueStatus.DEFERRED, 1L));
    }

    @Test
    void holdsWhatIsMarkedAndTakesItBack() throws Exception {
        var ids = deferred(3);
        var page = act("hold", "letter", ids.get(0).text(), "letter", ids.get(2).text(), "which", "marked");
        assertThat(page).contains("Hold 2 letters", "2 are on hold now", "an operator wanted it", "action=\"/queue/undo\"");
        assertThat(counts()).isEqualTo(Map.of(QueueStatus.DEFERRED, 1L, QueueStatus.HOLD, 2L));
        assertThat(new Acts(world.database, world.time).latest(Optional.empty(), 9)).singleElement().satisfies(held -> {
            assertThat(held.operator()).isEqualTo("person=jan peer=192.0.2.7");
            assertThat(held.command()).isEqualTo("queue hold " + ids.get(0) + " " + ids.get(2));
            assertThat(held.letters()).isEqualTo(2);
        });
        var move = page.replaceFirst("(?s).*action=\"/queue/undo\"><input type=\"hidden\" name=\"move\" value=\"([^\"]*)\".*", "$1");
        assertThat(after(world.post(As.OPERATOR, "/queue/undo", "move", move))).contains("2 are released, due now");
        assertThat(counts()).isEqualTo(Map.of(QueueStatus.DEFERRED, 3L));
    }

    @Test
    void actsOnAllThatFitTheFilterAndNoOther() throws Exception {
        deferred(12);
        letters.deferred("peeters", "an@other.example");
        assertThat(act("hold", "which", "all", "office", "dupont")).contains("Hold 12 letters", "12 are on hold now", "value=\"dupont\"");
        assertThat(counts()).isEqualTo(Map.of(QueueStatus.DEFERRED, 1L, QueueStatus.HOLD, 12L));
        assertThat(new Acts(world.database, world.time).latest(Optional.empty(), 9)).extracting(Act::command)
                .containsExactly("queue hold --office dupont");
        assertThat(act("release", "which", "all", "state", "hold")).contains("12 are released, due now");
        var undone = world.post(As.OPERATOR, "/queue/undo", "move", world.operations.moves().latest().getFirst().id(), "office", "dupont");
        assertThat(undone.location()).startsWith("/queue?office=dupont&move=");
        assertThat(after(undone)).contains("12 are on hold now", "<input type=\"hidden\" name=\"office\" value=\"dupont\">");
    }

    @Test
    void tellsOfAnActWhoseFilterIsLong() throws Exception {
        deferred(1);
        var reply = world.post(
                As.OPERATOR, "/queue", "which", "all", "act", "hold", "recipient", "é".repeat(300) + "@client.example", "office", "é".repeat(300));

        assertThat(after(reply)).isNotEmpty();
    }

    @Test
    void leavesLettersAloneThatCameAfterThePageWasMade() throws Exception {
        deferred(2);
        var at = Long.toString(world.time.instant().toEpochMilli());
        world.time.advance(Duration.ofMinutes(1));
        deferred(3);
        act("hold", "which", "all", "at", at);
        assertThat(counts()).isEqualTo(Map.of(QueueStatus.DEFERRED, 3L, QueueStatus.HOLD, 2L));
    }

    @Test
    void removesNoneBeforeTheirNumberIsTyped() throws Exception {
        deferred(12);
        var asked = world.post(As.OPERATOR, "/queue/confirm", "which", "all");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.page()).contains("12 letters would be deleted for good", "Hold them instead", "That is the whole queue.",
                "name=\"count\" value=\"12\"");
        var wrong = world.post(As.OPERATOR, "/queue", "which", "all", "act", "remove", "count", "12", "number", "11");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.page()).contains("<title>Error: ", "The number is not 12: nothing was removed.", "href=\"#number\"");
        assertThat(counts()).isEqualTo(Map.of(QueueStatus.DEFERRED, 12L));
        assertThat(act("remove", "which", "all", "count", "12", "number", " 12 ")).contains("12 are removed").doesNotContain("/queue/undo");
        assertThat(counts()).isEmpty();
    }

    @Test
    void neverRemovesAtTheFirstClick() throws Exception {
        var id = deferred(1).getFirst();
        var asked = world.post(As.OPERATOR, "/queue", "letter", id.text(), "act", "remove");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.page()).contains("One letter would be deleted for good").doesNotContain("name=\"number\"");
        assertThat(counts()).hasSize(1);
        assertThat(act("remove", "letter", id.text(), "count", "1")).contains("one is removed");
    }

    @Test
    void asksAgainWhenThereAreMoreThanWereCounted() throws Exception {
        deferred(13);
        var more = world.post(As.OPERATOR, "/queue", "which", "all", "act", "remove", "count", "12", "number", "12");
        assertThat(more.status()).isEqualTo(422);
        assertThat(more.page()).contains("It was 12, and is 13 by now.");
        assertThat(counts()).isEqualTo(Map.of(QueueStatus.DEFERRED, 13L));
    }

    @Test
    void saysWhenNothingIsMarked() {
        var page = world.post(As.OPERATOR, "/queue", "which", "marked", "act", "hold", "office", "dupont");
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.page()).contains("No letter is marked.", "value=\"dupont\"");
    }

    @Test
    void tellsWhatIsNewAndWhatIsGoneAndDoesNotRepeatIt() throws Exception {
        var ids = deferred(3);
        var page = world.get(As.OPERATOR, "/queue").page();
        var news = page.replaceFirst("(?s).*hx-get=\"(/queue/news[^\"]*)\".*", "$1").replace("&amp;", "&");
        assertThat(world.get(As.OPERATOR, news).status()).isEqualTo(204);
        act("remove", "letter", ids.getFirst().text(), "count", "1");
        world.time.advance(Duration.ofSeconds(1));
        deferred(2);
        var told = world.get(As.OPERATOR, news);
        assertThat(told.page()).contains("2 new letters, 1 gone", "href=\"/queue\"", "name=\"told\" value=\"2-1\"").doesNotContain("<html");
        assertThat(world.get(As.OPERATOR, news + "&told=2-1").status()).isEqualTo(204);
    }

    @Test
    void canBeToldToStopRefreshing() throws Exception {
        deferred(1);
        assertThat(world.get(As.OPERATOR, "/queue?office=dupont").page()).contains("href=\"/queue?office=dupont&amp;refresh=off\"", "/queue/news");
        assertThat(world.get(As.OPERATOR, "/queue?office=dupont&refresh=off").page()).contains("href=\"/queue?office=dupont\"")
                .doesNotContain("/queue/news");
    }

    @Test
    void showsHowFarAMoveIsAndEndsTheAsking() throws Exception {
        deferred(1);
        var moved = world.post(As.OPERATOR, "/queue", "which", "all", "act", "hold");
        var _ = after(moved);
        var progress = world.get(As.OPERATOR, moved.location().replace("/queue?", "/queue/progress?"));
        assertThat(progress.status()).isEqualTo(286);
        assertThat(progress.page()).contains("one is on hold now").doesNotContain("<html");
        assertThat(world.get(As.OPERATOR, "/queue?move=other").page()).contains("no longer kept here");
    }

    @Test
    void refusesFiltersThatMeanNothing() throws Exception {
        deferred(1);
        var page = world.get(As.OPERATOR, "/queue?older-than=long&state=lost&recipient=me");
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.page()).contains("3 problems", "Give an age, such as 30m, 2h or 3d.").doesNotContain("client0@client.example");
        assertThat(world.post(As.OPERATOR, "/queue", "which", "all", "act", "hold", "older-than", "long").status()).isEqualTo(404);
        assertThat(counts()).isEqualTo(Map.of(QueueStatus.DEFERRED, 1L));
    }
}
