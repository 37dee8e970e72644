"""Settings of every test."""

from hypothesis import settings

# A loaded machine is no failure, and the same examples are drawn in every run.
settings.register_profile("counterclaim", deadline=None, derandomize=True)
settings.load_profile("counterclaim")
