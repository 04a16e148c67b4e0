package facteur;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps the order of `src/docs/design.md`: a package imports only those printed below it.
final class PackageOrderTest {
    private static final List<String> TOP_DOWN = List.of(
            "facteur.junit",
            "facteur",
            "facteur.cli",
            "facteur.admin",
            "facteur.backup",
            "facteur.listener",
            "facteur.login",
            "facteur.intake",
            "facteur.notice",
            "facteur.delivery",
            "facteur.bounce",
            "facteur.upstream",
            "facteur.tls",
            "facteur.oauth",
            "facteur.spool",
            "facteur.journal",
            "facteur.log",
            "facteur.rewrite",
            "facteur.policy",
            "facteur.domain",
            "facteur.dns",
            "facteur.dkim",
            "facteur.settings",
            "facteur.act",
            "facteur.database",
            "facteur.http",
            "facteur.mime",
            "facteur.message",
            "facteur.smtp",
            "facteur.pem",
            "facteur.openssl",
            "facteur.disk",
            "facteur.privileges",
            "facteur.systemd",
            "facteur.config",
            "facteur.failure",
            "facteur.idna",
            "facteur.clock");

    private static final JavaClasses CLASSES =
            new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void knowsEveryPackage() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct()).containsExactlyInAnyOrderElementsOf(TOP_DOWN);
    }

    @Test
    void importsPointDown() {
        assertThat(dependencies()
                        .filter(dependency -> level(dependency.getTargetClass()) >= 0)
                        .filter(dependency -> level(dependency.getTargetClass()) < level(dependency.getOriginClass()))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void onlyTheListenerKnowsSubEtha() {
        assertThat(users(name -> name.startsWith("org.subethamail"))).containsOnly("facteur.listener");
    }

    @Test
    void onlyTheUpstreamKnowsAngus() {
        assertThat(users(name -> name.startsWith("org.eclipse.angus") || name.startsWith("jakarta.mail")))
                .containsOnly("facteur.upstream");
    }

    @Test
    void onlyTheConfigKnowsYaml() {
        assertThat(users(name -> name.startsWith("org.snakeyaml"))).containsOnly("facteur.config");
    }

    @Test
    void onlyTheCommandKnowsPicocli() {
        assertThat(users(name -> name.startsWith("picocli"))).containsOnly("facteur.cli");
    }

    @Test
    void onlyTheCommandComposesLettersBySimpleJavaMail() {
        assertThat(users(name -> name.startsWith("org.simplejavamail"))).containsOnly("facteur.cli");
    }

    @Test
    void onlyTheExtensionKnowsJUnit() {
        assertThat(users(name -> name.startsWith("org.junit"))).containsOnly("facteur.junit");
    }

    @Test
    void onlyDatabaseSpoolDomainAndSettingsKnowSql() {
        assertThat(users(name -> name.startsWith("java.sql") || name.startsWith("org.flywaydb") || name.startsWith("org.sqlite")))
                .isSubsetOf(
                        "facteur.junit",
                        "facteur",
                        "facteur.cli",
                        "facteur.act",
                        "facteur.backup",
                        "facteur.database",
                        "facteur.domain",
                        "facteur.spool",
                        "facteur.settings");
    }

    @Test
    void onlyTheLogKnowsLogback() {
        assertThat(users(name -> name.startsWith("ch.qos.logback"))).containsOnly("facteur.log");
    }

    @Test
    void onlyDnsKnowsDnsjava() {
        assertThat(users(name -> name.startsWith("org.xbill"))).containsOnly("facteur.dns");
    }

    @Test
    void onlyIdnaKnowsIcu() {
        assertThat(users(name -> name.startsWith("com.ibm.icu"))).containsOnly("facteur.idna");
    }

    /// It has the rules of 2003, under which faß.de is fass.de.
    @Test
    void nothingKnowsJavasOwnIdna() {
        assertThat(users(name -> name.equals("java.net.IDN"))).isEmpty();
    }

    private Stream<Dependency> dependencies() {
        return CLASSES.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
    }

    private List<String> users(Predicate<String> library) {
        return dependencies()
                .filter(dependency -> library.test(dependency.getTargetClass().getName()))
                .map(dependency -> dependency.getOriginClass().getPackageName())
                .distinct()
                .toList();
    }

    private static int level(JavaClass type) {
        return TOP_DOWN.indexOf(type.getPackageName());
    }
}
