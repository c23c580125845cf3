"""`python -m aigc_studio.worker`: started by `jobs.child`, never by hand."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from aigc_studio.worker.main import serve

if TYPE_CHECKING:
    from aigc_studio.jobs.specs import AnySpec
    from aigc_studio.worker.control import Control
    from aigc_studio.worker.reporter import Reporter


def _handle(spec: AnySpec, payload: bytes, reporter: Reporter, control: Control) -> None:
    # Imported when there is work: a broken installation is then told in words, as a failure.
    from aigc_studio.worker.handlers import handle

    handle(spec, payload, reporter, control)


if __name__ == "__main__":
    sys.exit(serve(_handle))
