/// Whose rights the process has: root's work in a folder of another user is done as that user. Calls the C library, by
/// `java.lang.foreign`, only when there is something to give up.
@org.jspecify.annotations.NullMarked
package facteur.platform.privileges;
