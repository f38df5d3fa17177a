"""The last line of a peer's standard output: what its process took."""

import json
import resource
import sys
from importlib.metadata import version


def tell_usage():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "cpuSeconds": usage.ru_utime + usage.ru_stime,
                "versions": {"python": sys.version.split()[0], "openai": version("openai"), "aiohttp": version("aiohttp")},
            }
        )
    )
