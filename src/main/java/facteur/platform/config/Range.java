package facteur.platform.config;

import java.util.regex.Pattern;

/// The whole numbers from one to another, both included. Immutable.
record Range(int min, int max) {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    int parse(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number from " + min + " to " + max);
        }
        long number = Long.parseLong(text);
        if (number < min || number > max) {
            throw new IllegalArgumentException("must be from " + min + " to " + max + ", not " + number);
        }
        return (int) number;
    }
}
