"""The true worker as it is where openTSNE is not installed."""

from __future__ import annotations

import sys

from aigc_studio.worker.handlers import handle
from aigc_studio.worker.main import serve

if __name__ == "__main__":
    sys.modules["openTSNE"] = None  # type: ignore[assignment]
    sys.exit(serve(handle))
