package facteur.platform.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class DescriptorsTest {
    @Test
    void areMissingWhenTheKernelSaysSo() {
        assertThat(Descriptors.areMissing(new SocketException("Too many open files"))).isTrue();
        assertThat(Descriptors.areMissing(new FileSystemException("body", null, "Too many open files in system"))).isTrue();
        assertThat(Descriptors.areMissing(new IOException("sending", new SocketException("Too many open files")))).isTrue();
    }

    @Test
    void areNotMissingForAnotherReason() {
        assertThat(Descriptors.areMissing(new SocketException("Connection refused"))).isFalse();
        assertThat(Descriptors.areMissing(new IOException())).isFalse();
        assertThat(Descriptors.areMissing(new UnknownHostException("nowhere.example"))).isFalse();
    }

    @Test
    void haveALimit() {
        var limits = """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             95836                95836                processes
                Max open files            1024                 524288               files
                """;
        assertThat(Descriptors.limit(limits)).isEqualTo(OptionalLong.of(1024));
        assertThat(Descriptors.limit(limits.replace("1024  ", "unlimited"))).isEmpty();
        assertThat(Descriptors.limit()).isPresent();
    }
}
