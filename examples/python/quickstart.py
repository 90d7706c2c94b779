"""The Python quickstart: make a monitor on a running server, find it in the list, delete it.

    MONITORAH_URL=http://127.0.0.1:8080 MONITORAH_KEY=mon_live_… python quickstart.py
"""

import os

from monitorah import ApiError, connect, done, everything
from monitorah_api.api.monitors import create_monitor, delete_monitor, get_monitor, list_monitors
from monitorah_api.models import CreateHttpMonitor, HttpConfig


def tour(url: str, key: str, target: str) -> int:
    """Makes, finds and deletes a monitor. Gives how many monitors there were meanwhile."""
    with connect(url, key) as client:
        # What is left out has the server's default; here that is a check each minute.
        shop = CreateHttpMonitor(
            type_="HTTP",
            name="Quickstart",
            target=target,
            config=HttpConfig(method="GET"),
            tags=["example"],
        )
        made = done(create_monitor.sync_detailed(client=client, body=shop))

        # The list comes in pages; the next one is asked for when it is needed.
        monitors = list(
            everything(
                lambda cursor: done(
                    list_monitors.sync_detailed(client=client, limit=2, cursor=cursor)
                )
            )
        )
        assert made.id in [monitor.id for monitor in monitors], "what was made is in the list"

        done(delete_monitor.sync_detailed(made.id, client=client))
        try:
            done(get_monitor.sync_detailed(made.id, client=client))
        except ApiError as error:
            assert error.status == 404, error
        else:
            raise AssertionError("the monitor is still there")
        return len(monitors)


if __name__ == "__main__":
    url = os.environ["MONITORAH_URL"]
    seen = tour(url, os.environ["MONITORAH_KEY"], f"{url}/api/v1/health")
    print(f"found it among {seen} monitors")
