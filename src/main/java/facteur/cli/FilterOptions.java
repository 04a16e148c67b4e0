package facteur.cli;

import facteur.mail.letter.QueueId;
import facteur.platform.config.Durations;
import facteur.spool.QueueFilter;
import facteur.spool.QueueStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// Which letters of the queue: these ids, or those that match all the filters.
final class FilterOptions {
    @Parameters(arity = "0..*", paramLabel = "ID", description = "Queue ids. Can't be combined with the filters below.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--office", paramLabel = "ID", description = "Only letters of this office.")
    private @Nullable String office;

    @Option(names = "--recipient", paramLabel = "ADDRESS", description = "Only letters not yet delivered to this address, or to any at @domain.")
    private @Nullable String recipient;

    @Option(names = "--upstream", paramLabel = "NAME", description = "Only letters that were tried at this upstream.")
    private @Nullable String upstream;

    @Option(names = "--state", paramLabel = "STATE", split = ",",
            description = "Only letters in this state: active, deferred or hold; several separated by commas.")
    private List<QueueStatus> standings = new ArrayList<>();

    @Option(names = "--older-than", paramLabel = "AGE", converter = Age.class, description = "Only letters accepted more than AGE ago, e.g. 2h.")
    private @Nullable Duration olderThan;

    boolean isEmpty() {
        return ids.isEmpty() && isWithoutOptions();
    }

    private boolean isWithoutOptions() {
        return office == null && recipient == null && upstream == null && standings.isEmpty() && olderThan == null;
    }

    /// Empty when there are filters.
    List<QueueId> ids(CommandLine commandLine) {
        if (!ids.isEmpty() && !isWithoutOptions()) {
            throw new ParameterException(commandLine, "ids can't be combined with filters");
        }
        return ids.stream()
                .map(id -> QueueId.parse(id).orElseThrow(() -> new ParameterException(commandLine, "not a queue id: " + id)))
                .toList();
    }

    QueueFilter filter(Instant now) {
        return new QueueFilter(
                new HashSet<>(standings),
                Optional.ofNullable(office),
                Optional.ofNullable(recipient),
                Optional.ofNullable(upstream),
                Optional.ofNullable(olderThan).map(now::minus));
    }

    static final class Age implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return Durations.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
