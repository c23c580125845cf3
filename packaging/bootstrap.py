#!/usr/bin/env python3
"""From a bare checkout to a running studio: `python3 packaging/bootstrap.py VERB`.

setup  install into .venv, the check tools too (quick when that is done already)
run    setup, then the studio on the starter project (without a display: its main job)
test   setup, then the whole check: format, lint, layers, types, tests
soak   setup, then the long kill and fuzz counts, of which `test` runs a twentieth
"""

# This file must be readable by any Python 3, so that an old one is told so in words; whatever
# needs a newer one stands in `setup_steps`.

import argparse
import shutil
import subprocess
import sys

OLDEST, TOO_NEW = (3, 11), (3, 14)


def main() -> int:
    """Do what the command line asks for; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("verb", choices=["setup", "run", "test", "soak"])
    verb = parser.parse_args().verb
    if not OLDEST <= sys.version_info[:2] < TOO_NEW:
        return use_another_python()

    from setup_steps import verbs
    from setup_steps.console import SetupError, tell

    try:
        return verbs.do(verb)
    except SetupError as error:
        tell(error)
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return 130
    return 1


def use_another_python() -> int:
    """Go on with a fitting Python of this machine, or say which one to install."""
    this = f"{sys.version_info[0]}.{sys.version_info[1]}"
    for minor in range(TOO_NEW[1] - 1, OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other:
            print(f"This is Python {this}; going on with {other}.", flush=True)
            return subprocess.call([other, *sys.argv])
    print(
        f"AIGC Studio needs Python 3.11, 3.12 or 3.13; this is Python {this}.\n"
        "Install one of those, then call this script with it.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
