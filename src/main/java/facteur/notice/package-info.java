/// Letters to an office about its own affairs.
@org.jspecify.annotations.NullMarked
package facteur.notice;
