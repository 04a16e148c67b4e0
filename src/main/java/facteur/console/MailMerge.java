package facteur.console;

import facteur.console.MailPoint.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;

/// What two people made of the same settings. Immutable.
///
/// @param merged with the change of the one who changed a point alone, and with mine where both did
/// @param both the points that both changed, differently, in the order of a page
record MailMerge(MailValues merged, List<MailPoint> both) {
    MailMerge {
        both = List.copyOf(both);
    }

    /// @param base what both began with
    static MailMerge of(MailValues base, MailValues mine, MailValues theirs) {
        var all = new LinkedHashSet<>(theirs.points().sequencedKeySet());
        all.addAll(mine.points().keySet());
        all.addAll(base.points().keySet());
        var merged = new LinkedHashMap<MailPoint, String>();
        var both = new LinkedHashSet<MailPoint>();
        for (var point : all) {
            var own = mine.get(point);
            var other = theirs.get(point);
            merged.put(point, own.equals(base.get(point)) ? other : own);
            if (!own.equals(other) && !own.equals(base.get(point)) && !other.equals(base.get(point))) {
                both.add(point);
            }
        }
        var points = withFrom(both, mine, theirs);
        points.stream().filter(point -> point.is(Part.FROM) && isOneShared(point, mine, theirs)).forEach(point -> {
            merged.put(point, mine.get(point));
            merged.put(point.of(Part.FROM_NAME), mine.get(point.of(Part.FROM_NAME)));
        });
        return new MailMerge(new MailValues(merged), points);
    }

    /// A name without an address means nothing: who chooses the one chooses the other.
    private static List<MailPoint> withFrom(LinkedHashSet<MailPoint> both, MailValues mine, MailValues theirs) {
        var points = new LinkedHashSet<MailPoint>();
        for (var point : both) {
            var from = point.of(Part.FROM);
            points.add(point.is(Part.FROM_NAME) && isOneShared(from, mine, theirs) ? from : point);
        }
        return new ArrayList<>(points);
    }

    private static boolean isOneShared(MailPoint from, MailValues mine, MailValues theirs) {
        return mine.get(from).isEmpty() != theirs.get(from).isEmpty();
    }

    /// Takes over what the other one has.
    static MailValues theirs(MailValues values, MailPoint point, MailValues theirs) {
        var taken = values.with(point, theirs.get(point));
        return point.is(Part.FROM) && isOneShared(point, values, theirs)
                ? taken.with(point.of(Part.FROM_NAME), theirs.get(point.of(Part.FROM_NAME)))
                : taken;
    }
}
