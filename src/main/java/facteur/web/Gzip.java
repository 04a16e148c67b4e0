package facteur.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// The coding that every browser takes (RFC 9110 §8.4.1.3). Stateless.
final class Gzip {
    static final String NAME = "gzip";
    private static final Pattern UNWANTED = Pattern.compile("(?i)q=0(?:\\.0{0,3})?");

    private Gzip() {}

    /// For what is packed once and sent often.
    static byte[] best(byte[] plain) {
        return pack(plain, Deflater.BEST_COMPRESSION);
    }

    /// For what is packed to be sent once.
    static byte[] quick(byte[] plain) {
        return pack(plain, Deflater.BEST_SPEED);
    }

    private static byte[] pack(byte[] plain, int level) {
        var octets = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(octets) {
            {
                def.setLevel(level);
            }
        }) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to memory", e);
        }
        return octets.toByteArray();
    }

    /// As every browser says it. What is said in another way gets the octets as they are, which is always right (RFC 9110 §12.5.3).
    static boolean isTaken(List<String> fields) {
        for (var coding : String.join(",", fields).split(",", -1)) {
            var parts = coding.split(";", 2);
            if (parts[0].strip().equalsIgnoreCase(NAME)) {
                return parts.length == 1 || !UNWANTED.matcher(parts[1].strip()).matches();
            }
        }
        return false;
    }
}
