package facteur.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// Makes pages of templates, which are compiled with our sources: each has the parameters `view` and `model`. Thread-safe.
final class Templates {
    private static final String PACKAGE = "facteur.console.template";

    private final TemplateEngine engine;

    Templates() {
        engine = TemplateEngine.createPrecompiled(null, ContentType.Html, Templates.class.getClassLoader(), PACKAGE);
        engine.setBinaryStaticContent(true);
    }

    /// @param name of the template, such as `mail`
    byte[] render(String name, View view, Object model) {
        var output = new Utf8ByteOutput();
        engine.render(name + ".jte", Map.of("view", view, "model", model), output);
        var octets = new ByteArrayOutputStream(output.getContentLength());
        try {
            output.writeTo(octets);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write into memory", e);
        }
        return octets.toByteArray();
    }
}
