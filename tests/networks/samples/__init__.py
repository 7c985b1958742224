"""One sample of every network, found by its file: what tests over all connectors are run with.

`samples/<key>.py` holds SAMPLE. A new network's tests come with one, or `test_every_network` says
so.
"""

import importlib
import pkgutil

from tests.networks.samples.sample import Sample

NO_SAMPLE = ("sample",)


def all_samples() -> tuple[Sample, ...]:
    """By key."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return tuple(
        importlib.import_module(f"{__name__}.{name}").SAMPLE
        for name in names
        if name not in NO_SAMPLE
    )
