/// End to end: the real daemon on ports of the kernel's choice, one scenario a class.
@org.jspecify.annotations.NullMarked
package facteur.e2e;
