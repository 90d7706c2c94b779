"""An existing client of healthchecks, unchanged, against the address that it is given.

Arguments: the address of the pings, a heartbeat token, a key for jobs, an external reference.
"""

import sys

from healthchecks_io import CheckTrap, Client
from healthchecks_io.client.exceptions import CheckNotFoundError

address, token, key, reference = sys.argv[1:]

with Client(ping_url=address) as client:
    assert client.start_ping(uuid=token) == (True, "OK")
    assert client.success_ping(uuid=token, data="by token") == (True, "OK")
    assert client.exit_code_ping(3, uuid=token, data="exit") == (True, "OK")
    assert client.exit_code_ping(0, uuid=token) == (True, "OK")
    try:
        client.success_ping(uuid="00000000-0000-0000-0000-000000000000")
    except CheckNotFoundError:
        pass
    else:
        raise AssertionError("an unknown check was taken")

with Client(ping_url=address, ping_key=key) as client:
    with CheckTrap(client, slug=reference) as trap:
        trap.add_log("by reference")
    try:
        with CheckTrap(client, slug=reference):
            raise RuntimeError("the job broke")
    except RuntimeError:
        pass
    try:
        client.success_ping(slug="nobody")
    except CheckNotFoundError:
        pass
    else:
        raise AssertionError("an unknown reference was taken")

print("pinged")
