"""The process that compiles (`compiler.py`), as the trial has it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from foreign import CLEAN
from trees import Named

# Settings of Python that byte code follows from, and what it may take to start at all.
OF_PYTHON = ("PYTHONOPTIMIZE", "PYTHONNODEBUGRANGES", "LD_LIBRARY_PATH")


class Compiler:
    """The process that compiles, while it is asked by the one that imports."""

    def __init__(self) -> None:
        asked, ask = os.pipe()
        listen, answers = os.pipe()
        self.asking = [ask, listen]
        settings = {name: os.environ[name] for name in OF_PYTHON if name in os.environ}
        command = [sys.executable, "-S", "-s", "-B", str(Path(__file__).with_name("compiler.py")), str(asked), str(answers)]
        env = {**CLEAN, **settings, "PYTHONHASHSEED": "0"}
        self.process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, pass_fds=(asked, answers))
        os.close(asked)
        os.close(answers)

    def hang_up(self) -> None:
        for pipe in self.asking:
            os.close(pipe)

    def keep(self, chosen: list[Named]) -> None:
        """Makes byte code of these, where it is not made already, and puts it where it ships."""
        self.process.communicate(json.dumps(chosen).encode())
        if self.process.returncode:
            sys.exit(f"compiling ended with exit code {self.process.returncode}")
