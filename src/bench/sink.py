"""The far end: Postfix's smtp-sink, which takes everything and counts."""

import os
import subprocess
import tempfile
import time

from ports import free_port, wait_until_open


class Sink:
    def __enter__(self):
        self.port = free_port()
        self.counts = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            ["smtp-sink", "-c", "-u", "nobody", f"127.0.0.1:{self.port}", "1000"],
            stdout=self.counts, stderr=subprocess.DEVNULL)
        wait_until_open(self.port)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def letters(self) -> int:
        """The last of its lines, which it ends with a carriage return: `sess=1 quit=0 mesg=7`."""
        size = os.fstat(self.counts.fileno()).st_size
        tail = os.pread(self.counts.fileno(), 200, max(0, size - 200)).decode()
        counts = [part for part in tail.split("\r") if "mesg=" in part]
        whole = counts[-1] if tail.endswith("\r") else counts[-2] if len(counts) > 1 else "mesg=0"
        return int(whole.split("mesg=")[1].split()[0])

    def wait_for(self, letters: int, most: float = 300) -> float:
        """When it had them, by the monotonic clock, 5 ms late at most."""
        end = time.monotonic() + most
        while self.letters() < letters:
            if time.monotonic() > end:
                raise TimeoutError(f"the sink has {self.letters()} of {letters} letters")
            time.sleep(0.005)
        return time.monotonic()
