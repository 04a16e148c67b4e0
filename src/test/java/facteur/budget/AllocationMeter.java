package facteur.budget;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/// What the threads of another JVM have allocated since it started, those that have ended too; virtual ones count with
/// their carriers. No collection changes it. A reading costs that JVM 7 KB itself. For one thread.
final class AllocationMeter implements AutoCloseable {
    private final JMXConnector connector;
    private final MBeanServerConnection beans;
    private final ObjectName threading;

    /// @param pid of a process of the same user
    @SuppressWarnings("BanJNDI") // It connects to where a JVM that we have started says, on this machine.
    AllocationMeter(long pid) throws IOException, AttachNotSupportedException, JMException {
        var machine = VirtualMachine.attach(Long.toString(pid));
        try {
            connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        } finally {
            machine.detach();
        }
        beans = connector.getMBeanServerConnection();
        threading = new ObjectName("java.lang:type=Threading");
    }

    long bytes() throws IOException, JMException {
        return (Long) beans.getAttribute(threading, "TotalThreadAllocatedBytes");
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
