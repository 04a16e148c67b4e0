package facteur.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Files that pages need, from the class path, under names that change with their content, so that browsers keep them for ever. Read and
/// compressed once. Immutable.
public final class Assets {
    private static final String FOLDER = "/a/";
    private static final Pattern NAME = Pattern.compile("([a-z0-9-]+)\\.(css|js|svg)");
    private static final String FOR_EVER = "public, max-age=31536000, immutable"; // RFC 8246
    private static final int HASH_OCTETS = 8;

    /// @param name by which pages ask for it: `console.css`
    /// @param resource on the class path; when one of the same name and `.gz` is beside it, that is its compressed form
    public record Source(String name, String resource) {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Asset(String path, String type, byte[] plain, byte[] zipped) {}

    private final Map<String, Asset> byName = new LinkedHashMap<>();
    private final Map<String, Asset> byPath = new LinkedHashMap<>();

    private Assets(List<Asset> assets, List<Source> sources) {
        for (var i = 0; i < assets.size(); i++) {
            byName.put(sources.get(i).name(), assets.get(i));
            byPath.put(assets.get(i).path(), assets.get(i));
        }
    }

    /// @throws IllegalStateException when one isn't there
    public static Assets load(ClassLoader classPath, List<Source> sources) {
        return new Assets(sources.stream().map(source -> asset(classPath, source)).toList(), sources);
    }

    private static Asset asset(ClassLoader classPath, Source source) {
        var name = NAME.matcher(source.name());
        if (!name.matches()) {
            throw new IllegalArgumentException("not a name of an asset: " + source.name());
        }
        var plain = read(classPath, source.resource())
                .orElseThrow(() -> new IllegalStateException("not on the class path: " + source.resource()));
        var zipped = read(classPath, source.resource() + ".gz").orElseGet(() -> Gzip.best(plain));
        return new Asset(FOLDER + name.group(1) + "." + hash(plain) + "." + name.group(2), type(name.group(2)), plain, zipped);
    }

    private static Optional<byte[]> read(ClassLoader classPath, String resource) {
        try (var in = classPath.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + resource, e);
        }
    }

    private static String hash(byte[] octets) {
        try {
            return HexFormat.of().formatHex(Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(octets), HASH_OCTETS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }

    private static String type(String ending) {
        return switch (ending) {
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8"; // RFC 9239
            default -> "image/svg+xml";
        };
    }

    /// Where it is: `/a/console.3f2a….css`.
    ///
    /// @throws IllegalArgumentException when there is none of that name
    public String path(String name) {
        return named(name).path();
    }

    /// How many octets it is on its way to a browser that takes it compressed.
    ///
    /// @throws IllegalArgumentException when there is none of that name
    public int sent(String name) {
        return named(name).zipped().length;
    }

    private Asset named(String name) {
        var asset = byName.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("no asset is named " + name);
        }
        return asset;
    }

    /// `GET /a/{file}`.
    public Route route() {
        return new Route("GET", FOLDER + "{file}", this::answer);
    }

    private Answer answer(Request request) {
        var asset = byPath.get(FOLDER + request.variable("file"));
        if (asset == null) {
            throw ProblemDetails.of(404, "path.unknown", "", "no such path").refused();
        }
        var isZipped = Gzip.isTaken(request.fields("Accept-Encoding"));
        var answer = Answer.octets(200, asset.type(), isZipped ? asset.zipped() : asset.plain())
                .with("Cache-Control", FOR_EVER)
                .with("Vary", "Accept-Encoding");
        return isZipped ? answer.with("Content-Encoding", Gzip.NAME) : answer;
    }
}
