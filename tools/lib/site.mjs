// The site: the browser's half of the app, the style sheet and the static files, under names that change with their
// content, packed, with the list that the service worker keeps.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, extname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { installPackages, installBindgen, installWasmTarget, wasmTarget } from './install.mjs';
import { inRoot, site, target } from './paths.mjs';
import { cargo, run } from './run.mjs';
import { StepFailed, size, step } from './say.mjs';
import { bundleStyle } from './style.mjs';

const hash = (...contents) => {
  const sum = createHash('sha256');
  for (const content of contents) sum.update(content);
  return sum.digest('hex').slice(0, 16);
};

/** All files under a folder, as paths relative to it, sorted. */
export function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

const read = (folder) => filesIn(folder).flatMap((name) => [name, readFileSync(join(folder, name))]);

/** Does `work` unless what it depends on is as it was when it was last done. */
async function unlessDone(stamp, dependsOn, work) {
  const wanted = hash(...dependsOn);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/**
 * Compiles what the browser loads: the app, and what reads and writes files of other programs, a wasm of its own. In one
 * go, so that what they share is compiled once. Returns the paths of the raw ones.
 *
 * Both are programs that link a library, not libraries made wasm: that keeps functions from being drawn into each other.
 * The file is larger for it (6.8 MB for 6.1), and the download smaller (1.32 MB packed for 1.40).
 */
async function compile({ dev }) {
  await installWasmTarget();
  const profile = dev ? 'dev' : 'wasm-release';
  const what = ['-p', 'samplan-app', '-p', 'samplan-exchange', '--bins', '--features', 'samplan-app/hydrate,samplan-exchange/browser'];
  await step(`Building the browser's half${dev ? '' : ' (about 8 min the first time)'}`, (report) =>
    cargo(['build', ...what, '--target', wasmTarget, '--profile', profile], { report }),
  );
  const raw = (name) => join(target, wasmTarget, dev ? 'debug' : profile, `${name}.wasm`);
  return { app: raw('samplan-browser'), exchange: raw('samplan-exchange-browser') };
}

/** Makes `<name>.js` and `<name>_bg.wasm` in `work` from the raw wasm. */
async function bind(bindgen, raw, work, name, { dev }) {
  await unlessDone(`${work}.done`, [readFileSync(raw), readFileSync(inRoot('Cargo.lock')), optimise.toString()], async () => {
    rmSync(work, { recursive: true, force: true });
    await step('Binding it to JavaScript', () =>
      run(bindgen, [raw, name, work, ...(dev ? [] : ['--small'])]),
    );
    if (!dev) await optimise(join(work, `${name}_bg.wasm`));
  });
}

/**
 * Takes out of the wasm what nobody calls and what stands in it twice. No more than that: `-Oz` makes the file smaller
 * (2.9 MB for 3.3 MB) but the download larger (817 KB packed for 748 KB), since what it leaves repeats itself less, and
 * takes minutes for it.
 */
async function optimise(wasm) {
  const before = statSync(wasm).size;
  await step('Trimming it with wasm-opt (about 15 s)', () =>
    run(process.execPath, [
      inRoot('tools/node_modules/binaryen/bin/wasm-opt'), wasm, '--output', `${wasm}.small`,
      ...['remove-unused-module-elements', 'duplicate-function-elimination', 'dce', 'vacuum', 'remove-unused-module-elements'].map((pass) => `--${pass}`),
      ...['bulk-memory', 'nontrapping-float-to-int', 'sign-ext', 'mutable-globals', 'reference-types', 'multivalue'].map((feature) => `--enable-${feature}`),
    ]),
  );
  renameSync(`${wasm}.small`, wasm);
  return `${size(before)} → ${size(statSync(wasm).size)}`;
}

/**
 * Lays the site out in `folder`. Files of `public/` may name `/pkg/samplan.js`, `/pkg/samplan.wasm`, `/pkg/samplan.css`,
 * `/pkg/exchange.js`, `/pkg/exchange.wasm` and `/pkg/start.js`, and get the hashed names; `"%BUILD%"` becomes the name of
 * the build, `"%ASSETS%"` the list of all that a page needs without a network, and `"%LATER%"` of what it may need once
 * somebody imports or exports.
 */
function layOut(folder, { app, exchange }, css, { live }) {
  const pkg = join(folder, 'pkg');
  mkdirSync(pkg, { recursive: true });
  const names = new Map();
  const rename = (text) => [...names].reduce((all, [plain, hashed]) => all.replaceAll(plain, hashed), text);
  const put = (name, extension, content) => {
    const hashed = `/pkg/${name}.${hash(content)}.${extension}`;
    writeFileSync(join(folder, hashed), content);
    names.set(`/pkg/${name}.${extension}`, hashed);
    return hashed;
  };
  const assets = {
    wasm: put('samplan', 'wasm', readFileSync(join(app, 'samplan_bg.wasm'))),
    js: put('samplan', 'js', readFileSync(join(app, 'samplan.js'))),
    css: put('samplan', 'css', css),
    exchange_wasm: put('exchange', 'wasm', readFileSync(join(exchange, 'exchange_bg.wasm'))),
    exchange_js: put('exchange', 'js', readFileSync(join(exchange, 'exchange.js'))),
  };
  if (existsSync(join(app, 'snippets'))) cpSync(join(app, 'snippets'), join(pkg, 'snippets'), { recursive: true });
  if (existsSync(join(exchange, 'snippets'))) throw new StepFailed('The exchange module has snippets, which nothing lays out.');

  const start = readFileSync(inRoot('public/start.js'), 'utf8') + (live ? readFileSync(inRoot('tools/lib/reload.js'), 'utf8') : '');
  assets.start = put('start', 'js', rename(start));

  const fromPublic = filesIn(inRoot('public')).filter((name) => name !== 'start.js');
  const isTemplate = (name) => ['.js', '.html', '.webmanifest'].includes(extname(name));
  const content = (name) => {
    const bytes = readFileSync(inRoot('public', name));
    return isTemplate(name) ? rename(bytes.toString('utf8')) : bytes;
  };
  const later = [assets.exchange_js, assets.exchange_wasm];
  const kept = [...filesIn(folder), ...fromPublic.filter((name) => !name.startsWith('sw'))]
    .map((name) => `/${name}`)
    .filter((path) => !later.includes(path));
  assets.build = hash(...read(folder), ...fromPublic.flatMap((name) => [name, content(name)]));
  for (const name of fromPublic) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    let bytes = content(name);
    if (isTemplate(name)) {
      for (const [name, value] of Object.entries({ BUILD: assets.build, ASSETS: kept, LATER: later })) {
        bytes = bytes.replaceAll(`"%${name}%"`, JSON.stringify(value));
      }
    }
    writeFileSync(join(folder, name), bytes);
  }
  if (live) writeFileSync(join(pkg, 'dev.json'), JSON.stringify({ build: assets.build }));
  writeFileSync(join(folder, 'assets.json'), `${JSON.stringify(assets, null, 2)}\n`);
  return assets;
}

