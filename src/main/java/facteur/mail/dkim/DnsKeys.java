package facteur.mail.dkim;

import facteur.platform.dns.Dns;
import facteur.platform.dns.DnsAnswer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks DNS for the keys of a letter, for all at the same time: what isn't known in time is unknown, and names that are too many aren't
/// asked for. Thread-safe.
public final class DnsKeys implements PublishedKeys {
    /// A letter with more signatures than that is no letter of a person.
    static final int MOST_NAMES = 30;

    private final Dns dns;
    private final Duration patience;

    /// @param patience with all answers together
    public DnsKeys(Dns dns, Duration patience) {
        this.dns = dns;
        this.patience = patience;
    }

    @Override
    public Map<String, PublishedKey> of(Set<String> names) {
        var questions = new LinkedHashMap<String, CompletableFuture<PublishedKey>>();
        names.stream().limit(MOST_NAMES).forEach(name -> questions.put(name, ask(name)));
        var deadline = System.nanoTime() + patience.toNanos();
        var answers = new LinkedHashMap<String, PublishedKey>();
        for (var name : names) {
            var question = questions.get(name);
            answers.put(name, question == null ? new PublishedKey.TooMany() : await(question, deadline));
        }
        return answers;
    }

    private CompletableFuture<PublishedKey> ask(String name) {
        var answer = new CompletableFuture<PublishedKey>();
        Thread.ofVirtual().name("key-of-" + name).start(() -> {
            try {
                answer.complete(key(dns.txt(name)));
            } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    /// Where there are several records, the first that is a key counts: RFC 6376 §3.6.2.2 leaves it open.
    private static PublishedKey key(DnsAnswer answer) {
        return switch (answer) {
            case DnsAnswer.Found found -> found.texts().stream()
                    .filter(text -> KeyRecord.parse(text).isPresent())
                    .findFirst()
                    .<PublishedKey>map(PublishedKey.Found::new)
                    .orElseGet(PublishedKey.Missing::new);
            case DnsAnswer.Absent _ -> new PublishedKey.Missing();
            case DnsAnswer.Unknown(var why) -> new PublishedKey.Unknown(why);
        };
    }

    private static PublishedKey await(CompletableFuture<PublishedKey> question, long deadline) {
        try {
            return question.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return new PublishedKey.Unknown("no answer in time");
        } catch (ExecutionException failure) {
            return new PublishedKey.Unknown(String.valueOf(failure.getCause()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new PublishedKey.Unknown("interrupted");
        }
    }
}
