package facteur.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The field Accept (RFC 9110 §12.5.1): which forms of an answer are wanted, and how much. Immutable.
final class AcceptedTypes {
    private static final Pattern WEIGHT = Pattern.compile("0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?");

    /// @param weight 0 to 1
    private record Range(String name, double weight) {
        boolean covers(String type) {
            return name.equals(type) || name.equals("*/*") || name.endsWith("/*") && type.startsWith(name.substring(0, name.length() - 1));
        }

        /// The more exact range counts.
        int exactness() {
            return name.equals("*/*") ? 0 : name.endsWith("/*") ? 1 : 2;
        }
    }

    private final List<Range> ranges;

    private AcceptedTypes(List<Range> ranges) {
        this.ranges = ranges;
    }

    /// What can't be read is left out.
    ///
    /// @param fields all of that name
    static AcceptedTypes of(List<String> fields) {
        var ranges = new ArrayList<Range>();
        for (var text : String.join(",", fields).split(",", -1)) {
            MediaType.parse(text).flatMap(AcceptedTypes::range).ifPresent(ranges::add);
        }
        return new AcceptedTypes(List.copyOf(ranges));
    }

    private static Optional<Range> range(MediaType type) {
        var weight = type.parameters().getOrDefault("q", "1");
        return WEIGHT.matcher(weight).matches() ? Optional.of(new Range(type.name(), Double.parseDouble(weight))) : Optional.empty();
    }

    /// The form that is wanted most; of equals the first. That is the first one, too, when none of them is wanted: an answer
    /// is more useful than 406.
    ///
    /// @param offered one at least
    String best(List<String> offered) {
        return offered.stream()
                .filter(type -> weight(type) > 0)
                .max(Comparator.comparingDouble(this::weight).thenComparing(offered::indexOf, Comparator.reverseOrder()))
                .orElse(offered.getFirst());
    }

    private double weight(String type) {
        return ranges.stream()
                .filter(range -> range.covers(type))
                .max(Comparator.comparingInt(Range::exactness))
                .map(Range::weight)
                .orElse(0.0);
    }
}
