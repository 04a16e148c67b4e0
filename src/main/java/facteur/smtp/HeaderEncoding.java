package facteur.smtp;

/// Whether the header of a letter, and its envelope, may hold UTF-8 (RFC 6531 §3.4: the SMTPUTF8 parameter of MAIL).
public enum HeaderEncoding {
    ASCII,
    UTF8
}
