"""Every order of up to so many things done in one case, further than `doctor` goes: explore_ladder.py 3."""

import sys
import time
from collections.abc import Sequence

from firstday_cli.domain.ladder_check.exploration import explored
from firstday_cli.domain.ladder_check.invented_days import BEFORE_HALF_TERM, TUESDAY, scenes
from firstday_cli.domain.policy import Policy, School


def main(arguments: Sequence[str]) -> int:
    """Print the states looked at and the holes found for the shipped policy; 1 where there is a hole."""
    things, holes = int(arguments[0]) if arguments else 3, 0
    for who, scene in scenes(Policy(school=School(name="the shipped policy")), (TUESDAY, BEFORE_HALF_TERM)).items():
        began = time.monotonic()
        seen = explored(scene, things)
        print(f"{who}: {seen.states:,} states, {time.monotonic() - began:.1f} s", flush=True)
        for hole in seen.holes:
            holes += 1
            print(f"  {hole.law}: {hole.told}", flush=True)
    return 1 if holes else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
