/// HTTP toward programs and browsers: one server, what a request says, how an answer looks, and who may ask under which name.
@org.jspecify.annotations.NullMarked
package facteur.web;
