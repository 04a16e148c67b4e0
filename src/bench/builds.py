"""Builds of facteur: that of this folder, and another."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BENCH = HERE.parent.parent / "target/bench"


class Build:
    """A program, as `mvn package` or a package lays it out."""

    def __init__(self, program: Path, name: str = "facteur"):
        self.program = program.resolve()
        self.name = name

    @classmethod
    def other(cls, program: Path) -> "Build":
        """Named after the folder that it is in."""
        folder = program.resolve().parent.parent.name
        return cls(program, "other" if folder == "facteur" else folder)

    def packaged(self) -> "Build":
        """A copy with a runtime and a cache for the start, as a package has them. A copy as new as the build stays."""
        home = self.program.parent.parent
        copy = BENCH / "builds" / self.name
        cache = copy / "lib/facteur.aot"
        newest = max(file.stat().st_mtime for file in [*home.glob("bin/*"), *home.glob("lib/*")])
        if not cache.exists() or cache.stat().st_mtime < newest:
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(home, copy, symlinks=True)
            if not (copy / "runtime").exists():
                (copy / "runtime").symlink_to(self._java_home())
            self._warm_up(copy)
        return Build(copy / "bin/facteur", self.name)

    def _warm_up(self, home: Path):
        warmed = subprocess.run([home / "bin/warm-up"], capture_output=True, text=True)
        if warmed.returncode:
            print(f"{self.name} starts without a cache: {warmed.stderr.strip()}", file=sys.stderr)

    def _java_home(self) -> str:
        told = subprocess.run([self.program, "version"], env=os.environ | {"FACTEUR_JAVA_OPTIONS": "-XshowSettings:properties"},
                              capture_output=True, text=True, check=True)
        return re.search(r"java\.home = (.*)", told.stderr).group(1)


OURS = Build(BENCH.parent / "facteur/bin/facteur")
