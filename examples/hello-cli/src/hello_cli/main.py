"""The command `hello`; with the extra `colour` its greeting is bold."""

import sys
from datetime import timedelta

import humanize


def greeting(name: str, seconds: float = 0) -> str:
    return f"Hello {name}, {humanize.naturaltime(timedelta(seconds=seconds))}"


def main() -> None:
    text = greeting(sys.argv[1] if len(sys.argv) > 1 else "world")
    try:
        from rich import print as show
    except ImportError:
        print(text)
    else:
        show(f"[bold]{text}[/bold]")