/** Packs what packs well, so that the server need not: best brotli, and gzip for those who cannot read it. */
async function pack(folder) {
  const brotli = promisify(zlib.brotliCompress);
  const gzip = promisify(zlib.gzip);
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  const queue = filesIn(folder).filter((name) => /\.(js|css|wasm|svg|webmanifest|html|json|txt)$/.test(name) && name !== 'assets.json');
  const worker = async () => {
    for (let name = queue.shift(); name; name = queue.shift()) {
      const path = join(folder, name);
      const bytes = readFileSync(path);
      const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
      const [small, gzipped] = await Promise.all([brotli(bytes, { params }), gzip(bytes, { level: 9 })]);
      if (small.length < bytes.length) writeFileSync(`${path}.br`, small);
      if (gzipped.length < bytes.length) writeFileSync(`${path}.gz`, gzipped);
    }
  };
  await Promise.all(cpus().map(worker));
}

/** What a first visit downloads: wasm, js and css, packed; and what an import or export does. */
export function sizes(folder = site) {
  const assets = JSON.parse(readFileSync(join(folder, 'assets.json'), 'utf8'));
  const of = (name) => {
    const path = join(folder, assets[name]);
    const packed = (ending) => (existsSync(path + ending) ? statSync(path + ending).size : statSync(path).size);
    return { raw: statSync(path).size, gzip: packed('.gz'), brotli: packed('.br') };
  };
  return { wasm: of('wasm'), js: of('js'), start: of('start'), css: of('css'), exchange: of('exchange_wasm') };
}

/** Builds the site into `target/site`, with `live` so that open pages follow; true if anything in it has changed. */
export async function buildSite({ dev = false, live = false } = {}) {
  const tools = [installBindgen(), installPackages('tools', 'wasm-opt and lightningcss')];
  const [bindgen, raw] = await Promise.all([tools[0], compile({ dev }), tools[1]]);
  const inWork = (name) => join(target, 'site-work', `${name}-${dev ? 'dev' : 'release'}`);
  const work = { app: inWork('samplan'), exchange: inWork('exchange') };
  await bind(bindgen, raw.app, work.app, 'samplan', { dev });
  await bind(bindgen, raw.exchange, work.exchange, 'exchange', { dev });
  const css = await bundleStyle({ dev });
  let changed = false;
  const inputs = [`${dev} ${live}`, css, ...read(work.app), ...read(work.exchange), ...read(inRoot('public')), ...read(inRoot('tools/lib'))];
  await unlessDone(join(site, '.done'), inputs, () =>
    step(dev ? 'Laying out the site' : 'Laying out and packing the site', async () => {
      changed = true;
      const next = `${site}.next`;
      rmSync(next, { recursive: true, force: true });
      layOut(next, work, css, { live });
      if (!dev) await pack(next);
      // The server may be reading: the old one goes only when the new one is whole.
      rmSync(`${site}.old`, { recursive: true, force: true });
      if (existsSync(site)) renameSync(site, `${site}.old`);
      renameSync(next, site);
      rmSync(`${site}.old`, { recursive: true, force: true });
    }),
  );
  return changed;
}

/** Builds the server: the path of the program. */
export async function buildServer({ dev = false } = {}) {
  await step(`Building the server${dev ? '' : ' (about 10 min the first time)'}`, (report) =>
    cargo(['build', '-p', 'samplan-server', '--bin', 'samplan', ...(dev ? [] : ['--release'])], { report }),
  );
  return join(target, dev ? 'debug' : 'release', 'samplan');
}

export const shown = (path) => relative(process.cwd(), path) || path;
