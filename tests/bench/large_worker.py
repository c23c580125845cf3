"""The painting worker of the tests, its pictures 512 pixels a side."""

from __future__ import annotations

import sys

from aigc_studio.worker.main import serve
from tests.studio import painting_worker

painting_worker.SIDE = 512

if __name__ == "__main__":
    sys.exit(serve(painting_worker.handle))
