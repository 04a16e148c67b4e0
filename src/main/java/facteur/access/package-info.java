/// Who may use the API: tokens, what they are good for, and how much may be asked with one.
@org.jspecify.annotations.NullMarked
package facteur.access;
