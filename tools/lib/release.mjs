// The whole release, and the server that is started from it.
import { spawn } from 'node:child_process';
import { totalmem } from 'node:os';
import { root } from './paths.mjs';
import { buildServer, buildSite } from './site.mjs';

/** Two compilers at once want about this much; the last step of the browser's half keeps only one core busy. */
const roomForBoth = 6_000_000_000;

/** Builds site and server, at the same time where there is room: the path of the server's program. */
export async function buildAll() {
  if (totalmem() < roomForBoth) {
    await buildSite();
    return buildServer();
  }
  const server = buildServer();
  // Told when it is waited for; until then it must not end the process.
  server.catch(() => {});
  await buildSite();
  return server;
}

/** Runs the server in this terminal until it ends: its exit code. Ctrl+C reaches it and lets it finish. */
export function serve(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 0 : 1)));
  });
}
