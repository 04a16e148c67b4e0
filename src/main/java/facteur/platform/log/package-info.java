/// How log lines are written: their form, their priority, and how much of an address they show. The only package that knows Logback.
@org.jspecify.annotations.NullMarked
package facteur.platform.log;
