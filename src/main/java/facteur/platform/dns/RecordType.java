package facteur.platform.dns;

/// The types of records that are asked for.
public enum RecordType {
    MX,
    TXT
}
