package facteur.upstream;

import facteur.mail.smtp.Reply;

/// Why an attempt did not succeed: the upstream's own words, or what went wrong with the connection.
public sealed interface FailureCause {
    record Answer(Reply reply) implements FailureCause {
        @Override
        public String toString() {
            return reply.toString();
        }
    }

    /// It failed here, for want of file descriptors: that says nothing of the letter, nor of the upstream.
    ///
    /// @param what one line, in our words
    record Shortage(String what) implements FailureCause {
        @Override
        public String toString() {
            return what;
        }
    }

    /// @param what one line, in our words
    record Trouble(String what) implements FailureCause {
        @Override
        public String toString() {
            return what;
        }
    }
}
