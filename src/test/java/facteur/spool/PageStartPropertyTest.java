package facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

final class PageStartPropertyTest {
    @Property
    void readsWhatItWrites(@ForAll QueueStatus standing, @ForAll @LongRange(min = -99_999_999_999_999L, max = 99_999_999_999_999L) long dueAt) {
        var start = new PageStart(standing, new ListRows.Place(dueAt, "01m83v3gq0tjsk7w"));
        assertThat(PageStart.parse(start.text())).contains(start);
    }

    /// It comes from the address of a page.
    @Property
    void takesAnyTextForAStartOrNone(@ForAll String text) {
        PageStart.parse(text).ifPresent(start -> assertThat(start.text()).isEqualTo(text));
    }
}
