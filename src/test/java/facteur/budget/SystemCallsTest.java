package facteur.budget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SystemCallsTest {
    @Test
    void countsWhatSucceeded() {
        var calls = SystemCalls.of("""
                % time     seconds  usecs/call     calls    errors syscall
                ------ ----------- ----------- --------- --------- ----------------
                 70.12    1.000000           9       500       100 futex
                 20.50    0.200000           1        40         3 read
                  5.00    0.100000           2        30           write
                  3.00    0.010000           7        20           pwrite64
                  1.00    0.010000          70         2           fsync
                  0.38    0.000000           0         1           fdatasync
                ------ ----------- ----------- --------- --------- ----------------
                100.00    1.320000           2       593       103 total
                """);
        assertThat(calls.stream()).isEqualTo(67);
        assertThat(calls.file()).isEqualTo(20);
        assertThat(calls.sync()).isEqualTo(3);
        assertThat(calls.successes()).hasSize(6).containsEntry("futex", 400L);
    }
}
