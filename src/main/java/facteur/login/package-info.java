/// Who logs in: passwords as they are kept, the mechanisms of SASL that carry them, and how often a stranger may guess.
@org.jspecify.annotations.NullMarked
package facteur.login;
