// In the browser, on the release site: a key until it is painted, scrolling, opening a plan from IndexedDB with no relay
// there, and comparing two of its versions.
// The plans are written through the relay by the load generator, signed in as the editor who then opens them.
import { createRequire } from 'node:module';
import { installChromium, installPackages } from '../lib/install.mjs';
import { inRoot } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { step } from '../lib/say.mjs';
import { startOurs } from './servers.mjs';

const saved = 'Alla ändringar är sparade';
const flags = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/** Years without a plan in the demo data. */
const plans = [
  { year: 2041, lines: 500, changes: 100_000 },
  { year: 2042, lines: 100, changes: 10_000 },
];
/** An association's budget, with five years of amounts and two versions. */
const budget = { year: 2043, lines: 500, changes: 100_000 };

/** Keystroke to paint (p50, p95, in µs), scrolling (the same, of frames), and opening (median of several, in µs). */
export async function measureBrowser({ program, load, quick }) {
  await installPackages('end2end', 'Playwright and axe');
  const { chromium } = createRequire(inRoot('end2end/package.json'))('@playwright/test');
  const server = await startOurs(program);
  const browser = await chromium.launch({ executablePath: await installChromium(), args: flags });
  try {
    const session = await (await fetch(`${server.url}/api/session`, { headers: { cookie: server.cookie } })).json();
    for (const { year, lines, changes } of plans) {
      await step(`Writing a plan of ${lines} lines and ${changes} changes`, async () => {
        const id = await server.register({ kind: 'county', year, title: `Provplan ${year}` });
        await run(load, ['fill', server.socket, '--documents', id, '--user', session.user.id, '--lines', `${lines}`, '--changes', `${changes}`, ...server.options]);
      });
    }
    await step(`Writing a budget of ${budget.lines} lines, five years and ${budget.changes} changes`, async () => {
      const { year, lines, changes } = budget;
      const id = await server.register({ kind: 'plan', year, title: `Provbudget ${year}` });
      await run(load, ['fill', server.socket, '--documents', id, '--user', session.user.id, '--lines', `${lines}`, '--changes', `${changes}`, '--kind', 'plan', '--year', `${year}`, ...server.options]);
    });
    const address = `${server.url}/budget/${session.user.associations[0].id}/${budget.year}`;
    const context = await browser.newContext({ locale: 'sv-SE', viewport: { width: 1400, height: 900 } });
    const [name, value] = server.cookie.split(/=(.*)/);
    await context.addCookies([{ name, value, url: server.url }]);
    await context.addInitScript(watch);
    const page = await context.newPage();
    for (const { year } of [...plans].reverse()) {
      await step(`Fetching the plan of ${year} into the browser`, async () => {
        await page.goto(`${server.url}/lan/${year}`);
        await page.getByTestId('status').filter({ hasText: saved }).waitFor({ timeout: 120_000 });
      });
    }
    const inBudget = await step('Typing and scrolling in the budget of 100,000 changes', async () => {
      await page.goto(address);
      await page.getByTestId('status').filter({ hasText: saved }).waitFor({ timeout: 240_000 });
      const keys = await typing(page, quick ? 10 : 60, '#budget tr:not(.section, .sum) td.amount[data-column]');
      await page.getByTestId('status').filter({ hasText: saved }).waitFor({ timeout: 240_000 });
      return { keystroke: keys, scroll: await scrolling(page, quick ? 20 : 120) };
    });
    await page.goto(`${server.url}/lan/${plans[0].year}`);
    await page.getByTestId('status').filter({ hasText: saved }).waitFor({ timeout: 120_000 });
    const keystroke = await step('Typing in the plan of 100,000 changes', () => typing(page, quick ? 10 : 60));
    await page.getByTestId('status').filter({ hasText: saved }).waitFor({ timeout: 120_000 });
    // From here on there is no relay: what opens, opens from this device.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await server.kill();
    const opened = {};
    for (const { year, changes } of plans) {
      opened[`open${changes}`] = await step(`Opening ${changes} changes without a relay`, () => opening(page, `${server.url}/lan/${year}`, quick ? 1 : 5));
    }
    inBudget.open = await step('Opening the budget without a relay', () => opening(page, address, quick ? 1 : 5));
    inBudget.compare = await step('Comparing two versions without a relay', () => opening(page, `${address}/versioner`, quick ? 1 : 5));
    return { keystroke, ...opened, budget: inBudget };
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Runs in the page, before it: notes each key until after the next paint, and when the rows of the plan are there. */
function watch() {
  window.keys = [];
  addEventListener(
    'keydown',
    (event) => {
      const pressed = event.timeStamp;
      requestAnimationFrame(() => {
        // A message comes after the frame has been painted; a timer would add its own delay.
        const channel = new MessageChannel();
        channel.port1.onmessage = () => window.keys.push({ key: event.key, ms: performance.now() - pressed });
        channel.port2.postMessage(null);
      });
    },
    { capture: true },
  );
  const times = { started: null, rows: null };
  window.times = times;
  const look = () => {
    // The shell comes first, with nothing in it; the rows come when the app has started and the plan has been read.
    if (times.started === null && document.querySelector('main, header')) times.started = performance.now();
    const rows = document.querySelectorAll('[data-row], #jamforelse ~ .scroll tbody tr').length;
    if (times.rows === null && rows >= 90) times.rows = performance.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

/**
 * Types amounts into the rows, one key after another: the first digit opens the editor, the others are typed in it, Enter
 * writes the amount into the document and moves on. All of them, and each kind by itself.
 */
async function typing(page, amounts, cells = '[data-row] td.amount[data-column]') {
  const cell = page.locator(cells).first();
  await cell.click();
  await page.evaluate(() => (window.keys = []));
  for (let made = 0; made < amounts; made += 1) {
    for (const key of [...String(12_345 + made * 7), 'Enter']) {
      await page.keyboard.press(key);
      // People do not type faster than this, and a frame must not answer for the key before.
      await page.waitForTimeout(40);
    }
  }
  const keys = await page.evaluate(() => window.keys);
  const opens = (at) => at === 0 || keys[at - 1].key === 'Enter';
  const kinds = {
    open: keys.filter((_, at) => opens(at)),
    type: keys.filter(({ key }, at) => !opens(at) && key !== 'Enter'),
    enter: keys.filter(({ key }) => key === 'Enter'),
  };
  return { ...spread(keys), ...Object.fromEntries(Object.entries(kinds).map(([kind, of]) => [kind, spread(of)])) };
}

/** Turns the wheel, a little for each frame, and notes how long every frame takes. */
async function scrolling(page, turns) {
  await page.evaluate(() => {
    scrollTo(0, 0);
    window.frames_ms = [];
    let before = performance.now();
    const next = (now) => {
      window.frames_ms.push({ key: 'frame', ms: now - before });
      before = now;
      window.frame = requestAnimationFrame(next);
    };
    window.frame = requestAnimationFrame(next);
  });
  await page.mouse.move(600, 500);
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, 160);
    await page.waitForTimeout(16);
  }
  return spread(await page.evaluate(() => (cancelAnimationFrame(window.frame), window.frames_ms.slice(1))));
}

/** Percentiles in µs. */
function spread(keys) {
  const sorted = keys.map(({ ms }) => Math.round(ms * 1000)).sort((a, b) => a - b);
  const at = (percent) => sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))];
  return { keys: sorted.length, p50: at(50), p95: at(95), p99: at(99), most: sorted.at(-1) };
}

/**
 * From the first element of the page to the rows of the plan, with the relay gone: wasm and assets from the service
 * worker's cache, compiled and started, the document from IndexedDB, put together, and drawn.
 */
async function opening(page, url, times) {
  const took = [];
  for (let round = 0; round < times; round += 1) {
    await page.goto(url);
    await page.waitForFunction(() => window.times.rows !== null, null, { timeout: 60_000 });
    const { started, rows } = await page.evaluate(() => window.times);
    took.push(Math.round((rows - started) * 1000));
  }
  took.sort((a, b) => a - b);
  return took[Math.floor((took.length - 1) / 2)];
}
