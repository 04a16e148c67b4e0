package facteur.domain;

import facteur.mail.dkim.StoredKey;

/// The record of a key.
public record KeyFinding(StoredKey key, Finding finding) {
    boolean isRight() {
        return finding.verdict() == Finding.Verdict.RIGHT;
    }
}
