// What the build needs and where it comes from: rustup, crates.io and npm, nothing else.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, lockedVersion, programs } from './paths.mjs';
import { cargo, output, run, which } from './run.mjs';
import { StepFailed, step } from './say.mjs';

export const wasmTarget = 'wasm32-unknown-unknown';

/** Compares "1.95.0" with "1.95" number by number. */
export function isAtLeast(version, wanted) {
  const have = version.split('.').map(Number);
  for (const [index, part] of wanted.split('.').map(Number).entries()) {
    if ((have[index] ?? 0) !== part) return (have[index] ?? 0) > part;
  }
  return true;
}

/** Refuses to start with a toolchain that cannot build this, and says how to get one that can. */
export function checkRust() {
  const wanted = readFileSync(inRoot('Cargo.toml'), 'utf8').match(/rust-version = "([^"]+)"/)[1];
  if (!which('cargo')) throw new StepFailed(`cargo is missing. Install Rust ${wanted} or later with rustup: https://rustup.rs`);
  const version = output('rustc', ['--version'])?.split(' ')[1] ?? '0';
  if (!isAtLeast(version.split('-')[0], wanted)) {
    throw new StepFailed(`Rust ${version} is too old, ${wanted} or later is needed: rustup update stable`);
  }
}

/** The standard library for the browser. */
export async function installWasmTarget() {
  const sysroot = output('rustc', ['--print', 'sysroot']);
  if (sysroot && existsSync(join(sysroot, 'lib', 'rustlib', wasmTarget, 'lib'))) return;
  if (!which('rustup')) {
    throw new StepFailed(`The Rust target ${wasmTarget} is missing, and so is rustup, which would fetch it: https://rustup.rs`);
  }
  await step(`Fetching the Rust target ${wasmTarget} (about 20 s)`, () =>
    run('rustup', ['target', 'add', wasmTarget], {
      failure: `rustup could not fetch ${wasmTarget}. Is the network up? Run it again, or by hand: rustup target add ${wasmTarget}`,
    }),
  );
}

/**
 * What binds the wasm to JavaScript, built from `tools/bindgen` in the version of wasm-bindgen that the crate has: it
 * refuses any other.
 */
export async function installBindgen() {
  const version = lockedVersion('wasm-bindgen');
  const folder = inRoot('tools', 'bindgen');
  if (!readFileSync(join(folder, 'Cargo.toml'), 'utf8').includes(`wasm-bindgen-cli-support = "=${version}"`)) {
    throw new StepFailed(`tools/bindgen is of another wasm-bindgen than Cargo.lock: raise it to ${version}.`);
  }
  const own = join(programs, `bindgen-${version}`);
  if (existsSync(own)) return own;
  const build = join(programs, 'build');
  await step(`Building wasm-bindgen ${version} into .tools (about 3 min)`, (report) =>
    cargo(['build', '--release', '--locked', '--manifest-path', join(folder, 'Cargo.toml'), '--target-dir', build], {
      report,
      // Outside the project, or this project's compiler flags would be used for it.
      cwd: '/',
    }),
  );
  renameSync(join(build, 'release', 'samplan-bindgen'), own);
  rmSync(build, { recursive: true, force: true });
  return own;
}

/** The npm packages of one folder, as its package-lock.json has them; again only when that file has changed. */
export async function installPackages(folder, what) {
  const at = inRoot(folder);
  const lock = readFileSync(join(at, 'package-lock.json'), 'utf8');
  const stamp = join(at, 'node_modules', '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  await step(`Installing ${what} from npm into ${folder}/node_modules (about 15 s)`, () =>
    // Not `npm ci`: npm leaves optional packages of other platforms out of the lock file it writes (seen with npm 11),
    // and then refuses that file. This installs the versions it names, and changes nothing.
    run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'], {
      cwd: at,
      env: { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
      failure: `npm could not install the packages of ${folder}. Is the network up?`,
    }),
  );
  writeFileSync(stamp, lock);
}

/** Chromium from Debian, for the browser tests: the path of the program. */
export async function installChromium() {
  const find = () => process.env.SAMPLAN_CHROMIUM ?? which('chromium') ?? which('chromium-browser') ?? which('google-chrome');
  const found = find();
  if (found) return found;
  await installFromDebian('The browser tests need Chromium', 'Chromium', 'about 1 min', ['chromium', 'fonts-liberation']);
  return find();
}

/** LibreOffice from Debian, for the tests that calculate the workbooks we write: the path of the program. */
export async function installLibreOffice() {
  if (!which('soffice')) {
    await installFromDebian('The tests of workbooks need LibreOffice', 'LibreOffice', 'about 2 min', ['libreoffice-calc']);
  }
  return which('soffice');
}

async function installFromDebian(why, what, time, packages) {
  const asRoot = process.getuid() === 0 ? [] : ['sudo'];
  if (asRoot.length && !which('sudo')) {
    throw new StepFailed(`${why}. Install it as root: apt-get install ${packages.join(' ')}`);
  }
  const apt = (...args) => {
    const [program, ...rest] = [...asRoot, 'apt-get', ...args];
    return run(program, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' }, failure: `apt-get could not install ${what}.` });
  };
  await step(`Installing ${what} from Debian, with apt-get (${time})`, async () => {
    await apt('update', '-q');
    await apt('install', '-y', '-q', '--no-install-recommends', ...packages);
  });
}
