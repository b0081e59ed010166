// The relays that are measured, started in the same way: on a free port, with an empty folder, with room for many files.
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inRoot, root, site } from '../lib/paths.mjs';
import { StepFailed } from '../lib/say.mjs';

const password = 'rosenbad-tegel-7412';

/** A load test does in a second what a person does in a day; what guards against it is measured elsewhere. */
const lifted = Object.fromEntries(
  ['CONNECTIONS', 'CONNECTIONS_PER_USER', 'CONNECTIONS_PER_ADDRESS', 'LOGINS', 'SYNC_MESSAGES_PER_SECOND', 'SYNC_MESSAGE_BURST', 'SESSIONS_PER_USER', 'SIGNUPS_PER_ADDRESS', 'SIGNUPS_PER_OCCASION'].map(
    (name) => [`SAMPLAN_LIMIT_${name}`, '100000'],
  ),
);

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a program that serves HTTP and waits until it answers. */
async function start(program, args, { port, env, data, answersAt }) {
  // 2,000 connections want more files than Debian's default of 1,024; `exec` keeps the process id.
  const child = spawn('bash', ['-c', 'ulimit -n "$(ulimit -H -n)"; exec "$0" "$@"', program, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (log = (log + part).slice(-20_000)));
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; ; attempt += 1) {
    if (child.exitCode !== null || attempt === 300) throw new StepFailed(`${log}\n${program} did not start.`);
    const answer = await fetch(url + answersAt).catch(() => null);
    if (answer?.ok) break;
    await sleep(50);
  }
  const memory = (name) => 1024 * Number(readFileSync(`/proc/${child.pid}/status`, 'utf8').match(new RegExp(`${name}:\\s+(\\d+)`))[1]);
  return {
    url,
    pid: child.pid,
    log: () => log,
    resident: () => memory('VmRSS'),
    peak: () => memory('VmHWM'),
    /** Ends it and keeps its data. */
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(patience);
    },
    async stop() {
      await this.kill();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Our own relay, with its demo accounts. */
export async function startOurs(program) {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'samplan-bench-'));
  const url = `http://127.0.0.1:${port}`;
  const env = { ...lifted, SAMPLAN_ADDR: `127.0.0.1:${port}`, SAMPLAN_URL: url, SAMPLAN_DATA: data, SAMPLAN_SITE: site, SAMPLAN_DEMO_PASSWORD: password };
  const server = await start(program, ['--demo'], { port, env, data, answersAt: '/halsa' });
  const cookie = await signIn(url);
  const options = ['--cookie', cookie, '--origin', url];
  const register = async (fields = {}) => {
    const id = documentId();
    const session = await (await fetch(`${url}/api/session`, { headers: { cookie } })).json();
    const association = session.user.associations[0].id;
    const answer = await fetch(`${url}/api/documents`, {
      method: 'POST',
      headers: { cookie, origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({ id, kind: 'other', association, title: 'Belastningsprov', ...fields }),
    });
    if (!answer.ok) throw new StepFailed(`POST /api/documents answered ${answer.status}: ${await answer.text()}`);
    return id;
  };
  return { ...server, name: 'samplan', socket: `${url.replace('http', 'ws')}/sync`, options, cookie, register };
}

/** The JavaScript relay from npm, as it comes. */
export async function startTheirs() {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'sync-server-bench-'));
  const program = inRoot('tools/peers/node_modules/@automerge/automerge-repo-sync-server/src/index.js');
  const env = { PORT: String(port), DATA_DIR: data, NODE_ENV: 'production' };
  const server = await start(process.execPath, [program], { port, env, data, answersAt: '/' });
  return { ...server, name: 'automerge-repo-sync-server', socket: server.url.replace('http', 'ws'), options: [], register: async () => documentId() };
}

/** Signs in as a demo editor: the cookie. */
export async function signIn(url, email = 'redaktor@vasteras.example') {
  const answer = await fetch(`${url}/logga-in`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email, password }),
    redirect: 'manual',
  });
  const cookie = answer.headers.getSetCookie().map((set) => set.split(';')[0]).join('; ');
  if (!cookie) throw new StepFailed(`signing in answered ${answer.status} and no cookie`);
  return cookie;
}

/** A new document id: base58check of a random v4 UUID. */
export function documentId() {
  const bytes = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
  const sha = (input) => createHash('sha256').update(input).digest();
  let number = BigInt(`0x${Buffer.concat([bytes, sha(sha(bytes)).subarray(0, 4)]).toString('hex')}`);
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  let text = '';
  for (; number > 0n; number /= 58n) text = alphabet[Number(number % 58n)] + text;
  for (const byte of bytes) {
    if (byte !== 0) break;
    text = `1${text}`;
  }
  return text;
}
