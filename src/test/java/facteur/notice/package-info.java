@org.jspecify.annotations.NullMarked
package facteur.notice;
