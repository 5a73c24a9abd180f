"""The command line, run as people do: a process of its own, and only the settings that are given."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def kith(
    *arguments: str, lines: str = "", folder: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with these lines as its input."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=lines,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={**clean, **environment},
        check=False,
        timeout=60,
    )
