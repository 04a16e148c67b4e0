package facteur.relay;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SIGHUP, at which Java would end the program.
///
/// The JDK has one way to receive a signal, `sun.misc.Signal`. Each mention of it causes a compiler warning that only a flag
/// for the whole build suppresses; so it is looked up by name.
public final class HangupSignal {
    private static final Logger LOG = LoggerFactory.getLogger(HangupSignal.class);

    private HangupSignal() {}

    /// From now on the signal runs this, each time on a thread of its own.
    public static void handle(Runnable action) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(HangupSignal.class.getClassLoader(), new Class<?>[] {handler}, (_, method, _) -> {
                if (method.getName().equals("handle")) {
                    run(action);
                }
                return null;
            });
            signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
        } catch (InvocationTargetException notHere) {
            // On a system without it, or under -Xrs.
            LOG.warn("SIGHUP doesn't reload: {}", notHere.getTargetException().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("jdk.unsupported is missing", e);
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException fault) {
            LOG.error("SIGHUP", fault);
        }
    }
}
