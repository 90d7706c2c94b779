// Makes a monitor, finds it in the list and deletes it.

import { ApiError, connect, done, everything } from "./monitorah.js";

/** Gives how many monitors there were meanwhile. */
export async function tour(url: string, key: string, target: string): Promise<number> {
  const client = connect(url, key);

  // What is left out has the server's default; here that is a check each minute.
  const made = await done(
    client.POST("/api/v1/monitors", {
      body: {
        type: "HTTP",
        name: "Quickstart",
        target,
        config: { method: "GET" },
        tags: ["example"],
      },
    }),
  );

  // The list comes in pages; the next one is asked for when it is needed.
  const monitors = everything((cursor) =>
    done(client.GET("/api/v1/monitors", { params: { query: { limit: 2, cursor } } })),
  );
  let seen = 0;
  let found = false;
  for await (const monitor of monitors) {
    seen += 1;
    found ||= monitor.id === made.id;
  }
  if (!found) throw new Error("what was made is not in the list");

  const path = { params: { path: { id: made.id } } };
  await done(client.DELETE("/api/v1/monitors/{id}", path));
  try {
    await done(client.GET("/api/v1/monitors/{id}", path));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return seen;
    throw error;
  }
  throw new Error("the monitor is still there");
}
