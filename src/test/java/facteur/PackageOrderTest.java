package facteur;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the code to `src/test/resources/house.txt`, and libraries to the packages that wrap them.
final class PackageOrderTest {
    private static final House HOUSE = House.read();

    private static final JavaClasses CLASSES = classes();

    @Test
    void knowsEveryPackage() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
                .containsExactlyInAnyOrderElementsOf(HOUSE.packages().toList());
    }

    @Test
    void thePlatformImportsOnlyThePlatform() {
        assertThat(broken((from, to) -> inPlatform(from) && !inPlatform(to))).isEmpty();
    }

    @Test
    void mailImportsOnlyMailAndThePlatform() {
        assertThat(broken((from, to) -> inMail(from) && !inMail(to) && !inPlatform(to))).isEmpty();
    }

    @Test
    void theJourneyImportsDownwards() {
        assertThat(broken((from, to) -> HOUSE.row(to) >= 0 && HOUSE.row(from) > HOUSE.row(to))).isEmpty();
    }

    @Test
    void siblingsNeverMeet() {
        assertThat(broken((from, to) -> HOUSE.row(from) >= 0 && HOUSE.row(from) == HOUSE.row(to))).isEmpty();
    }

    @Test
    void noPackagesImportEachOtherInACircle() {
        slices().matching("facteur.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /// Promise 7 of design.md: the rules get the state of a domain as a value, and can't ask for it.
    @Test
    void theRulesKnowTheStatesOfDomainsAndNoRegistry() {
        assertThat(dependencies()
                .filter(dependency -> from(dependency).equals("facteur.policy") && to(dependency).equals("facteur.domain"))
                .map(dependency -> dependency.getTargetClass().getName()))
                .allMatch(name -> name.startsWith("facteur.domain.DomainState"))
                .isNotEmpty();
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
        assertThat(users(name -> name.startsWith("org.snakeyaml"))).containsOnly("facteur.platform.config");
    }

    @Test
    void onlyJsonKnowsJackson() {
        assertThat(users(name -> name.startsWith("tools.jackson"))).containsOnly("facteur.platform.json");
    }

    @Test
    void onlyAccessKnowsNimbus() {
        assertThat(users(name -> name.startsWith("com.nimbusds"))).containsOnly("facteur.access");
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
    void onlyTheConsoleKnowsTemplates() {
        assertThat(users(name -> name.startsWith("gg.jte"))).containsOnly("facteur.console");
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
                        "facteur.relay",
                        "facteur.cli",
                        "facteur.access",
                        "facteur.act",
                        "facteur.api",
                        "facteur.backup",
                        "facteur.console",
                        "facteur.platform.database",
                        "facteur.domain",
                        "facteur.spool",
                        "facteur.notice",
                        "facteur.settings",
                        "facteur.store",
                        "facteur.warmup");
    }

    @Test
    void onlyTheLogKnowsLogback() {
        assertThat(users(name -> name.startsWith("ch.qos.logback"))).containsOnly("facteur.platform.log");
    }

    @Test
    void onlyDnsKnowsDnsjava() {
        assertThat(users(name -> name.startsWith("org.xbill"))).containsOnly("facteur.platform.dns");
    }

    @Test
    void onlyIdnaKnowsIcu() {
        assertThat(users(name -> name.startsWith("com.ibm.icu"))).containsOnly("facteur.platform.idna");
    }

    /// It has the rules of 2003, under which faß.de is fass.de.
    @Test
    void nothingKnowsJavasOwnIdna() {
        assertThat(users(name -> name.equals("java.net.IDN"))).isEmpty();
    }

    @Test
    void onlyAdminAndWebKnowJavasHttpServer() {
        assertThat(users(name -> name.startsWith("com.sun.net.httpserver"))).containsOnly("facteur.admin", "facteur.web");
    }

    /// Ours alone, without the compiled templates: of those that they use, the rules ask for names.
    private static JavaClasses classes() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("/facteur/console/template/"))
                .importPath(Path.of("target", "classes"));
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

    /// What imports another package of ours against a rule.
    private Stream<String> broken(BiPredicate<String, String> rule) {
        return dependencies()
                .filter(dependency -> dependency.getTargetClass().getPackageName().startsWith("facteur"))
                .filter(dependency -> !from(dependency).equals(to(dependency)))
                .filter(dependency -> rule.test(from(dependency), to(dependency)))
                .map(Dependency::getDescription);
    }

    private static String from(Dependency dependency) {
        return dependency.getOriginClass().getPackageName();
    }

    private static String to(Dependency dependency) {
        return dependency.getTargetClass().getPackageName();
    }

    private static boolean inMail(String name) {
        return name.startsWith("facteur.mail.");
    }

    private static boolean inPlatform(String name) {
        return name.startsWith("facteur.platform.");
    }
}
