package facteur.platform.config;

import java.util.List;
import java.util.SequencedMap;

/// Makes values of another kind of what a text holds, from the leaves up: [Section#build].
///
/// @param <T> the other kind
public interface TreeBuilder<T> {
    /// @param text without quotes, such as `yes` or `007`
    T plain(String text);

    /// @param text in quotes, or in a block of its own
    T quoted(String text);

    T list(List<T> items);

    T mapping(SequencedMap<String, T> members);
}
