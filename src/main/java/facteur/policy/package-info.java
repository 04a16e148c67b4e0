/// The judgement: who a letter comes from and whom a reply goes to. Pure functions over records; no input throws.
@org.jspecify.annotations.NullMarked
package facteur.policy;
