/// Addresses by which mail finds its way back to the letter that it answers or reports on: each names one letter and proves
/// by a keyed hash that we made it.
@org.jspecify.annotations.NullMarked
package facteur.mail.returnpath;
