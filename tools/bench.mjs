// make bench: the figures of the design, measured on the release. `--only core,edits,idle,signups,browser,sizes` picks some,
// `--quick` takes one short round. Text on the terminal, JSON in target/bench/results.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { measureBrowser } from './bench/browser.mjs';
import { measureCore } from './bench/core.mjs';
import { measureEdits, measureIdle } from './bench/relays.mjs';
import { report } from './bench/report.mjs';
import { measureSignUps } from './bench/signups.mjs';
import { checkRust, installPackages } from './lib/install.mjs';
import { target } from './lib/paths.mjs';
import { buildAll } from './lib/release.mjs';
import { cargo, output } from './lib/run.mjs';
import { main, step } from './lib/say.mjs';
import { sizes } from './lib/site.mjs';

await main(async () => {
  const flag = (name) => process.argv.includes(name) && (process.argv[process.argv.indexOf(name) + 1] ?? true);
  const wanted = (flag('--only') || 'core,edits,idle,signups,browser,sizes').split(',');
  const quick = Boolean(flag('--quick'));
  checkRust();
  const program = await buildAll();
  await step('Building the load generator', (report) =>
    cargo(['build', '--release', '-p', 'samplan-server', '--example', 'load'], { report }),
  );
  await installPackages('tools/peers', 'the JavaScript peers');
  const setting = { program, load: join(target, 'release', 'examples', 'load'), quick };

  const results = {
    when: new Date().toISOString(),
    revision: output('git', ['rev-parse', '--short', 'HEAD']),
    machine: { cores: cpus().length, processor: cpus()[0].model.trim(), memory: totalmem() },
  };
  if (wanted.includes('core')) results.core = await measureCore();
  if (wanted.includes('edits')) results.edits = await measureEdits(setting);
  if (wanted.includes('idle')) results.idle = await measureIdle(setting);
  if (wanted.includes('signups')) results.signups = await measureSignUps(setting);
  if (wanted.includes('browser')) results.browser = await measureBrowser(setting);
  if (wanted.includes('sizes')) results.sizes = sizes();

  const folder = join(target, 'bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  const text = report(results);
  writeFileSync(join(folder, 'results.txt'), text);
  process.stdout.write(`\n${text}`);
});
