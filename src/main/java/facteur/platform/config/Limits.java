package facteur.platform.config;

/// How much of a configuration file we are willing to read.
///
/// @param bytes of the whole file
/// @param depth of lists and mappings inside each other
/// @param values of any kind, keys among them
/// @param aliases of lists and mappings: few enough that a "billion laughs" file can't be written
record Limits(int bytes, int depth, int values, int aliases) {
    static final Limits STANDARD = new Limits(64 * 1024 * 1024, 64, 1_000_000, 50);
}
