// A relay of one's own: the real program on a free port with an empty data folder and the demo accounts. It can be
// killed and started again on the same data, as when a machine goes down.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');

/** The password of the demo accounts in tests. */
export const password = 'rosenbad-tegel-7412';

/** What one tester does in a minute is more than a person does in a day. */
const limits = {
  SAMPLAN_LIMIT_LOGINS: '100000',
  SAMPLAN_LIMIT_CONNECTIONS_PER_USER: '1000',
  SAMPLAN_LIMIT_CONNECTIONS_PER_ADDRESS: '1000',
  SAMPLAN_LIMIT_SESSIONS_PER_USER: '1000',
};

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function program(): string {
  const built = process.env.SAMPLAN_BIN ?? join(target, 'release', 'samplan');
  if (!existsSync(built)) throw new Error(`${built} is missing: build it with make site`);
  return built;
}

export class Relay {
  private child: ChildProcess | null = null;
  private log = '';

  private constructor(
    readonly url: string,
    readonly port: number,
    readonly data: string,
    private readonly environment: Record<string, string>,
  ) {}

  /** Starts one on an empty data folder and waits until it answers. */
  static async start(environment: Record<string, string> = {}): Promise<Relay> {
    const port = await freePort();
    const data = mkdtempSync(join(tmpdir(), 'samplan-'));
    const relay = new Relay(`http://127.0.0.1:${port}`, port, data, environment);
    await relay.restart();
    return relay;
  }

  /** Starts it again, on the same port and data. */
  async restart(): Promise<void> {
    const child = spawn(program(), ['--demo'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...limits,
        SAMPLAN_ADDR: `127.0.0.1:${this.port}`,
        SAMPLAN_URL: this.url,
        SAMPLAN_DATA: this.data,
        SAMPLAN_SITE: process.env.SAMPLAN_SITE ?? join(target, 'site'),
        SAMPLAN_DEMO_PASSWORD: password,
        ...this.environment,
      },
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (this.log += part));
    for (let attempt = 0; attempt < 300; attempt += 1) {
      if (child.exitCode !== null) throw new Error(`the relay ended at its start:\n${this.log}`);
      try {
        if ((await fetch(`${this.url}/halsa`)).ok) return;
      } catch {
        // Not listening yet.
      }
      await sleep(50);
    }
    throw new Error(`the relay does not answer:\n${this.log}`);
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Ends it and removes its data. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
    rmSync(this.data, { recursive: true, force: true });
  }

  /** What it has written to the terminal. */
  get output(): string {
    return this.log;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const patience = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(patience);
  }
}
