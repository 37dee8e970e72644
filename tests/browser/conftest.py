"""These run when they are asked for, `pytest tests/browser`: they take a browser, and the better part of a minute."""

import pytest


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Leave the folder out of a run over everything."""
    return None if any("browser" in argument for argument in config.invocation_params.args) else True
