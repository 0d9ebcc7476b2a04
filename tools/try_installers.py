"""Installs the built wheel as pipx and uv do, with and without the constraints, and uses it from an empty folder."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
BUILD, CONSTRAINTS = ROOT / "build", ROOT / "constraints.txt"
TOOLS = BUILD / "installers"
BIN = "Scripts" if os.name == "nt" else "bin"
AS_OF = ("--school", "school", "--now", "2026-11-23T09:20")
USED = (
    ("init", "school", "--sample"),
    ("reconcile", *AS_OF, "--exit-zero"),
    ("report", "call-sheet", *AS_OF, "-o", "sheet.pdf"),
)
WAYS = [("pipx", True), ("uv", False)]  # with the versions that are tried here, and with whatever is newest
NOT_TRIED = "*** pipx and uv could not be installed here: what they make of the wheel was NOT tried ***"


def main() -> int:
    """Try each installer; end with 1 where one of them makes no program that works."""
    wheels = sorted((BUILD / "wheel").glob("firstday-*.whl"))
    if not wheels:
        print("there is no wheel: make wheel", file=sys.stderr)
        return 1
    shutil.rmtree(TOOLS, ignore_errors=True)
    if not _installers():
        print(NOT_TRIED, file=sys.stderr)
        return 0
    return 0 if all([_tried(wheels[-1], how, constrained=constrained) for how, constrained in WAYS]) else 1  # noqa: C419 - each is tried


def _installers() -> bool:
    """Whether pipx and uv could be had."""
    made = _run([sys.executable, "-m", "venv", str(TOOLS / "venv")], {}).returncode == 0
    pip = [str(TOOLS / "venv" / BIN / "python"), "-m", "pip", "-q", "--disable-pip-version-check", "install"]
    return made and _run([*pip, "pipx", "uv"], {}).returncode == 0


def _tried(wheel: Path, how: str, *, constrained: bool) -> bool:
    """Whether the wheel, installed so, does a morning in an empty folder; says what failed."""
    began, folder = monotonic(), TOOLS / f"{how}{'' if constrained else '-newest'}"
    where = {"PIPX_HOME": "home", "PIPX_BIN_DIR": "bin", "UV_TOOL_DIR": "tools", "UV_TOOL_BIN_DIR": "bin"}
    places = {name: str(folder / part) for name, part in where.items()} | dict(_where_packages_come_from())
    said = f"{how} {'with' if constrained else 'without'} the constraints"
    steps: list[Sequence[str]] = [
        _install(wheel, how, constrained=constrained),
        *((_program(folder), *words) for words in USED),
    ]
    (folder / "empty").mkdir(parents=True)
    for step in steps:
        done = _run(step, places, folder / "empty")
        if done.returncode != 0:
            print(f"{said}: {' '.join(step[1:4])} … ended with {done.returncode}\n{done.stderr}", file=sys.stderr)
            return False
    is_printed = (folder / "empty" / "sheet.pdf").read_bytes().startswith(b"%PDF-")
    print(f"{said}: {'works' if is_printed else 'prints nothing'}, {monotonic() - began:.1f} s")
    return is_printed


def _install(wheel: Path, how: str, *, constrained: bool) -> list[str]:
    program = str(TOOLS / "venv" / BIN / how)
    if how == "pipx":
        return [program, "install", *(["--pip-args", f"-c {CONSTRAINTS}"] if constrained else []), str(wheel)]
    return [program, "tool", "install", *(["-c", str(CONSTRAINTS)] if constrained else []), str(wheel)]


def _program(folder: Path) -> str:
    return str(folder / "bin" / ("firstday.exe" if os.name == "nt" else "firstday"))


def _where_packages_come_from() -> Mapping[str, str]:
    """What pip knows of this machine's network, in the words of uv, which does not read pip's settings."""
    told = {}
    for key, name in (("global.index-url", "UV_DEFAULT_INDEX"), ("global.cert", "SSL_CERT_FILE")):
        done = _run([sys.executable, "-m", "pip", "config", "get", key], {})
        if done.returncode == 0 and done.stdout.strip():
            told[name] = done.stdout.strip()
    return told


def _run(words: Sequence[str], more: Mapping[str, str], folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FIRSTDAY_")}
    env = kept | {"PYTHONUTF8": "1"} | dict(more)
    return subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


if __name__ == "__main__":
    sys.exit(main())
