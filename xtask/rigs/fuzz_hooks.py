"""What every generated request goes through before it is sent.

It stays on this machine, it does not take away the key that the run is made with, and it often
names a thing that is there: a made-up id is only ever not found. At the end, an operation that
never got through is a failure: nobody would have tried it.
"""

import atexit
import datetime
import json
import os
import re
from urllib.parse import unquote

import requests
import schemathesis
from schemathesis.core.parameters import ParameterLocation

URL = os.environ["MONITORAH_URL"]
KEY = {"authorization": "Bearer " + os.environ["MONITORAH_KEY"]}

# Nobody listens there.
URL_OF_NOBODY = "http://127.0.0.1:9/"
# Fields that name a machine which the server would then talk to, and nobody instead.
ADDRESSES = {
    "target": URL_OF_NOBODY,
    "url": URL_OF_NOBODY,
    "webhookUrl": URL_OF_NOBODY,
    "apiUrl": URL_OF_NOBODY,
    "rdapUrl": URL_OF_NOBODY,
    "bootstrapUrl": URL_OF_NOBODY,
    "proxy": URL_OF_NOBODY,
    "host": "127.0.0.1",
    "server": "127.0.0.1:9",
}
# What some types take for a target, where an URL is none.
TARGETS = {
    "PORT": "127.0.0.1:9",
    "TLS": "127.0.0.1:9",
    "PING": "127.0.0.1",
    "DNS": "shop.example",
    "DOMAIN": "shop.example",
}
# Fields that name somebody's machine when they are left out or null.
BY_DEFAULT = {
    "TELEGRAM": ["apiUrl"],
    "PAGERDUTY": ["apiUrl"],
    "TWILIO": ["apiUrl"],
    "DNS": ["server"],
    "DOMAIN": ["rdapUrl", "bootstrapUrl"],
}
# With one of these in it a text names no machine, whatever reads it.
NEVER_IN_A_NAME = set(" \t\r\n\"<>\\^`{|}") | {chr(code) for code in range(32)} | {chr(127)}


def own(method, path, body=None):
    """A request of our own, to begin with."""
    answer = requests.request(method, URL + path, json=body, headers=KEY, timeout=30)
    answer.raise_for_status()
    return answer.json()


# The key of the run was the first.
OWN_KEY = own("GET", "/api/v1/api-keys")["data"][0]["id"]


class Known:
    """Ids that are there, by the prefix of their kind, and the tokens of heartbeats."""

    def __init__(self):
        self.ids = {}
        self.turn = 0

    def take_in(self, value):
        if isinstance(value, dict):
            if value.get("type") == "MANUAL" and "id" in value:
                self.remember("manual", value["id"])
            for name, inner in value.items():
                if name == "heartbeatToken" and isinstance(inner, str):
                    self.remember("token", inner)
                self.take_in(inner)
        elif isinstance(value, list):
            for inner in value:
                self.take_in(inner)
        elif isinstance(value, str) and re.fullmatch(r"[a-z]{3}_[0-9a-f]{32}", value):
            self.remember(value[:3], value)

    def forget(self, id):
        for known in self.ids.values():
            if id in known:
                known.remove(id)

    def remember(self, kind, id):
        known = self.ids.setdefault(kind, [])
        if id not in known and id != OWN_KEY:
            known.append(id)
            del known[:-20]

    def one(self, kind, otherwise):
        """One of a kind, in turn, new ones rather than old; now and then what was made up."""
        self.turn += 1
        known = self.ids.get(kind, [])[-3:]
        return known[self.turn % len(known)] if known and self.turn % 5 else otherwise


KNOWN = Known()
# What stands before an id in a path, and the prefix of such ids.
NOUNS = {
    "monitors": "mtr",
    "analytics": "mtr",
    "badges": "mtr",
    "events": "evt",
    "notification-channels": "chn",
    "notification-rules": "rul",
    "api-keys": "key",
    "maintenance-windows": "mnt",
    "silences": "sil",
}
FIELDS = {"monitorId": "mtr", "monitorIds": "mtr", "channelId": "chn", "channelIds": "chn"}


def begin():
    """Something of each kind."""
    for number in range(3):
        job = {"name": f"job {number}", "type": "HEARTBEAT", "config": {"graceSeconds": 60}}
        KNOWN.take_in(own("POST", "/api/v1/monitors", job))
        board = {"name": f"board {number}", "type": "MANUAL"}
        KNOWN.take_in(own("POST", "/api/v1/monitors", board))
    down = {"name": "down", "type": "PORT", "target": "127.0.0.1:9", "intervalSeconds": 1}
    KNOWN.take_in(own("POST", "/api/v1/monitors", down))
    hook = {"name": "hook", "type": "WEBHOOK", "config": {"url": URL_OF_NOBODY}}
    channel = own("POST", "/api/v1/notification-channels", hook)
    KNOWN.take_in(channel)
    rule = {"name": "all", "channelIds": [channel["id"]], "allMonitors": True}
    KNOWN.take_in(own("POST", "/api/v1/notification-rules", rule))
    for number in range(3):
        window = {
            "name": f"works {number}",
            "monitorIds": [KNOWN.one("mtr", "")],
            "schedule": {
                "type": "RECURRING",
                "cron": "0 3 * * 1",
                "durationMinutes": 30,
                "timeZone": "Europe/Berlin",
            },
        }
        KNOWN.take_in(own("POST", "/api/v1/maintenance-windows", window))
        silence = {"reason": f"known {number}", "monitorIds": window["monitorIds"]}
        ends = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
        KNOWN.take_in(own("POST", "/api/v1/silences", silence | {"endsAt": ends.isoformat()}))
    KNOWN.take_in(own("POST", "/api/v1/api-keys", {"name": "more", "scopes": ["*"]}))


