package facteur.api;

import static facteur.fixture.ApiContract.map;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ApiContract;
import facteur.platform.config.ProblemCode;
import facteur.settings.SettingsCode;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// `openapi.yaml` is a good OpenAPI document (version 3.1 of the specification), so that the tools of others can read it.
final class OpenApiFileTest {
    private static final ApiContract CONTRACT = ApiContract.packed();
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)}");
    private static final Pattern STATUS = Pattern.compile("[2-5]\\d\\d|default");
    private static final String SCHEMA = "https://json-schema.org/draft/2020-12/schema";

    /// Which members each object may have, as far as we use them.
    private static final Set<String> OF_DOCUMENT =
            Set.of("openapi", "jsonSchemaDialect", "info", "servers", "security", "tags", "paths", "components");
    private static final Set<String> OF_INFO = Set.of("title", "version", "summary", "description", "license");
    private static final Set<String> OF_PATH = Set.of("parameters", "get", "put", "post", "delete", "patch");
    private static final Set<String> OF_OPERATION =
            Set.of("tags", "summary", "description", "operationId", "parameters", "requestBody", "responses", "security", "x-offices");
    private static final Set<String> OF_PARAMETER = Set.of("name", "in", "description", "required", "allowEmptyValue", "schema", "example");
    private static final Set<String> OF_BODY = Set.of("description", "content", "required");
    private static final Set<String> OF_RESPONSE = Set.of("description", "headers", "content");
    private static final Set<String> OF_HEADER = Set.of("description", "required", "schema");
    private static final Set<String> OF_MEDIA = Set.of("schema", "example", "examples");
    private static final Set<String> OF_COMPONENTS = Set.of("securitySchemes", "parameters", "headers", "requestBodies", "responses", "schemas");

    @Test
    void hasTheMembersThatADocumentHas() {
        var root = CONTRACT.root();
        hasOnly(root, OF_DOCUMENT, "document");
        hasOnly(map(root, "info"), OF_INFO, "info");
        hasOnly(map(root, "components"), OF_COMPONENTS, "components");
        assertThat(root.get("openapi")).asString().matches("3\\.1\\.\\d+");
        assertThat(map(root, "info")).containsKeys("title", "version");
        each(map(root, "paths"), (path, item) -> {
            assertThat(path).startsWith("/");
            hasOnly(item, OF_PATH, path);
        });
        each(map(map(root, "components"), "securitySchemes"),
                (name, scheme) -> assertThat(scheme).as(name).containsEntry("type", "http").containsEntry("scheme", "bearer"));
    }

    private static void hasOnly(Map<String, Object> object, Set<String> known, String about) {
        assertThat(known).as(about).containsAll(object.keySet());
    }

    private static void each(Map<String, Object> parent, BiConsumer<String, Map<String, Object>> check) {
        parent.forEach((name, value) -> check.accept(name, CONTRACT.resolved(value)));
    }

    @Test
    void itsOperationsAreWhole() {
        var tags = new HashSet<String>();
        list(CONTRACT.root(), "tags").forEach(tag -> tags.add(String.valueOf(CONTRACT.resolved(tag).get("name"))));
        var ids = new HashSet<String>();
        for (var operation : CONTRACT.operations()) {
            var content = operation.content();
            hasOnly(content, OF_OPERATION, operation.toString());
            assertThat(ids.add(operation.id())).as(operation.id()).isTrue();
            assertThat(content).as(operation.id()).containsKeys("summary", "tags");
            assertThat(tags).containsAll(list(content, "tags").stream().map(Object::toString).toList());
            assertThat(map(content, "responses").keySet()).as(operation.id()).allMatch(status -> STATUS.matcher(status).matches());
            each(map(content, "responses"), (status, response) -> isResponse(operation.id() + " " + status, response));
            if (content.containsKey("requestBody")) {
                isBody(operation.id(), CONTRACT.resolved(content.get("requestBody")));
            }
        }
    }

    private static void isResponse(String about, Map<String, Object> response) {
        hasOnly(response, OF_RESPONSE, about);
        assertThat(response).as(about).containsKey("description");
        each(map(response, "headers"), (name, header) -> hasOnly(header, OF_HEADER, about + " " + name));
        isContent(about, map(response, "content"));
    }

    private static void isBody(String about, Map<String, Object> body) {
        hasOnly(body, OF_BODY, about);
        assertThat(map(body, "content")).as(about).isNotEmpty();
        isContent(about, map(body, "content"));
    }

    private static void isContent(String about, Map<String, Object> content) {
        each(content, (type, media) -> {
            hasOnly(media, OF_MEDIA, about + " " + type);
            assertThat(media).as(about).containsKey("schema");
        });
    }

    @Test
    void itsPathsDeclareEachVariable() {
        for (var operation : CONTRACT.operations()) {
            var parameters = CONTRACT.parameters(operation);
            var names = new HashSet<String>();
            for (var parameter : parameters) {
                hasOnly(parameter, OF_PARAMETER, operation.id());
                assertThat(names.add(parameter.get("in") + " " + parameter.get("name"))).as("%s %s", operation.id(), parameter.get("name")).isTrue();
                assertThat(parameter.get("in")).isIn("path", "query", "header");
                assertThat(parameter).as(operation.id()).containsKeys("description", "schema");
            }
            assertThat(parameters.stream().filter(parameter -> "path".equals(parameter.get("in"))))
                    .as(operation.id())
                    .allMatch(parameter -> Boolean.TRUE.equals(parameter.get("required")))
                    .extracting(parameter -> String.valueOf(parameter.get("name")))
                    .containsExactlyInAnyOrderElementsOf(VARIABLE.matcher(operation.path()).results().map(found -> found.group(1)).toList());
        }
    }

    @Test
    void itsReferencesLeadSomewhereAndNothingIsLeftOver() {
        var used = new TreeSet<String>();
        walk(CONTRACT.root(), (name, value) -> {
            if (name.equals("$ref")) {
                assertThat(CONTRACT.resolved(Map.of("$ref", value))).as(value.toString()).isNotEmpty();
                used.add(value.toString());
            }
        });
        for (var kind : Set.of("parameters", "headers", "requestBodies", "responses", "schemas")) {
            for (var name : map(map(CONTRACT.root(), "components"), kind).keySet()) {
                assertThat(used).contains("#/components/" + kind + "/" + name);
            }
        }
    }

    private static void walk(@Nullable Object value, BiConsumer<String, Object> visitor) {
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> {
                if (member != null) {
                    visitor.accept(name.toString(), member);
                }
                walk(member, visitor);
            });
        } else if (value instanceof List<?> elements) {
            elements.forEach(element -> walk(element, visitor));
        }
    }

    @Test
    void itsSchemasAreSchemas() {
        walk(CONTRACT.root(), (name, value) -> {
            if (name.equals("schema")) {
                CONTRACT.isValid(Map.of("$ref", SCHEMA), ApiContract.json(value).toString(), value);
            }
        });
        each(map(map(CONTRACT.root(), "components"), "schemas"),
                (name, schema) -> CONTRACT.isValid(Map.of("$ref", SCHEMA), ApiContract.json(schema).toString(), name));
    }

    @Test
    void itsExamplesAreWhatTheyShow() {
        var checked = new ArrayList<String>();
        walk(CONTRACT.root(), (name, value) -> {
            var object = CONTRACT.resolved(value);
            if (object.get("schema") instanceof Map<?, ?> && object.containsKey("example")) {
                isExample(map(object, "schema"), object.get("example"), name, checked);
            }
            if (object.get("schema") instanceof Map<?, ?> && object.get("examples") instanceof Map<?, ?> named) {
                named.values().forEach(example -> isExample(map(object, "schema"), CONTRACT.resolved(example).get("value"), name, checked));
            }
            if (object.get("examples") instanceof List<?> examples) {
                examples.forEach(example -> isExample(object, example, name, checked));
            }
        });
        assertThat(checked).hasSizeGreaterThan(20);
    }

    private static void isExample(Map<String, Object> schema, @Nullable Object example, String name, List<String> checked) {
        CONTRACT.isValid(schema, ApiContract.json(example).toString(), name);
        checked.add(name);
    }

    /// Those of settings; and those that stand in the code as they are.
    @Test
    void itsCodesAreThoseOfTheCode() throws Exception {
        var written = new TreeSet<String>();
        for (var constants : List.of(ProblemCode.class, SettingsCode.class)) {
            for (var field : constants.getFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    written.add(field.get(null).toString());
                }
            }
        }
        assertThat(CONTRACT.codes()).doesNotHaveDuplicates().containsAll(written);
        var sources = sources();
        assertThat(CONTRACT.codes()).allMatch(code -> sources.contains('"' + code + '"'));
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/facteur"))) {
            var text = new StringBuilder();
            for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }

    private static List<?> list(Map<String, Object> of, String key) {
        return (List<?>) of.getOrDefault(key, List.of());
    }
}
