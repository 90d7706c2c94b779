"""What `cargo xtask contract` runs: the generated Python client against a running server.

Every type of monitor and of channel that the specification has is made, listed over several pages
and deleted; each refusal arrives as what it is. A type without a body here fails.

MONITORAH_URL and MONITORAH_KEY name a server; MONITORAH_LIMITED_URL and MONITORAH_LIMITED_KEY name
one that takes few requests a minute.
"""

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import quickstart
from monitorah import ApiError, connect, done, everything
from monitorah_api import models
from monitorah_api.api.heartbeat import heartbeat, heartbeat_signal_with_output
from monitorah_api.api.monitors import (
    create_monitor,
    delete_monitor,
    get_monitor,
    list_monitors,
    update_monitor,
)
from monitorah_api.api.notifications import create_channel, delete_channel, list_channels
from monitorah_api.api.checks import list_pings
from monitorah_api.types import UNSET, File

# Nobody listens there.
NOBODY = "http://127.0.0.1:9/"
# No check of another crate is registered: the body is understood, its kind is not.
REFUSED = {"CUSTOM"}

MONITORS: dict[str, Callable[[], Any]] = {
    "HTTP": lambda: models.CreateHttpMonitor(
        type_="HTTP",
        name="http",
        target=NOBODY,
        paused=True,
        config=models.HttpConfig(
            method="GET",
            expected_status=[200, "3xx"],
            bearer_token="hush",
            assertions=[models.BodyContainsAssertion(type_="BODY_CONTAINS", text="ok")],
        ),
    ),
    "PORT": lambda: models.CreatePortMonitor(
        type_="PORT",
        name="port",
        target="127.0.0.1",
        paused=True,
        config=models.PortConfig(port=9, expect_open=False),
    ),
    "PING": lambda: models.CreatePingMonitor(
        type_="PING",
        name="ping",
        target="127.0.0.1",
        paused=True,
        config=models.PingConfig(count=1, max_average_ms=100),
    ),
    "DNS": lambda: models.CreateDnsMonitor(
        type_="DNS",
        name="dns",
        target="shop.example",
        paused=True,
        config=models.DnsConfig(record_type="MX", server="127.0.0.1:9", expected_values=["mail"]),
    ),
    "TLS": lambda: models.CreateTlsMonitor(
        type_="TLS",
        name="tls",
        target="127.0.0.1:9",
        paused=True,
        config=models.TlsConfig(warning_days=21),
    ),
    "DOMAIN": lambda: models.CreateDomainMonitor(
        type_="DOMAIN",
        name="domain",
        target="shop.example",
        paused=True,
        config=models.DomainConfig(rdap_url=NOBODY),
    ),
    "GROUP": lambda: models.CreateGroupMonitor(
        type_="GROUP", name="group", paused=True, config=models.GroupConfig(tag="shop")
    ),
    "MANUAL": lambda: models.CreateManualMonitor(type_="MANUAL", name="manual", paused=True),
    "HEARTBEAT": lambda: models.CreateHeartbeatMonitor(
        type_="HEARTBEAT", name="job", config=models.HeartbeatConfig(grace_seconds=60)
    ),
    "CUSTOM": lambda: models.CreateCustomMonitor(
        type_="CUSTOM", name="custom", config=models.CustomConfig(kind="acme.queue")
    ),
}

CHANNELS: dict[str, Callable[[], Any]] = {
    "WEBHOOK": lambda: models.CreateWebhookChannel(
        type_="WEBHOOK", name="hook", config=models.WebhookChannelConfig(url=NOBODY)
    ),
    "SLACK": lambda: models.CreateSlackChannel(
        type_="SLACK",
        name="slack",
        config=models.SlackChannelConfig(webhook_url=f"{NOBODY}services/hush"),
    ),
    "DISCORD": lambda: models.CreateDiscordChannel(
        type_="DISCORD",
        name="discord",
        config=models.DiscordChannelConfig(webhook_url=f"{NOBODY}api/webhooks/1/hush"),
    ),
    "TELEGRAM": lambda: models.CreateTelegramChannel(
        type_="TELEGRAM",
        name="telegram",
        config=models.TelegramChannelConfig(
            api_url=NOBODY, bot_token="123456:" + "hush" * 9, chat_id="-100123"
        ),
    ),
    "PAGERDUTY": lambda: models.CreatePagerdutyChannel(
        type_="PAGERDUTY",
        name="pagerduty",
        config=models.PagerdutyChannelConfig(api_url=NOBODY, routing_key="hush" * 8),
    ),
    "TWILIO": lambda: models.CreateTwilioChannel(
        type_="TWILIO",
        name="twilio",
        config=models.TwilioChannelConfig(
            api_url=NOBODY,
            account_sid="AC" + "0" * 32,
            auth_token="hush" * 8,
            mode="SMS",
            from_="+15005550006",
            to="+15005550009",
        ),
    ),
    "EMAIL": lambda: models.CreateEmailChannel(
        type_="EMAIL",
        name="mail",
        config=models.EmailChannelConfig(
            host="127.0.0.1", port=9, from_="a@example.org", to=["b@example.org"]
        ),
    ),
}


