/// Who may use the API and the console: tokens and how much may be asked with one; persons, their second steps, and sessions.
@org.jspecify.annotations.NullMarked
package facteur.access;
