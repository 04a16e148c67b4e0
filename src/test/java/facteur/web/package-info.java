@org.jspecify.annotations.NullMarked
package facteur.web;