def types_of(specification: dict[str, Any], union: str) -> set[str]:
    mapping = specification["components"]["schemas"][union]["discriminator"]["mapping"]
    assert isinstance(mapping, dict) and mapping
    return set(mapping)


def refusal(act: Callable[[], Any]) -> ApiError:
    try:
        act()
    except ApiError as error:
        return error
    raise AssertionError("the server did not refuse")


def every_type(specification: dict[str, Any]) -> None:
    with connect(os.environ["MONITORAH_URL"], os.environ["MONITORAH_KEY"]) as client:
        made = {}
        wanted = types_of(specification, "CreateMonitor")
        assert wanted == set(MONITORS), f"bodies of {wanted ^ set(MONITORS)} are missing or too many"
        for kind in sorted(wanted):
            body = MONITORS[kind]()
            if kind in REFUSED:
                with_body = partial(create_monitor.sync_detailed, client=client, body=body)
                assert refusal(lambda: done(with_body())).status == 422, kind
                continue
            monitor = done(create_monitor.sync_detailed(client=client, body=body))
            assert monitor.type_ == kind
            assert "hush" not in json.dumps(monitor.to_dict()), "a secret came back"
            made[monitor.id] = monitor

        first = done(list_monitors.sync_detailed(client=client, limit=1))
        assert len(first.data) == 1 and first.meta.has_more
        listed = [
            monitor.id
            for monitor in everything(
                lambda cursor: done(
                    list_monitors.sync_detailed(client=client, limit=1, cursor=cursor)
                )
            )
        ]
        assert sorted(listed) == sorted(made) and len(listed) >= 2, listed

        job = next(monitor for monitor in made.values() if monitor.type_ == "HEARTBEAT")
        token = job.heartbeat_token
        assert isinstance(token, str)
        done(heartbeat.sync_detailed(token, client=client))
        # Text is sent as bytes, but the generator writes the type that the specification has.
        output: Any = File(payload=BytesIO(b"it broke"))
        done(heartbeat_signal_with_output.sync_detailed(token, "fail", client=client, body=output))
        assert len(done(list_pings.sync_detailed(job.id, client=client)).data) == 2

        patch = models.UpdateMonitor(name="after", external_ref=None)
        changed = done(update_monitor.sync_detailed(job.id, client=client, body=patch))
        assert changed.name == "after" and changed.external_ref is UNSET

        channels = types_of(specification, "CreateChannel")
        assert channels == set(CHANNELS), f"bodies of {channels ^ set(CHANNELS)} are missing"
        for kind in sorted(channels):
            channel = done(create_channel.sync_detailed(client=client, body=CHANNELS[kind]()))
            assert channel.type_ == kind
            assert "hush" not in json.dumps(channel.to_dict()), "a secret came back"
        for channel in done(list_channels.sync_detailed(client=client)).data:
            done(delete_channel.sync_detailed(channel.id, client=client))

        for id in made:
            done(delete_monitor.sync_detailed(id, client=client))
        assert done(list_monitors.sync_detailed(client=client)).data == []


def every_refusal() -> None:
    url = os.environ["MONITORAH_URL"]
    with connect(url, "mon_live_nobody") as stranger:
        error = refusal(lambda: done(list_monitors.sync_detailed(client=stranger)))
        assert (error.status, error.code) == (401, "unauthorized"), error
        assert error.request_id
    with connect(url, os.environ["MONITORAH_KEY"]) as client:
        absent = "mtr_" + "0" * 32
        error = refusal(lambda: done(get_monitor.sync_detailed(absent, client=client)))
        assert (error.status, error.code) == (404, "not_found"), error
        wrong = models.CreateHttpMonitor(type_="HTTP", name="", target=NOBODY)
        error = refusal(lambda: done(create_monitor.sync_detailed(client=client, body=wrong)))
        assert (error.status, error.code) == (422, "validation_error"), error
        assert [fault.pointer for fault in error.fields] == ["/name"], error
    limited = os.environ["MONITORAH_LIMITED_URL"], os.environ["MONITORAH_LIMITED_KEY"]
    with connect(*limited) as client:
        for _ in range(20):
            try:
                done(list_monitors.sync_detailed(client=client))
            except ApiError as refused:
                assert (refused.status, refused.code) == (429, "rate_limited"), refused
                assert refused.retry_after is not None and refused.retry_after >= 1
                return
        raise AssertionError("twenty requests passed a limit of five")


if __name__ == "__main__":
    every_type(json.loads(Path(sys.argv[1]).read_text()))
    every_refusal()
    url = os.environ["MONITORAH_URL"]
    assert quickstart.tour(url, os.environ["MONITORAH_KEY"], f"{url}/api/v1/health") == 1
