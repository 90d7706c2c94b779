// A thin layer over the generated types: refusals as errors, and lists over all their pages.

import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./schema.js";

export type Schemas = components["schemas"];
export type Monitorah = Client<paths>;

/** The server refused. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: string;
  /** Everything that is wrong with the request, with a JSON pointer each. */
  readonly fields: readonly Schemas["FieldFault"][];
  /** Finds the request in the server's log. */
  readonly requestId: string | undefined;

  constructor(
    readonly status: number,
    { code, message, details }: Schemas["ErrorBody"],
    /** How long to wait before trying again, for a 429 and a 503: seconds. */
    readonly retryAfter: number | undefined,
  ) {
    super(`the server refused (${status} ${code}): ${message}`);
    this.code = code;
    this.fields = details.fields ?? [];
    this.requestId = details.requestId;
  }
}

/** A client of the server at this address which shows this API key. */
export function connect(url: string, key: string): Monitorah {
  return createClient<paths>({
    baseUrl: url.replace(/\/+$/, ""),
    headers: { authorization: `Bearer ${key}` },
  });
}

type Outcome<T> =
  | { data: T; error?: never; response: Response }
  | { data?: never; error: Schemas["ErrorEnvelope"]; response: Response };

/** What an operation gave; throws {@link ApiError} when the server refused. */
export async function done<T>(call: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await call;
  // An answer of a proxy in between has no body, or one of its own: only the status tells.
  if (!response.ok || error !== undefined) {
    const wait = Number(response.headers.get("retry-after") ?? Number.NaN);
    throw new ApiError(response.status, told(error), Number.isNaN(wait) ? undefined : wait);
  }
  return data as T;
}

/** What a refusal says, where it is one of this API. */
function told(error: unknown): Schemas["ErrorBody"] {
  const inner: unknown = isObject(error) ? error["error"] : undefined;
  if (isObject(inner) && typeof inner["code"] === "string" && isObject(inner["details"])) {
    return inner as Schemas["ErrorBody"];
  }
  const message = "the answer is none of this API: look at the address, and at proxies in between";
  return { code: "not_understood", message, details: {} };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

interface Page<T> {
  data: T[];
  meta: Schemas["PageMeta"];
}

/** Every thing of a list; `fetch` gets the page that begins at a cursor. */
export async function* everything<T>(
  fetch: (cursor: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<T, void, void> {
  let cursor: string | undefined;
  do {
    const page = await fetch(cursor);
    yield* page.data;
    cursor = page.data.length === 0 ? undefined : (page.meta.nextCursor ?? undefined);
  } while (cursor !== undefined);
}
