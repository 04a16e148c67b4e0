/// The service manager's side of a daemon: what sd_notify(3) and sd_listen_fds(3) say, without their library.
///
/// Java has words neither for datagrams between processes nor for descriptors that it didn't open itself; so a handful of
/// calls go to the C library, by `java.lang.foreign`. Nothing is called when systemd didn't start us.
@org.jspecify.annotations.NullMarked
package facteur.platform.systemd;
