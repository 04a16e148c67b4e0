package facteur.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.admin.ReloadResult;
import facteur.fixture.MemoryFolders;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The day of the training run with few letters: it meets what it says. A path that it missed would start slowly, and nothing else would
/// tell.
final class DayIT {
    private static final int PART = 20;

    @TempDir(factory = MemoryFolders.class)
    private Path folder;

    @Test
    void meetsWhatADayBrings() throws IOException, InterruptedException {
        var journal = new RecordingJournal();
        try (var upstream = TrialUpstream.start(folder)) {
            var files = new TrialFiles(folder, upstream);
            files.prepare();
            try (var daemon = new RelayFolder(folder).start(journal)) {
                new Day(new InProcess(daemon), files, upstream, PART).play();
            }
        }
        assertThat(kinds(journal)).contains(
                MailEvent.Accepted.class, MailEvent.Relayed.class, MailEvent.Duplicate.class, MailEvent.Split.class, MailEvent.Deferred.class,
                MailEvent.Failed.class, MailEvent.Bounced.class, MailEvent.Refused.class, MailEvent.Reloaded.class, MailEvent.Returned.class,
                MailEvent.ReturnTold.class, MailEvent.TokenMade.class, MailEvent.Requested.class, MailEvent.SettingsSaved.class);
        var accepted = journal.events(MailEvent.Accepted.class);
        assertThat(accepted).extracting(MailEvent.Accepted::protocol).contains("ESMTP", "ESMTPSA");
        assertThat(accepted).extracting(MailEvent.Accepted::dkimSelectors).contains(List.of(), List.of("rsa", "ed"));
        assertThat(accepted).extracting(MailEvent.Accepted::relation).contains("", "R-1");
        assertThat(accepted).extracting(MailEvent.Accepted::sizeBytes).anyMatch(size -> size > 500_000);
        assertThat(journal.events(MailEvent.Relayed.class)).extracting(MailEvent.Relayed::tls)
                .contains("")
                .anyMatch(tls -> tls.startsWith("TLSv1.3"));
    }

    private static Set<Class<?>> kinds(RecordingJournal journal) {
        return journal.events().stream().map(MailEvent::getClass).collect(Collectors.toSet());
    }

    /// As an object instead of a process, and unrecorded.
    private record InProcess(Daemon daemon) implements TrialRelay {
        @Override
        public List<Integer> appPorts() {
            return daemon.ports();
        }

        @Override
        public int consolePort() {
            return daemon.consolePort().orElseThrow();
        }

        @Override
        public void reload() {
            assertThat(daemon.reload()).isInstanceOf(ReloadResult.Applied.class);
        }
    }
}
