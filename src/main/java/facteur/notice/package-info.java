/// Letters to an office about its own affairs, and about letters of it that came back.
@org.jspecify.annotations.NullMarked
package facteur.notice;
