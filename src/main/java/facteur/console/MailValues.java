package facteur.console;

import facteur.console.MailPoint.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// The mail settings of an office, point by point. Immutable.
///
/// @param points those that aren't empty
record MailValues(SequencedMap<MailPoint, String> points) {
    static final MailValues NONE = new MailValues(new LinkedHashMap<>());

    /// That every office has, set or not.
    static final List<String> USUAL_KINDS = List.of("task", "invoice");

    static final String YES = "yes";

    MailValues {
        var filled = new LinkedHashMap<>(points);
        filled.values().removeIf(String::isEmpty);
        points = Collections.unmodifiableSequencedMap(filled);
    }

    String get(MailPoint point) {
        return points.getOrDefault(point, "");
    }

    String get(String kind, Part part) {
        return get(new MailPoint(kind, part));
    }

    MailValues with(MailPoint point, String value) {
        var more = new LinkedHashMap<>(points);
        more.put(point, value);
        return new MailValues(more);
    }

    /// The usual ones first, then others that are set or named, in their order.
    SequencedSet<String> kinds() {
        var kinds = new LinkedHashSet<>(USUAL_KINDS);
        points.keySet().stream().map(MailPoint::kind).filter(kind -> !kind.isEmpty()).forEach(kinds::add);
        return kinds;
    }

    /// What differs, in the order of a page.
    List<MailPoint> changed(MailValues other) {
        var all = new LinkedHashSet<>(points.sequencedKeySet());
        all.addAll(other.points.keySet());
        var changed = new ArrayList<MailPoint>();
        all.forEach(point -> {
            if (!Objects.equals(get(point), other.get(point))) {
                changed.add(point);
            }
        });
        return changed;
    }
}
