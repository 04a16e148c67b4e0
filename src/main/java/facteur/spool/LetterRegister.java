package facteur.spool;

import facteur.mail.letter.QueueId;
import java.util.Optional;

/// The letters of the database, as the sweep of the bodies asks for them. Thread-safe.
record LetterRegister(Committer committer) implements Bodies.Register {
    @Override
    public Bodies.Known of(QueueId id) throws SpoolException {
        return committer.read(statements -> LetterRows.known(statements, id));
    }

    @Override
    public Optional<QueueId> newest() throws SpoolException {
        return committer.read(LetterRows::newest);
    }

    @Override
    public Optional<QueueId> anyInFile() throws SpoolException {
        return committer.read(LetterRows::anyInFile);
    }
}
