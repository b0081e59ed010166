// make test: everything that is to pass, in the order of how soon it can fail. What fails does not stop what comes
// after, so that one run shows all that is wrong; the last line counts it.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkRust, installChromium, installLibreOffice, installPackages, installWasmTarget, wasmTarget } from './lib/install.mjs';
import { inRoot, target } from './lib/paths.mjs';
import { cargo, run } from './lib/run.mjs';
import { StepFailed, duration, main, say, step } from './lib/say.mjs';
import { buildSite, filesIn } from './lib/site.mjs';
import { fromCargo, fromCheck, fromNode, fromPlaywright } from './lib/suites.mjs';

const results = [];

/** Runs one suite: `work` returns its counts, or throws. */
async function suite(name, work) {
  const began = Date.now();
  let counts;
  try {
    counts = await step(name, work);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    say(`${name} FAILED\n${error.message}`);
    counts = fromCheck(false);
  }
  results.push({ name, ...counts, took: Date.now() - began });
}

/** Runs a program whose output holds the counts, also when it fails. */
async function counted(work, read) {
  try {
    return read(await work(), true);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stdout.write(`${error.output ?? error.message}\n`);
    return read(error.output ?? '', false);
  }
}

/** The tests of Node in a folder, one by one: what a folder as argument means differs between versions of Node. */
const testsIn = (folder) =>
  filesIn(inRoot(folder))
    .filter((name) => name.endsWith('.test.mjs') && !name.includes('node_modules'))
    .map((name) => join(folder, name));

const check = (args) => async (report) => {
  await cargo(args, { report });
  return fromCheck(true);
};

await main(async () => {
  checkRust();
  await installWasmTarget();
  mkdirSync(target, { recursive: true });

  // The same features everywhere, so that nothing is compiled twice.
  const everything = ['--workspace', '--features', 'samplan-exchange/libreoffice'];
  await suite('Format', check(['fmt', '--all', '--check']));
  const strict = ['--', '-D', 'warnings'];
  await suite('Lints: core alone', check(['clippy', '-p', 'samplan-core', '--all-targets', ...strict]));
  await suite('Lints: server and its half of the app', check(['clippy', ...everything, '--all-targets', ...strict]));
  await suite("Lints: the browser's half", check(['clippy', '-p', 'samplan-app', '--lib', '--target', wasmTarget, '--features', 'hydrate', ...strict]));

  await installLibreOffice();
  await suite('Unit, property and relay tests, and workbooks calculated by LibreOffice', (report) =>
    counted(
      () =>
        cargo(['test', ...everything, '--no-fail-fast'], {
          report,
          line: (line) => {
            const running = line.match(/Running .*?([a-z_]+\.rs)/);
            if (running) report(running[1]);
          },
        }),
      fromCargo,
    ),
  );

  let program = null;
  // The browser's half as it is released; the server as the tests above have compiled it: of the same code, and a whole
  // second build of it would take longer than all that it is used for here.
  await suite('The site as released, and the server', async (report) => {
    await buildSite();
    await cargo(['test', ...everything, '--no-run'], { report });
    program = join(target, 'debug', 'samplan');
    return fromCheck(true);
  });
  const env = program ? { SAMPLAN_BIN: program } : {};

  await suite('Tools, and JavaScript peers through the relay', async () => {
    await installPackages('tools', 'wasm-opt and lightningcss');
    await installPackages('tools/peers', 'the JavaScript peers');
    return counted(
      () => run(process.execPath, ['--test', '--test-reporter=tap', ...testsIn('tools')], { env }),
      fromNode,
    );
  });

  await suite('automerge-repo from npm through the relay', async () => {
    await installPackages('end2end', 'the JavaScript client');
    return counted(
      () => run(process.execPath, ['--test', '--test-reporter=tap', ...testsIn(join('end2end', 'peers'))], { env }),
      fromNode,
    );
  });

  await suite('Browser tests', async () => {
    await installPackages('end2end', 'Playwright and axe');
    const report = join(target, 'end2end.json');
    rmSync(report, { force: true });
    return counted(
      async () =>
        run(process.execPath, ['node_modules/@playwright/test/cli.js', 'test'], {
          cwd: inRoot('end2end'),
          show: true,
          env: { ...env, SAMPLAN_CHROMIUM: await installChromium(), SAMPLAN_E2E_JSON: report },
        }),
      (_, succeeded) => fromPlaywright(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null, succeeded),
    );
  });

  const total = (key) => results.reduce((all, result) => all + result[key], 0);
  process.stdout.write('\n');
  for (const { name, passed, failed, skipped, took } of results) {
    const counts = `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
    process.stdout.write(`${failed ? 'FAILED' : 'ok    '}  ${name}: ${counts} (${duration(took)})\n`);
  }
  process.stdout.write(`\n${total('passed')} passed, ${total('failed')} failed\n`);
  process.exitCode = total('failed') ? 1 : 0;
});
