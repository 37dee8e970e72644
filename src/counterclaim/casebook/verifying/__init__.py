"""Whether a casebook is what was written: `verify(path)` gives a Finding for each thing that is not."""

from counterclaim.casebook.verifying.finding import Finding
from counterclaim.casebook.verifying.verify import CHECKS, require_sound, verify

__all__ = ["CHECKS", "Finding", "require_sound", "verify"]
