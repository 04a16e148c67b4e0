/// SMTP toward the apps, and toward the hosts that bring returns. SubEthaSMTP accepts connections, reads command lines and runs the sessions; every verb is our
/// own. The only package that imports `org.subethamail`, whose internal classes it uses: the version is pinned.
@org.jspecify.annotations.NullMarked
package facteur.listener;
