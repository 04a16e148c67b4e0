package facteur.platform.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TokenEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Token services that refuse, or give no usable answer, or none.
final class AccessTokensFaultsIT extends AccessTokensRig {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 | {}                                                     | the answer holds no access token
            200 | {"access_token": ""}                                   | the answer holds no access token
            200 | {"access_token": null}                                 | the answer holds no access token
            200 | {"access_token": ["token-1"]}                          | the answer holds no access token
            200 | {"access_token": "token-1\\r\\nRSET"}                  | the answer holds no access token
            200 | {"access_token": "token-1\\u0001"}                     | the answer holds no access token
            200 | {"access_token": "token-1                              | the answer holds no access token
            200 | {"access_token": "token-1", "token_type": "mac"}       | the token is no bearer token
            200 | ["token-1"]                                            | the answer is not a JSON object
            200 | token-1                                                | the answer is not a JSON object
            200 | ``                                                     | the answer is empty
            400 | {"error": "invalid_grant", "error_description": "Token\\nended"} | status 400, invalid_grant: Token ended
            401 | {"error": "invalid_client"}                            | status 401, invalid_client
            401 | {"error": "no", "error_description": "s3cret &=+% r3fresh s3cret+%26%3D%2B%25 is wrong"} | status 401, no: *** r3fresh *** is wrong
            400 | {"error": {"code": 400}}                               | status 400
            500 | oops                                                   | status 500
            429 | {}                                                     | status 429
            201 | {"access_token": "token-1"}                            | status 201
            """)
    void whatCanNotBeUsedIsDenied(int status, String body, String why) {
        endpoint.answering(status, body);
        assertThat(denied(client(PATIENCE))).isEqualTo("no access token: 127.0.0.1: " + why);
    }

    @Test
    void quotesNoRefreshToken() {
        endpoint.answering(400, "{\"error\": \"invalid_grant\", \"error_description\": \"r3fresh/A r3fresh%2FA\"}");
        assertThat(denied(refreshing())).isEqualTo("no access token: 127.0.0.1: status 400, invalid_grant: *** ***");
    }

    @Test
    void followsNoRedirect() {
        try (var elsewhere = TokenEndpoint.start()) {
            endpoint.answering(307, "Location", elsewhere.url(), "");
            assertThat(denied(client(PATIENCE))).isEqualTo("no access token: 127.0.0.1: status 307");
            assertThat(elsewhere.questions()).isEmpty();
        }
    }

    @Test
    void readsNoLargeAnswer() {
        endpoint.answering(200, "{\"access_token\": \"token-1\", \"x\": \"" + "y".repeat(64 * 1024) + "\"}");
        assertThat(denied(client(PATIENCE))).endsWith("the answer is too large");
        endpoint.answering(200, "{\"access_token\": \"" + "y".repeat(16 * 1024 + 1) + "\"}");
        assertThat(denied(client(PATIENCE))).endsWith("the answer holds no access token");
        endpoint.answering(200, "{\"access_token\": " + "[".repeat(60_000));
        assertThat(denied(client(PATIENCE))).endsWith("the answer holds no access token");
    }

    @Test
    void readsJsonAlone() {
        endpoint.answering(200, "Content-Type", "text/html", "<html>Log in: s3cret &=+%</html>");
        assertThat(denied(client(PATIENCE))).endsWith("the answer is not JSON in UTF-8 but text/html");
        endpoint.answering(200, "Content-Encoding", "gzip", "{}");
        assertThat(denied(client(PATIENCE))).contains("encoded");
    }

    @Test
    void waitsForNoServiceWithoutEnd() throws IOException {
        endpoint.holdBack();
        assertThat(denied(client(HASTE))).isEqualTo("no access token: 127.0.0.1: no whole answer within 200 ms");
        // The connection stands, but no one answers on it.
        try (var silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(denied(client("https://127.0.0.1:" + silent.getLocalPort(), HASTE))).contains(" within 200 ms");
        }
    }

    @Test
    void saysWhenNoServiceListens() throws IOException {
        int port;
        try (var gone = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = gone.getLocalPort();
        }
        assertThat(denied(client("http://127.0.0.1:" + port, PATIENCE))).contains("no connection");
        assertThat(denied(client("https://token.invalid/", PATIENCE))).contains("token.invalid: ");
        try (var unknown = ScriptedUpstream.startTls()) {
            assertThat(denied(client("https://localhost:" + unknown.port(), PATIENCE))).contains("no TLS: ");
        }
    }
}
