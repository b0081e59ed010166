// The relay's binary on a free port with a folder of its own, and a signed-in way into it.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const password = "peers-password";

/** Where cargo put the relay; `SAMPLAN_BIN` says otherwise. */
function binary() {
  const candidates = [process.env.SAMPLAN_BIN, "target/release/samplan", "target/debug/samplan"];
  const found = candidates.filter(Boolean).map((path) => join(path.startsWith("/") ? "" : root, path)).find(existsSync);
  if (!found) throw new Error("the relay is not built: cargo build -p samplan-server");
  return found;
}

/** Starts a relay with demo accounts; `stop()` ends it and removes its folder. */
export async function startRelay() {
  const data = await mkdtemp(join(tmpdir(), "samplan-peers-"));
  const port = await freePort();
  const launch = async () => {
    const child = spawn(binary(), ["--demo"], {
      cwd: root,
      env: {
        ...process.env,
        SAMPLAN_ADDR: `127.0.0.1:${port}`,
        SAMPLAN_DATA: data,
        SAMPLAN_DEMO_PASSWORD: password,
        SAMPLAN_URL: "",
      },
      stdio: ["ignore", "ignore", "inherit"],
    });
    for (let tries = 0; tries < 200; tries++) {
      if (child.exitCode !== null) throw new Error(`the relay ended with ${child.exitCode}`);
      const ready = await fetch(`http://127.0.0.1:${port}/halsa`).then((answer) => answer.ok, () => false);
      if (ready) return child;
      await sleep(50);
    }
    throw new Error("the relay did not start");
  };
  let child = await launch();
  const kill = (signal) =>
    new Promise((resolve) => {
      child.once("exit", resolve);
      child.kill(signal);
    });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async restart(signal = "SIGKILL") {
      await kill(signal);
      child = await launch();
    },
    async stop() {
      await kill("SIGTERM");
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Signs in with the form, as a browser without JavaScript would, and returns the cookie. */
export async function signIn(relay, email) {
  const answer = await fetch(`${relay.url}/logga-in`, {
    method: "POST",
    body: new URLSearchParams({ email, password }),
    redirect: "manual",
  });
  if (answer.status !== 303) throw new Error(`signing in as ${email}: ${answer.status}`);
  return answer.headers.getSetCookie()[0].split(";")[0];
}

/**
 * A websocket address that adds the session's cookie to the upgrade: the client from npm takes none and is used
 * as it is. `cut()` breaks the connections that are open, as a network would.
 */
export async function withCookie(relay, cookie) {
  const open = new Set();
  const server = createServer((client) => {
    const upstream = connect(relay.port, "127.0.0.1");
    const both = [client, upstream];
    both.forEach((socket) => {
      open.add(socket);
      socket.on("error", () => both.forEach((each) => each.destroy()));
      socket.on("close", () => {
        open.delete(socket);
        both.forEach((each) => each.destroy());
      });
    });
    client.once("data", (head) => {
      const text = head.toString("latin1").replace("\r\n", `\r\nCookie: ${cookie}\r\n`);
      upstream.write(Buffer.from(text, "latin1"));
      client.pipe(upstream);
      upstream.pipe(client);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `ws://127.0.0.1:${server.address().port}/sync`,
    cut: () => open.forEach((socket) => socket.destroy()),
    close: () => {
      open.forEach((socket) => socket.destroy());
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
