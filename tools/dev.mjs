// make dev: an unoptimised build that follows what you write. A changed style sheet shows after about a second, changed
// Rust after an incremental build; open pages load themselves anew. What you typed is in IndexedDB, and you stay signed
// in, since the data folder stays.
import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { checkRust } from './lib/install.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { StepFailed, main, say } from './lib/say.mjs';
import { buildServer, buildSite } from './lib/site.mjs';

/** Where the sources of each half lie. A file of `app` is in both. */
const watched = ['app', 'server', 'style', 'public', 'Cargo.toml'];
const forServer = /^(app|server|Cargo\.toml)/;

await main(async () => {
  checkRust();
  let child = null;
  const stop = () =>
    new Promise((resolve) => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', resolve);
      child.kill('SIGTERM');
    });
  const start = (program) => {
    child = spawn(program, ['--demo', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
  };

  const build = async (changed) => {
    // The site first: the server reads its names when it starts.
    await buildSite({ dev: true, live: true });
    const program = changed.some((path) => forServer.test(path)) || !child ? await buildServer({ dev: true }) : child.spawnfile;
    await stop();
    start(program);
  };

  let changed = ['app'];
  let building = false;
  const follow = async () => {
    if (building) return;
    building = true;
    while (changed.length) {
      const now = changed;
      changed = [];
      try {
        await build(now);
      } catch (error) {
        if (!(error instanceof StepFailed)) throw error;
        say(`${error.message}\nThe last build that worked is still served.`);
      }
    }
    building = false;
  };

  let settle;
  for (const path of watched.filter((path) => existsSync(inRoot(path)))) {
    watch(inRoot(path), { recursive: true }, (_, name) => {
      // Editors write a file in several steps; their backup files are none of ours.
      if (!name || /(^|\/)\.|~$|\.sw.$/.test(name)) return;
      changed.push(`${path}/${name}`);
      clearTimeout(settle);
      settle = setTimeout(follow, 150);
    });
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop().then(() => process.exit(0)));
  await follow();
  say('Following app/, server/, style/ and public/. Ctrl+C ends it.');
});
