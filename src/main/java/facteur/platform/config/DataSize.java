package facteur.platform.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of bytes, written `512B`, `256KB`, `35MB` or `1GB`; each unit is 1,024 of the one before. Immutable.
public record DataSize(long bytes) implements Comparable<DataSize> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(B|KB|MB|GB)");

    private static final long KILOBYTE = 1024;
    private static final long MEGABYTE = 1024 * KILOBYTE;
    private static final long GIGABYTE = 1024 * MEGABYTE;

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size must not be negative: " + bytes);
        }
    }

    public static DataSize ofKilobytes(long kilobytes) {
        return new DataSize(Math.multiplyExact(kilobytes, KILOBYTE));
    }

    public static DataSize ofMegabytes(long megabytes) {
        return new DataSize(Math.multiplyExact(megabytes, MEGABYTE));
    }

    /// @throws IllegalArgumentException with a message for the operator
    public static DataSize parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size; write 512B, 256KB, 35MB or 1GB");
        }
        long amount = Long.parseLong(form.group(1));
        long unit = switch (form.group(2)) {
            case "KB" -> KILOBYTE;
            case "MB" -> MEGABYTE;
            case "GB" -> GIGABYTE;
            default -> 1;
        };
        if (amount > Long.MAX_VALUE / unit) {
            throw new IllegalArgumentException("'" + text + "' is too large a size");
        }
        return new DataSize(amount * unit);
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /// In the largest unit that is exact, as [#parse(String)] reads it.
    @Override
    public String toString() {
        if (bytes == 0 || bytes % KILOBYTE != 0) {
            return bytes + "B";
        }
        if (bytes % MEGABYTE != 0) {
            return bytes / KILOBYTE + "KB";
        }
        return bytes % GIGABYTE == 0 ? bytes / GIGABYTE + "GB" : bytes / MEGABYTE + "MB";
    }
}
