"""One desk of several: writes calls down one after another, as fast as it can, in a process of its own."""

import sys

from rules.school import typed


def main() -> None:
    """Once told to begin, write so many calls under a name of its own; what went wrong is said on standard output."""
    school, desk, calls = sys.argv[1:]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(int(calls)):
        words = ("call", f"P{number % 20:03d}", "--contact", "1", "--outcome", "no-answer", "--note", f"call {number}")
        said = typed(*words, "--by", desk, "--school", school, "--now", f"2026-11-23T09:{20 + number % 40}")
        if said.exit_code != 0:
            sys.stdout.write(f"{desk}, call {number}: {said.exit_code} {said.stderr}")


if __name__ == "__main__":
    main()
