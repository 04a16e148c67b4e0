package facteur.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The folder that letters are captured in, looked at by an operator. Thread-safe.
public final class CapturedLetters {
    private static final String ENVELOPE = ".json";
    private static final String LETTER = ".eml";
    /// Of a header: no letter that was accepted has a longer one.
    private static final int MOST_LINES = 10_000;

    /// As JSON in US-ASCII has them.
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

    /// RFC 6522; its parameters may be on lines of their own.
    private static final Pattern REPORT = Pattern.compile("^content-type\\s*:\\s*multipart/report\\b", Pattern.CASE_INSENSITIVE);

    private final Path folder;

    public CapturedLetters(Path folder) {
        this.folder = folder;
    }

    /// The captured letters whose envelope or header has a text that fits, or that are reports and have it anywhere; without
    /// the ends of their names.
    public List<String> with(Predicate<String> text) throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(folder, "*{" + ENVELOPE + "," + LETTER + "}")) {
            for (var file : files) {
                var name = file.getFileName().toString();
                var stem = name.substring(0, name.lastIndexOf('.'));
                if (!found.contains(stem) && text.test(beginning(file))) {
                    found.add(stem);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        }
        return found;
    }

    /// All of an envelope and of a report, which is about people whom it isn't for; of another letter the header. Octets that are
    /// no UTF-8 are no part of an address of ours.
    private static String beginning(Path file) throws IOException {
        var text = new StringBuilder();
        try (var in = Files.newInputStream(file);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String line;
            var isReport = false;
            for (var i = 0; i < MOST_LINES && (line = lines.readLine()) != null && (isReport || !line.isEmpty()); i++) {
                text.append(line).append('\n');
                isReport |= REPORT.matcher(line).find();
            }
        } catch (NoSuchFileException justGone) {
            return "";
        }
        return ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))));
    }

    /// Deletes a captured letter. The envelope goes first: without one a letter counts as none.
    public void delete(String stem) throws IOException {
        Files.deleteIfExists(folder.resolve(stem + ENVELOPE));
        Files.deleteIfExists(folder.resolve(stem + LETTER));
    }
}
