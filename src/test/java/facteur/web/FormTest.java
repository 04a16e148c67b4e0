package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FormTest {
    private static final String URL_ENCODED = "application/x-www-form-urlencoded";
    private static final String PARTS = "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW";
    private static final String BOUNDARY = "------WebKitFormBoundary7MA4YWxkTrZu0gW";
    private static final int FILE = 32 * 1024 * 1024;

    @TempDir
    private Path folder;

    @Test
    void fieldsComeInOrder() {
        assertThat(shown(URL_ENCODED, "from=Jan+Janssens&reply=jan%40dupont.example&role=&role=b%26c&caf%C3%A9=1&&empty"))
                .isEqualTo("200 from=Jan Janssens|reply=jan@dupont.example|role=|role=b&c|café=1|empty=");
        assertThat(shown(URL_ENCODED, "")).isEqualTo("200 ");
        assertThat(shown(PARTS, part("from", "Jan & An = Co") + part("text", "a\r\nb\r\n--\r\n") + part("none", "") + end()))
                .isEqualTo("200 from=Jan & An = Co|text=a\r\nb\r\n--\r\n|none=");
        assertThat(shown(PARTS, "" + BOUNDARY + "--")).isEqualTo("200 ");
    }

    /// What Chromium 156 sent of one form, in both ways; with a file whose name is `a"b\c é.csv`, and a field for another that was left empty.
    @Test
    void aFormIsReadAsABrowserWritesIt() throws IOException {
        var fields = "from=Jan \"de\" Janssens & An = + % é 😀|text=line one\r\nline two|box=on|role=partner|act=save";
        assertThat(ask(URL_ENCODED, recorded("anUrlEncodedFormIsReadOrRefused"), Request::form, FormTest::all)).isEqualTo("200 " + fields);
        assertThat(ask("multipart/form-data; boundary=x", recorded("aFormInPartsIsReadOrRefused"), Request::formWithFile, form -> {
            assertThat(form.file("cards").orElseThrow().file()).hasContent("relation;name\r\nR-1;é\r\n");
            assertThat(form.file("none")).isEmpty();
            return all(form);
        })).isEqualTo("200 " + fields);
    }

    private static InputStream recorded(String target) throws IOException {
        return new ByteArrayInputStream(Files.readAllBytes(Path.of("src/test/resources/facteur/web/FormFuzzerInputs", target, "chromium")));
    }

    @Test
    void aFieldThatIsMeantOnceIsRefusedTwice() {
        assertThat(ask(URL_ENCODED, "a=1&b=2&a=3", form -> form.text("b") + form.all("a") + form.has("a") + form.has("c")))
                .isEqualTo("200 2[1, 3]truefalse");
        assertThat(ask(URL_ENCODED, "a=1&b=2&a=3", form -> form.text("a"))).isEqualTo("400 form.twice");
        assertThat(ask(URL_ENCODED, "a=1&a=1", form -> form.field("a").toString())).isEqualTo("400 form.twice");
        assertThat(ask(URL_ENCODED, "", form -> form.text("a") + form.field("a"))).isEqualTo("200 Optional.empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=%+1", "a=%c3", "a=%ff%fe", "a=%00", "a%00=1", "%00", "=1", "a%0D=1", "a=é", "a=b c", "a=1\r\n",
        "a=%ED%A0%80", "a=%C0%80"})
    void whatIsNoFormIsRefused(String body) {
        assertThat(shown(URL_ENCODED, body)).isEqualTo("400 form.invalid");
    }

    /// Word writes a vertical tab for a line end: a page says so beside the field.
    @Test
    void aValueIsWhatWasTyped() {
        assertThat(shown(URL_ENCODED, "a=1%0D%0A2%0B%E2%80%AE%F0%9F%98%80")).isEqualTo("200 a=1\r\n2\u000B\u202E😀");
    }

    @Test
    void aFormIsBounded() {
        var most = 256 * 1024;
        assertThat(shown(URL_ENCODED, "a=" + "x".repeat(most - 2))).startsWith("200 a=xx");
        assertThat(shown(URL_ENCODED, "a=" + "x".repeat(most - 1))).isEqualTo("413 body.too-large");
        assertThat(shown(URL_ENCODED, "a&".repeat(2000))).startsWith("200 ");
        assertThat(shown(URL_ENCODED, "a&".repeat(2001))).isEqualTo("413 form.too-many");
        assertThat(shown(PARTS, part("a", "x".repeat(most - 1)) + end())).startsWith("200 a=xx");
        assertThat(shown(PARTS, part("a", "x".repeat(most)) + end())).isEqualTo("413 body.too-large");
        assertThat(shown(PARTS, part("a", "x".repeat(most / 2)) + part("b", "x".repeat(most / 2)) + end())).isEqualTo("413 body.too-large");
        assertThat(shown(PARTS, part("a", "").repeat(2000) + end())).startsWith("200 ");
        assertThat(shown(PARTS, part("a", "").repeat(2001) + end())).isEqualTo("413 form.too-many");
    }

    /// A body that never ends is read no further than its limit.
    @Test
    void aBodyWithoutAnEndIsGivenUp() {
        var read = new long[1];
        var endless = new InputStream() {
            @Override
            public int read() {
                read[0]++;
                return 'x';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                Arrays.fill(into, offset, offset + length, (byte) 'x');
                read[0] += length;
                return length;
            }
        };
        var start = (BOUNDARY + "\r\nContent-Disposition: form-data; name=\"a\"\r\nX-").getBytes(StandardCharsets.UTF_8);
        assertThat(ask(PARTS, new SequenceInputStream(new ByteArrayInputStream(start), endless), Request::form, FormTest::all))
                .isEqualTo("413 form.head-too-large");
        assertThat(read[0]).isLessThan(70_000);
        assertThat(ask(URL_ENCODED, endless, Request::form, FormTest::all)).isEqualTo("413 body.too-large");
        assertThat(read[0]).isLessThan(400_000);
        var field = (BOUNDARY + "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        assertThat(ask(PARTS, new SequenceInputStream(new ByteArrayInputStream(field), endless), Request::form, FormTest::all))
                .isEqualTo("413 body.too-large");
        assertThat(read[0]).isLessThan(800_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "multipart/form-data", "multipart/form-data; boundary=\"a b \"", "multipart/form-data; boundary=\"a\tb\"",
        "multipart/form-data; boundary=\"a\\\"b\"",
        "multipart/form-data; boundary=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    })
    void aBoundaryIsNeeded(String type) {
        assertThat(shown(type, part("a", "1") + end())).isEqualTo("400 form.invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, 415", // What a page of others can send without being asked; so can it the other two, hence the rule of origin.
        "application/json, 415",
        "'', 415",
        "multipart/mixed; boundary=x, 415",
        "application/x-www-form-urlencoded; charset=utf-16, 415",
        "application/x-www-form-urlencoded; charset=iso-8859-1, 415",
        "application/x-www-form-urlencoded; charset=UTF-8, 200",
        "'multipart/form-data; boundary=x; boundary=y', 415",
        "'multipart/form-data; boundary=', 415"
    })
    void aFormHasOneOfTwoTypes(String type, int status) {
        assertThat(shown(type, "a=1")).startsWith(status + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "\r\n", "a", "BB", "BB\r\n", "BB-", "BB--x", "BB--\r\nx", "BB--\r\n\r\n", "x\r\nBB--", "\r\nBB--", "BBB--", "BB--BB--",
        "BB\r\n\r\n\r\nBB--", // No head.
        "BB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1", // No end.
        "BB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\nBB",
        "BB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\nBB-",
        "BB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\nBB x\r\n\r\n2\r\nBB--",
        "BB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\nBB--", // Bare line feed.
        "BB\nContent-Disposition: form-data; name=\"a\"\n\n1\nBB--\n",
        "BB\r\nContent-Disposition: form-data; name=\"a\"\nX: y\r\n\r\n1\r\nBB--",
        "BB\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n\r\n1\r\nBB--", // Folded.
        "BB\r\nContent-Disposition : form-data; name=\"a\"\r\n\r\n1\r\nBB--",
        "BB\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\nBB--",
        "BB\r\nContent-Disposition: form-data\r\n\r\n1\r\nBB--",
        "BB\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\nBB--",
        "BB\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n1\r\nBB--",
        "BB\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1\r\nBB--",
        "BB\r\nContent-Disposition: form-data; name=\"a\\\"b\"\r\n\r\n1\r\nBB--",
        "BB\r\nContent-Disposition: form-data; name=\"a\u0085\"\r\n\r\n1\r\nBB--",
        "BB\r\nContent-Type: text/plain\r\n\r\n1\r\nBB--",
        "BB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\0\r\nBB--",
        "BB\r\nContent-Disposition: form-data; name=\"a\"; filename=\"\"\r\n\r\n1\r\nBB--",
    })
    void partsAreAsBrowsersWriteThem(String body) {
        assertThat(shown(PARTS, body.replace("BB", BOUNDARY))).isEqualTo("400 form.invalid");
        assertThat(folder).isEmptyDirectory();
    }

    /// A small body that would be a large one.
    @Test
    void aFormIsNotCompressed() {
        var head = Map.of("Host", List.of("localhost"), "Content-Type", List.of(URL_ENCODED), "Content-Encoding", List.of("gzip"));
        assertThat(ask(head, stream("a=1"), Request::form, FormTest::all)).isEqualTo("415 content-encoding.unsupported");
    }

    @Test
    void aLengthIsRefusedBeforeItIsRead() {
        for (var type : List.of(URL_ENCODED, PARTS)) {
            var head = Map.of("Host", List.of("localhost"), "Content-Type", List.of(type), "Content-Length", List.of("100000000"));
            assertThat(ask(head, stream(""), Request::form, FormTest::all)).isEqualTo("413 body.too-large");
        }
    }

    @Test
    void aFieldInPartsIsTextInUtf8() {
        assertThat(shown(PARTS, typed("text/plain; charset=UTF-8") + end())).isEqualTo("200 a=é");
        assertThat(shown(PARTS, typed("text/plain") + end())).isEqualTo("200 a=é");
        assertThat(shown(PARTS, typed("text/plain; charset=iso-8859-1") + end())).isEqualTo("415 form.unsupported");
        assertThat(shown(PARTS, typed("text/plain; charset=utf-7") + end())).isEqualTo("415 form.unsupported");
        assertThat(shown(PARTS, typed("application/json") + end())).isEqualTo("415 form.unsupported");
        assertThat(shown(PARTS, typed("multipart/mixed; boundary=inner") + end())).isEqualTo("415 form.unsupported");
        assertThat(shown(PARTS, typed("text/plain\r\nContent-Transfer-Encoding: base64") + end())).isEqualTo("415 form.unsupported");
        assertThat(shown(PARTS, typed("text/plain\r\nContent-Transfer-Encoding: 8bit\r\nX-Other: 1") + end())).isEqualTo("200 a=é");
        assertThat(ask(PARTS, new ByteArrayInputStream(part("a", "é").concat(end()).getBytes(StandardCharsets.ISO_8859_1)), Request::form,
                FormTest::all))
                .isEqualTo("400 form.invalid");
    }

    /// Only the page that wants it gets it; its name is that of no file of ours.
    @Test
    void aFileIsInAPrivateFileUntilTheAnswer() throws IOException {
        var taken = new ArrayList<Path>();
        var body = part("a", "1") + file("cards", "../../etc/passwd", "relation;name\r\nR-1;\r\n--\r\n") + part("b", "2") + end();
        assertThat(ask(PARTS, stream(body), Request::formWithFile, form -> {
            var upload = form.file("cards").orElseThrow();
            taken.add(upload.file());
            assertThat(form.file("a")).isEmpty();
            assertThat(form.has("cards")).isFalse();
            assertThat(upload.file()).hasParent(folder).hasFileName(upload.file().getFileName().toString())
                    .hasContent("relation;name\r\nR-1;\r\n--\r\n");
            return permissions(upload.file()) + " " + all(form);
        })).isEqualTo("200 rw------- a=1|b=2");
        assertThat(taken.getFirst().toString()).doesNotContain("passwd");
        assertThat(folder).isEmptyDirectory();
        assertThat(ask(PARTS, stream(body), Request::form, form -> form.file("cards") + all(form))).isEqualTo("200 Optional.emptya=1|b=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a.csv\"", "\"C:\\\"", "\"a%22b\"", "\"a;b=\\\"c\"", "a.csv", "\"\"; filename*=utf-8''x", "\"é.csv\""})
    void theNameOfAFileIsNotRead(String name) {
        assertThat(ask(PARTS, stream(BOUNDARY + "\r\nContent-Disposition: form-data; name=\"cards\"; filename=" + name
                + "\r\nContent-Type: text/csv\r\n\r\nx\r\n" + end()), Request::formWithFile,
                form -> Boolean.toString(form.file("cards").isPresent())))
                .isEqualTo("200 true");
    }

    @Test
    void oneFileAtATime() {
        assertThat(ask(PARTS, stream(file("a", "1.csv", "1") + file("b", "2.csv", "2") + end()), Request::formWithFile, FormTest::all))
                .isEqualTo("400 form.files");
        assertThat(ask(PARTS, stream(file("a", "1.csv", "1") + file("a", "2.csv", "2") + end()), Request::form, FormTest::all))
                .isEqualTo("400 form.files");
        // So a browser sends a field for a file that was left empty.
        assertThat(ask(PARTS, stream(file("a", "", "") + file("b", "2.csv", "") + end()), Request::formWithFile,
                form -> form.file("a") + " " + form.file("b").isPresent())).isEqualTo("200 Optional.empty true");
        assertThat(shown(PARTS,
                BOUNDARY + "\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n\r\n"
                        + end()))
                .isEqualTo("415 form.unsupported");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileIsBounded() {
        assertThat(ask(PARTS, large(FILE), Request::formWithFile, form -> Long.toString(form.file("cards").orElseThrow().file().toFile().length())))
                .isEqualTo("200 " + FILE);
        assertThat(ask(PARTS, large(FILE + 1), Request::formWithFile, FormTest::all)).isEqualTo("413 body.too-large");
        assertThat(ask(PARTS, large(FILE + 1), Request::form, FormTest::all)).isEqualTo("413 body.too-large");
        assertThat(folder).isEmptyDirectory();
    }

    /// The first part's file is there already when a later part is found to be wrong.
    @Test
    void nothingIsLeftOfARefusedForm() {
        assertThat(ask(PARTS, stream(file("a", "1.csv", "1") + BOUNDARY + "\r\nX\r\n\r\n"), Request::formWithFile, FormTest::all))
                .isEqualTo("400 form.invalid");
        assertThat(ask(PARTS, stream(file("a", "1.csv", "1").substring(0, 140)), Request::formWithFile, FormTest::all)).isEqualTo("400 form.invalid");
        assertThat(folder).isEmptyDirectory();
    }

    private static InputStream large(int octets) {
        var content = new InputStream() {
            private int left = octets;

            @Override
            public int read() {
                return left-- > 0 ? '\r' : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                var taken = Math.min(left, length);
                for (var i = 0; i < taken; i++) {
                    into[offset + i] = '\r';
                }
                left -= taken;
                return taken == 0 ? -1 : taken;
            }
        };
        var whole = file("cards", "1.csv", "");
        var start = whole.substring(0, whole.length() - 2);
        return new SequenceInputStream(new SequenceInputStream(stream(start), content), stream("\r\n" + end()));
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String part(String name, String value) {
        return BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String typed(String type) {
        return BOUNDARY + "\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: " + type + "\r\n\r\né\r\n";
    }

    private static String file(String name, String file, String content) {
        return BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + file
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n";
    }

    private static String end() {
        return BOUNDARY + "--\r\n";
    }

    private static String all(Form form) {
        return String.join("|", form.fields().stream().map(field -> field.name() + "=" + field.value()).toList());
    }

    private String shown(String type, String body) {
        return ask(type, body, FormTest::all);
    }

    private String ask(String type, String body, Function<Form, String> answer) {
        return ask(type, stream(body), Request::form, answer);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private String ask(String type, InputStream body, Function<Request, Form> reader, Function<Form, String> shown) {
        return ask(Map.of("Host", List.of("localhost"), "Content-Type", List.of(type)), body, reader, shown);
    }

    /// Status, and what the form holds, or why it is refused.
    private String ask(Map<String, List<String>> fields, InputStream body, Function<Request, Form> reader, Function<Form, String> shown) {
        var answered = new StringBuilder();
        var route = new Route("POST", "/form", request -> {
            answered.append(shown.apply(reader.apply(request)));
            return Answer.empty(200);
        });
        var site = new Site(List.of(), List.of(route), () -> true, Refusals.JSON, Optional.of(folder));
        var router = new Router(site, () -> new Frontage(URI.create("http://localhost:8026"), true, List.of()));
        var head = new RequestHead("POST", URI.create("/form"), fields);
        var answer = router.answer(head, InetAddress.getLoopbackAddress(), body).answer();
        return answer.status() + " " + answer.problem().map(problem -> problem.problems().getFirst().code()).orElse(answered.toString());
    }
}
