package facteur.upstream;

import facteur.smtp.Reply;

/// Why an attempt did not succeed: the upstream's own words, or what went wrong with the connection.
public sealed interface Cause {
    record Answer(Reply reply) implements Cause {
        @Override
        public String toString() {
            return reply.toString();
        }
    }

    /// @param what one line, in our words
    record Trouble(String what) implements Cause {
        @Override
        public String toString() {
            return what;
        }
    }
}