begin()


def at_home(value, name=None):
    """The same value, with every address in it that could be somebody's made nobody's."""
    if isinstance(value, dict):
        value = {key: at_home(inner, key) for key, inner in value.items()}
        kind = value.get("type")
        kind = kind if isinstance(kind, str) else ""
        if kind in TARGETS and value.get("target") == URL_OF_NOBODY:
            value["target"] = TARGETS[kind]
        config = value.get("config")
        if kind in BY_DEFAULT and (isinstance(config, dict) or "config" not in value):
            value["config"] = {name: ADDRESSES[name] for name in BY_DEFAULT[kind]} | (config or {})
        return value
    if isinstance(value, list):
        return [at_home(inner, name) for inner in value]
    if name in ("apiUrl", "rdapUrl", "bootstrapUrl", "server") and value is None:
        return ADDRESSES[name]
    if name in ADDRESSES and isinstance(value, str) and value and not NEVER_IN_A_NAME & set(value):
        return ADDRESSES[name]
    return value


def made_known(value):
    """The same body, with ids that are there."""
    if not isinstance(value, dict):
        return value
    changed = {}
    for name, inner in value.items():
        kind = FIELDS.get(name)
        if kind and isinstance(inner, str):
            inner = KNOWN.one(kind, inner)
        elif kind and isinstance(inner, list) and inner and all(isinstance(id, str) for id in inner):
            inner = [KNOWN.one(kind, inner[0])]
        changed[name] = inner
    # What covers monitors covers all or some; no schema says so.
    some = [name for name in ("monitorIds", "tags", "groups") if name in changed]
    if changed.get("allMonitors"):
        for name in some:
            changed.pop(name)
    elif {"channelIds", "schedule", "reason"} & set(changed) and not any(changed[name] for name in some):
        changed["monitorIds"] = [KNOWN.one("mtr", "")]
    if KNOWN.turn % 5:
        in_time(changed)
    return changed


def in_time(body):
    """Times that go together, where a body has some: no schema can say how they must."""
    hour = datetime.timedelta(hours=1)
    now = datetime.datetime.now(datetime.timezone.utc)
    if "endsAt" in body:
        body |= {"startsAt": None, "endsAt": (now + hour).isoformat()}
    elif "startsAt" in body:
        body["startsAt"] = now.isoformat()
    schedule = body.get("schedule")
    if not isinstance(schedule, dict):
        return
    if schedule.get("type") == "ONCE":
        body["schedule"] = schedule | {"startsAt": now.isoformat(), "endsAt": (now + hour).isoformat()}
    else:
        schedule = {key: value for key, value in schedule.items() if key not in ("from", "until")}
        if schedule.get("weekdays") and schedule.get("time"):
            schedule.pop("cron", None)
        else:
            schedule = {key: value for key, value in schedule.items() if key not in ("weekdays", "time")}
            schedule["cron"] = "0 3 * * 1"
        body["schedule"] = schedule | {"timeZone": "Europe/Berlin"}


def is_right(case, location):
    """Whether this part of a request is meant to be right."""
    return case.meta is None or not case.meta.is_negative_at(location)


@schemathesis.hook
def before_call(context, case, kwargs):
    case.body = at_home(case.body)
    if case.method.upper() == "PATCH" and isinstance(case.body, dict):
        # Without a configuration some types ask somebody.
        case.body = {key: value for key, value in case.body.items() if (key, value) != ("config", None)}
    if is_right(case, ParameterLocation.BODY):
        case.body = made_known(case.body)
    path = dict(case.path_parameters or {})
    if is_right(case, ParameterLocation.PATH):
        noun = re.search(r"/([a-z-]+)/\{(?:id|monitorId)\}", case.path)
        # Only of these somebody sets the state.
        kind = "manual" if case.path.endswith("/status") else NOUNS.get(noun.group(1)) if noun else None
        for name in ("id", "monitorId"):
            if kind and name in path:
                path[name] = KNOWN.one(kind, path[name])
        if "token" in path:
            path["token"] = KNOWN.one("token", path["token"])
        if path != (case.path_parameters or {}):
            case.path_parameters = path
    if "api-keys" in case.path and OWN_KEY in unquote(str(path.get("id", ""))):
        case.path_parameters = {**path, "id": "key_" + "0" * 32}


REACHED = {}


@schemathesis.hook
def after_call(context, case, response):
    operation = f"{case.operation.method.upper()} {case.operation.path}"
    reached = REACHED.setdefault(operation, {})
    reached[response.status_code] = reached.get(response.status_code, 0) + 1
    if response.status_code == 204 and case.path_parameters:
        KNOWN.forget(case.path_parameters.get("id"))
    if response.status_code < 300 and "json" in str(response.headers.get("content-type", "")):
        KNOWN.take_in(response.json())


@atexit.register
def tell():
    place = os.environ.get("MONITORAH_REACHED")
    if place:
        with open(place, "w") as file:
            json.dump(REACHED, file, indent=1, sort_keys=True)
