@org.jspecify.annotations.NullMarked
package facteur.openssl;
