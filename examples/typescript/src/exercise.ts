// What `cargo xtask contract` runs: the generated TypeScript client against a running server.
//
// Every type of monitor and of channel that the specification has is made, listed over several
// pages and deleted; each refusal arrives as what it is. A type without a body does not compile.

import { ApiError, connect, done, everything, type Monitorah, type Schemas } from "./monitorah.js";
import { tour } from "./tour.js";

// Nobody listens there.
const NOBODY = "http://127.0.0.1:9/";
// No check of another crate is registered: the body is understood, its kind is not.
const REFUSED = ["CUSTOM"];

type Bodies<Union extends { type: string }> = {
  [Type in Union["type"]]: Extract<Union, { type: Type }>;
};

const MONITORS: Bodies<Schemas["CreateMonitor"]> = {
  HTTP: {
    type: "HTTP",
    name: "http",
    target: NOBODY,
    paused: true,
    config: {
      method: "GET",
      expectedStatus: [200, "3xx"],
      bearerToken: "hush",
      assertions: [{ type: "BODY_CONTAINS", text: "ok" }],
    },
  },
  PORT: {
    type: "PORT",
    name: "port",
    target: "127.0.0.1",
    paused: true,
    config: { port: 9, expectOpen: false },
  },
  PING: {
    type: "PING",
    name: "ping",
    target: "127.0.0.1",
    paused: true,
    config: { count: 1, maxAverageMs: 100 },
  },
  DNS: {
    type: "DNS",
    name: "dns",
    target: "shop.example",
    paused: true,
    config: { recordType: "MX", server: "127.0.0.1:9", expectedValues: ["mail"] },
  },
  TLS: {
    type: "TLS",
    name: "tls",
    target: "127.0.0.1:9",
    paused: true,
    config: { warningDays: 21 },
  },
  DOMAIN: {
    type: "DOMAIN",
    name: "domain",
    target: "shop.example",
    paused: true,
    config: { rdapUrl: NOBODY },
  },
  GROUP: { type: "GROUP", name: "group", paused: true, config: { tag: "shop" } },
  MANUAL: { type: "MANUAL", name: "manual", paused: true },
  HEARTBEAT: { type: "HEARTBEAT", name: "job", config: { graceSeconds: 60 } },
  CUSTOM: { type: "CUSTOM", name: "custom", config: { kind: "acme.queue" } },
};

const CHANNELS: Bodies<Schemas["CreateChannel"]> = {
  WEBHOOK: { type: "WEBHOOK", name: "hook", config: { url: NOBODY } },
  SLACK: {
    type: "SLACK",
    name: "slack",
    config: { webhookUrl: `${NOBODY}services/hush` },
  },
  DISCORD: {
    type: "DISCORD",
    name: "discord",
    config: { webhookUrl: `${NOBODY}api/webhooks/1/hush` },
  },
  TELEGRAM: {
    type: "TELEGRAM",
    name: "telegram",
    config: { apiUrl: NOBODY, botToken: `123456:${"hush".repeat(9)}`, chatId: "-100123" },
  },
  PAGERDUTY: {
    type: "PAGERDUTY",
    name: "pagerduty",
    config: { apiUrl: NOBODY, routingKey: "hush".repeat(8) },
  },
  TWILIO: {
    type: "TWILIO",
    name: "twilio",
    config: {
      apiUrl: NOBODY,
      accountSid: `AC${"0".repeat(32)}`,
      authToken: "hush".repeat(8),
      mode: "SMS",
      from: "+15005550006",
      to: "+15005550009",
    },
  },
  EMAIL: {
    type: "EMAIL",
    name: "mail",
    config: { host: "127.0.0.1", port: 9, from: "a@example.org", to: ["b@example.org"] },
  },
};

function must(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

function setting(name: string): string {
  const value = process.env[name];
  must(value !== undefined, `set ${name}`);
  return value;
}

async function refusal(call: Promise<unknown>): Promise<ApiError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error("the server did not refuse");
}

function told(error: ApiError, status: number, code: string): void {
  must(error.status === status && error.code === code, error.message);
}

