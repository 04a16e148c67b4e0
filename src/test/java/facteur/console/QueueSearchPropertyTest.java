package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.automatic.Language;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Filters come from the address of a page, and go into addresses and a record.
final class QueueSearchPropertyTest {
    @Property
    void writesAddressesThatAreOurs(@ForAll String office, @ForAll String recipient) {
        var search = QueueSearch.of(name -> Optional.ofNullable(Map.of("office", office, "recipient", recipient).get(name)));
        assertThat(search.href("/queue", Map.of("move", "1"))).matches("/queue\\?[A-Za-z0-9.*_=&%+-]*");
    }

    @Property
    void neverFailsToSayWhatIsWrong(@ForAll String state, @ForAll String age) {
        var search = QueueSearch.of(name -> Optional.ofNullable(Map.of("state", state, "older-than", age).get(name)));
        assertThat(search.problems(Texts.in(Language.EN))).hasSizeLessThanOrEqualTo(4);
    }
}
