/// RFC 5322 as bytes: an ordered header of raw fields and a body that is not opened here. Fields are read here, and written,
/// but never re-serialised: a field that no rule names leaves as it came.
@org.jspecify.annotations.NullMarked
package facteur.mail.message;
