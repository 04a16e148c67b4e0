package facteur.mail.dkim;

import facteur.mail.message.Body;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;

/// The hashes of one body in several forms, for which it is read once; it is never held in memory. Immutable.
public final class BodyHashes {
    /// @param sha256 in base64; empty when there are fewer octets than it is to cover
    /// @param isWhole whether all of the body is in it
    record Hash(Optional<String> sha256, boolean isWhole) {}

    private final Map<BodyForm, Hash> hashes;

    private BodyHashes(Map<BodyForm, Hash> hashes) {
        this.hashes = hashes;
    }

    /// @throws IOException when the body can't be read
    public static BodyHashes of(Body body, Collection<BodyForm> forms) throws IOException {
        var digests = new ArrayList<FormDigest>();
        for (var form : new LinkedHashSet<>(forms)) {
            digests.add(new FormDigest(form));
        }
        body.writeTo(new Several(digests));
        var hashes = new HashMap<BodyForm, Hash>();
        for (var digest : digests) {
            hashes.put(digest.form, digest.finish());
        }
        return new BodyHashes(hashes);
    }

    /// @throws NoSuchElementException when the form was not asked for
    Hash of(BodyForm form) {
        var hash = hashes.get(form);
        if (hash == null) {
            throw new NoSuchElementException(form.toString());
        }
        return hash;
    }

    private static final class Several extends OutputStream {
        private final List<FormDigest> digests;

        Several(List<FormDigest> digests) {
            this.digests = digests;
        }

        @Override
        public void write(int octet) throws IOException {
            for (var digest : digests) {
                digest.canonical.write(octet);
            }
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            for (var digest : digests) {
                digest.canonical.write(octets, offset, length);
            }
        }
    }

    private static final class FormDigest extends OutputStream {
        private final BodyForm form;
        private final CanonicalBody canonical;
        private final MessageDigest sha256 = newDigest();
        private long left;
        private boolean isWhole = true;

        FormDigest(BodyForm form) {
            this.form = form;
            this.canonical = form.canonicalization().body(this);
            this.left = limit(form.octets());
        }

        private static long limit(OptionalLong octets) {
            return octets.orElse(Long.MAX_VALUE);
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            var covered = (int) Math.min(left, length);
            sha256.update(octets, offset, covered);
            left -= covered;
            if (covered < length) {
                isWhole = false;
            }
        }

        Hash finish() throws IOException {
            canonical.finish();
            var isLongEnough = form.octets().isEmpty() || left == 0;
            return new Hash(isLongEnough ? Optional.of(Base64.getEncoder().encodeToString(sha256.digest())) : Optional.empty(), isWhole);
        }

        private static MessageDigest newDigest() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException("SHA-256 is part of every Java", missing);
            }
        }
    }

    /// In the form that our signatures cover.
    public String ours() {
        return of(BodyForm.OURS).sha256().orElseThrow();
    }
}