async function everyType(client: Monitorah): Promise<void> {
  const made: string[] = [];
  let token: string | undefined;
  for (const [type, body] of Object.entries(MONITORS)) {
    const call = done(client.POST("/api/v1/monitors", { body }));
    if (REFUSED.includes(type)) {
      told(await refusal(call), 422, "validation_error");
      continue;
    }
    const monitor = await call;
    must(monitor.type === type, `${type} became ${monitor.type}`);
    must(!JSON.stringify(monitor).includes("hush"), "a secret came back");
    token ??= monitor.heartbeatToken;
    made.push(monitor.id);
  }

  const first = await done(client.GET("/api/v1/monitors", { params: { query: { limit: 1 } } }));
  must(first.data.length === 1 && first.meta.hasMore, "the first page is not one of several");
  const listed: string[] = [];
  const all = everything((cursor) =>
    done(client.GET("/api/v1/monitors", { params: { query: { limit: 1, cursor } } })),
  );
  for await (const monitor of all) listed.push(monitor.id);
  must(listed.length >= 2 && listed.sort().join() === made.sort().join(), listed.join());

  must(token !== undefined, "a heartbeat monitor shows its token");
  await done(
    client.POST("/api/v1/heartbeat/{token}/{signal}", {
      params: { path: { token, signal: "fail" } },
      body: "it broke",
      bodySerializer: (text) => text,
      headers: { "content-type": "text/plain" },
      parseAs: "text",
    }),
  );

  for (const [type, body] of Object.entries(CHANNELS)) {
    const channel = await done(client.POST("/api/v1/notification-channels", { body }));
    must(channel.type === type, `${type} became ${channel.type}`);
    must(!JSON.stringify(channel).includes("hush"), "a secret came back");
    const path = { params: { path: { id: channel.id } } };
    await done(client.DELETE("/api/v1/notification-channels/{id}", path));
  }

  for (const id of made) {
    await done(client.DELETE("/api/v1/monitors/{id}", { params: { path: { id } } }));
  }
  const left = await done(client.GET("/api/v1/monitors"));
  must(left.data.length === 0, "what was deleted is still there");
}

async function everyRefusal(client: Monitorah): Promise<void> {
  const stranger = connect(setting("MONITORAH_URL"), "mon_live_nobody");
  const unknown = await refusal(done(stranger.GET("/api/v1/monitors")));
  told(unknown, 401, "unauthorized");
  must(unknown.requestId !== undefined, "a refusal has its request's id");

  const id = `mtr_${"0".repeat(32)}`;
  const absent = done(client.GET("/api/v1/monitors/{id}", { params: { path: { id } } }));
  told(await refusal(absent), 404, "not_found");

  const body = { type: "HTTP", name: "", target: NOBODY } as const;
  const wrong = await refusal(done(client.POST("/api/v1/monitors", { body })));
  told(wrong, 422, "validation_error");
  must(wrong.fields[0]?.pointer === "/name", JSON.stringify(wrong.fields));

  const limited = connect(setting("MONITORAH_LIMITED_URL"), setting("MONITORAH_LIMITED_KEY"));
  const many = async () => {
    for (let count = 0; count < 20; count += 1) await done(limited.GET("/api/v1/monitors"));
  };
  const refused = await refusal(many());
  told(refused, 429, "rate_limited");
  must(refused.retryAfter !== undefined && refused.retryAfter >= 1, "it says how long to wait");
}

/** Something in between answers in the server's place: never as if it had been done. */
async function everyProxy(client: Monitorah): Promise<void> {
  for (const body of [null, "<html>", "{}", '{"error":"down"}', '{"error":{"code":"x"}}']) {
    const headers = { "content-length": `${body?.length ?? 0}`, "retry-after": "soon" };
    const fetch = async () => new Response(body, { status: 502, headers });
    const refused = await refusal(done(client.GET("/api/v1/monitors", { fetch })));
    told(refused, 502, "not_understood");
    must(refused.retryAfter === undefined, "no number of seconds was said");
  }
}

const url = setting("MONITORAH_URL");
const key = setting("MONITORAH_KEY");
await everyType(connect(url, key));
await everyRefusal(connect(url, key));
await everyProxy(connect(url, key));
must((await tour(url, key, `${url}/api/v1/health`)) === 1, "the quickstart sees one monitor");
