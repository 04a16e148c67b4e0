package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.automatic.Language;
import java.time.ZoneOffset;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// What is looked for comes from the address of a page.
final class LogSearchPropertyTest {
    @Property
    void eitherSaysWhatIsWrongOrHasAFilter(@ForAll String address, @ForAll String since) {
        var search = new LogSearch(address.strip(), since.strip(), Optional.empty());
        var filter = search.filter(ZoneOffset.UTC);
        if (search.problems(Texts.in(Language.EN)).isEmpty()) {
            assertThat(filter.address().isPresent()).isEqualTo(!search.address().isEmpty());
            assertThat(filter.since().isPresent()).isEqualTo(!search.since().isEmpty());
        }
        assertThat(search.href("/log", Optional.of("01m83v3gq0"))).matches("/log\\?[A-Za-z0-9.*_=&%+-]*");
    }
}
