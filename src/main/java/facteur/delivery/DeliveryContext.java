package facteur.delivery;

import facteur.journal.Journal;
import facteur.mail.letter.Letter;
import facteur.platform.clock.Clocks;
import facteur.spool.Spool;
import facteur.spool.SpoolException;

/// What the runners of all routes share, and what no reload changes.
///
/// @param memory of all routes together
/// @param threads that attempts run on
/// @param reports where reports of ours go
record DeliveryContext(
        Spool spool, Journal journal, Clocks clocks, HandOverMemory memory, AttemptThreads threads, ReportQueue reports) {
    /// Starts a thread per attempt.
    interface AttemptThreads {
        /// @param name of the thread
        void start(String name, Runnable attempt);

        static void startVirtual(String name, Runnable attempt) {
            Thread.ofVirtual().name(name).start(attempt);
        }
    }

    /// Stores a report and delivers it as any other letter.
    interface ReportQueue {
        /// @throws SpoolException when it is not stored
        void enqueue(Letter report) throws SpoolException;
    }
}
