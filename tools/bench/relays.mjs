// Our relay beside the JavaScript one: edits under load, and connections that do nothing. Rounds alternate, so that what
// else the machine does meets both; the medians are told.
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../lib/run.mjs';
import { StepFailed, step } from '../lib/say.mjs';
import { startOurs, startTheirs } from './servers.mjs';

const clients = 100;
const documents = 10;
const idle = 2000;

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];

/** The median of each figure over rounds. */
const medians = (rounds) => Object.fromEntries(Object.keys(rounds[0]).map((key) => [key, median(rounds.map((round) => round[key]))]));

async function withServer(start, work) {
  const server = await start();
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

/** Edit to other screen, processor time and memory, at 100 and 300 changes a second. */
export async function measureEdits({ program, load, quick }) {
  const rounds = quick ? 1 : 3;
  const seconds = quick ? 5 : 15;
  const results = [];
  for (const rate of [100, 300]) {
    const found = { samplan: [], 'automerge-repo-sync-server': [] };
    for (let round = 1; round <= rounds; round += 1) {
      for (const start of [() => startOurs(program), startTheirs]) {
        await withServer(start, (server) =>
          step(`${server.name}: ${clients} clients, ${documents} documents, ${rate} changes/s, round ${round} of ${rounds}`, async () => {
            const ids = [];
            for (let made = 0; made < documents; made += 1) ids.push(await server.register());
            const text = await run(load, [
              'edits', server.socket, '--documents', ids.join(','), '--clients', `${clients}`, '--rate', `${rate}`,
              '--seconds', `${seconds}`, '--pid', `${server.pid}`, ...server.options,
            ]).catch((error) => {
              throw new StepFailed(`${error.message}\nThe relay said:\n${server.log()}`);
            });
            found[server.name].push({ ...JSON.parse(text), peak: server.peak() });
          }),
        );
      }
    }
    for (const [relay, all] of Object.entries(found)) results.push({ rate, relay, ...medians(all), rounds: all });
  }
  return results;
}

/** Memory for each of many connections that do nothing. */
export async function measureIdle({ program, load }) {
  const results = [];
  for (const start of [() => startOurs(program), startTheirs]) {
    await withServer(start, (server) =>
      step(`${server.name}: ${idle} idle connections`, async () => {
        // One connection and some time first, so that what is made at the first use is not counted to the others.
        await hold(load, server, 1, async () => {});
        await sleep(1000);
        const before = server.resident();
        await hold(load, server, idle, async () => {
          await sleep(3000);
          results.push({ relay: server.name, connections: idle, before, after: server.resident(), each: Math.round((server.resident() - before) / idle) });
        });
      }),
    );
  }
  return results;
}

/** Opens connections, does `work` while they are there, and closes them. */
async function hold(load, server, connections, work) {
  const child = spawn('bash', ['-c', 'ulimit -n "$(ulimit -H -n)"; exec "$0" "$@"', load, 'idle', server.socket, '--connections', `${connections}`, ...server.options], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (part) => (errors += part));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const ready = await Promise.race([
    new Promise((resolve) => child.stdout.once('data', () => resolve(true))),
    ended.then(() => false),
  ]);
  if (!ready) throw new StepFailed(`${errors}\n${connections} connections could not be opened. The relay said:\n${server.log()}`);
  await work();
  child.stdin.end();
  await ended;
}
