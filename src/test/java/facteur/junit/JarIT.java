package facteur.junit;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.PackagedRelay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/// The extension comes in a jar of its own; the program has neither it nor JUnit.
final class JarIT {
    private static final String EXTENSION = "facteur/junit/FacteurExtension.class";

    @Test
    void theExtensionIsAlone() throws IOException {
        assertThat(classes(PackagedRelay.layout().resolveSibling("facteur-junit.jar")))
                .contains(EXTENSION)
                .allMatch(name -> name.startsWith("facteur/junit/"));
    }

    @Test
    void theProgramHasNeitherExtensionNorJUnit() throws IOException {
        List<Path> jars;
        try (var files = Files.list(PackagedRelay.layout().resolve("lib"))) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        for (var jar : jars) {
            assertThat(classes(jar)).as(jar.toString())
                    .noneMatch(name -> name.startsWith("facteur/junit/") || name.startsWith("org/junit/") || name.startsWith("org/opentest4j/"));
        }
        assertThat(jars).anyMatch(jar -> jar.getFileName().toString().startsWith("facteur-"));
    }

    private static List<String> classes(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            return file.stream().map(Object::toString).filter(name -> name.endsWith(".class")).toList();
        }
    }
}
