package facteur.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import facteur.admin.Endpoints.Act;
import facteur.platform.config.HostAndPort;
import facteur.platform.config.Secret;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessTest {
    private final Access access = new Access("relay.example.org", Secret.of("a-token"), Optional.empty());
    private final Access closed =
            new Access("relay.example.org", Secret.of("a-token"), Optional.of(Secret.of("the-operator's")));

    @ParameterizedTest
    @ValueSource(strings = {
        "127.0.0.1", "127.0.0.1:8025", "localhost", "LocalHost:1", "[::1]:8025", "[::1]", "192.0.2.1:80",
        "relay.example.org:8025", "RELAY.example.org"
    })
    void answersUnderAddressesAndItsOwnName(String host) {
        assertThat(access.refusal(headers("Host", host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "evil.example", "evil.example:8025", "127.0.0.1.evil.example", "localhost.evil.example", "localhost.", "2130706433",
        "127.1", "0x7f.0.0.1", "user@127.0.0.1", "127.0.0.1/", "", " ", "[::1].evil.example", "127.0.0.1:8025:1", "xrelay.example.org"
    })
    void turnsAwayEveryOtherName(String host) {
        assertThat(access.refusal(headers("Host", host))).map(AdminResponse::status).contains(421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "relay.internal:8025"})
    void withATokenOfTheOperatorsNoNameIsWrong(String host) {
        assertThat(closed.refusal(headers("Host", host))).isEmpty();
        assertThat(closed.refusal(new Headers())).map(AdminResponse::status).contains(400);
    }

    @Test
    void whoHasTheTokenOfTheStateFolderSaysWhoHeIs() {
        var ours = headers("Authorization", "Bearer a-token");
        assertThat(closed.operator(ours, "127.0.0.1")).isEqualTo("token=state peer=127.0.0.1");
        ours.add("X-Facteur-Operator", "uid=0(root) sudo=jan");
        assertThat(closed.operator(ours, "127.0.0.1")).isEqualTo("uid=0(root) sudo=jan");
        ours.set("X-Facteur-Operator", "x".repeat(999));
        assertThat(closed.operator(ours, "127.0.0.1")).isEqualTo("token=state peer=127.0.0.1");
        var chosen = headers("Authorization", "Bearer the-operator's");
        chosen.add("X-Facteur-Operator", "uid=0(root)");
        assertThat(closed.operator(chosen, "192.0.2.7")).isEqualTo("token=admin.token peer=192.0.2.7");
    }

    @Test
    void wantsOneHost() {
        assertThat(access.refusal(new Headers())).map(AdminResponse::status).contains(400);
        var two = headers("Host", "localhost");
        two.add("Host", "evil.example");
        assertThat(access.refusal(two)).map(AdminResponse::status).contains(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer a-token", "bearer a-token", "BEARER  a-token "})
    void theTokenOpens(String authorization) {
        for (var act : Act.values()) {
            assertThat(access.permits(act, headers("Authorization", authorization))).isTrue();
            assertThat(closed.permits(act, headers("Authorization", authorization))).isTrue();
            assertThat(closed.permits(act, headers("Authorization", "Bearer the-operator's"))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer a-toke", "Bearer a-token2", "Bearer A-token", "Bearer", "Bearer ", "a-token", "Basic a-token", "", "Bearera-token"})
    void nothingElseDoes(String authorization) {
        for (var headers : List.of(headers("Authorization", authorization), new Headers())) {
            assertThat(Stream.of(Act.values()).filter(act -> access.permits(act, headers))).containsExactly(Act.PROBE, Act.LOOK);
            assertThat(Stream.of(Act.values()).filter(act -> closed.permits(act, headers))).containsExactly(Act.PROBE);
        }
        assertThat(access.permits(Act.READ, headers("Authorization", "Bearer the-operator's"))).isFalse();
    }

    @Test
    void theLineInTheStateFolderReadsBack() {
        var token = AdminAccess.newToken(new SecureRandom());
        assertThat(token.reveal()).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(AdminAccess.newToken(new SecureRandom()).reveal());
        var written = new AdminAccess(new HostAndPort("::1", 8025), token);
        assertThat(written.line()).startsWith("[::1]:8025 ").endsWith("\n");
        assertThat(AdminAccess.parse(written.line())).contains(written);
        assertThat(written.toString()).doesNotContain(token.reveal());
        assertThat(List.of("", "x", "127.0.0.1:1", "x y", "127.0.0.1:1 a b")).allMatch(line -> AdminAccess.parse(line).isEmpty());
    }

    private static Headers headers(String name, String value) {
        var headers = new Headers();
        headers.add(name, value);
        return headers;
    }
}
