package facteur.warmup;

import java.io.IOException;
import java.util.List;

/// The relay that a [Day] is played with, started with the configuration of [TrialFiles].
interface TrialRelay {
    /// The ports of the listeners that take letters from apps.
    List<Integer> appPorts() throws IOException, InterruptedException;

    int consolePort() throws IOException, InterruptedException;

    /// Has the configuration read again, and waits until it counts.
    void reload() throws IOException, InterruptedException;
}
