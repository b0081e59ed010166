// Starts the app: fetches the module, hands over to it, and says so in words if that does not work.
//
// The build puts the hashed names in place of the plain ones. There is no other script of ours on a page.

const JS = '/pkg/samplan.js';
const WASM = '/pkg/samplan.wasm';
const EXCHANGE_JS = '/pkg/exchange.js';
const EXCHANGE_WASM = '/pkg/exchange.wasm';
// This file's own hashed name stands for the build that the page is of.
const SELF = new URL(import.meta.url).pathname;

const HOUR_MS = 60 * 60 * 1000;
// After the start, when the network has nothing better to do.
const LATER_MS = 5000;

addEventListener('samplan:panic', () =>
  tell('Något gick fel i programmet. Det du har sparat finns kvar.', 'Ladda om sidan'),
);

const worker = registerWorker();
addEventListener('samplan:update-now', () => updateNow());

// What reads and writes files of other programs, for the app to call when somebody imports or exports. What could not be
// fetched is tried again the next time.
let exchange = null;
globalThis.samplanExchange = () => (exchange ??= loadExchange());

start();

async function loadExchange() {
  try {
    const module = await import(EXCHANGE_JS);
    await module.default({ module_or_path: EXCHANGE_WASM });
    return module;
  } catch (error) {
    exchange = null;
    throw error;
  }
}

// The service worker keeps it, so that imports and exports work without a network too.
function keepExchange() {
  if (!('serviceWorker' in navigator)) return;
  setTimeout(async () => {
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ type: 'fetch-later' });
  }, LATER_MS);
}

async function start() {
  try {
    const module = await import(JS);
    await module.default({ module_or_path: WASM });
    module.hydrate();
    keepExchange();
  } catch (error) {
    console.error(error);
    tell('Sidan kan läsas, men det går inte att redigera just nu: programmet kunde inte startas.', 'Försök igen');
  }
}

// A banner of our own making, since the app itself may be what does not work.
function tell(text, action) {
  if (document.getElementById('samplan-fel')) return;
  const banner = document.createElement('div');
  banner.id = 'samplan-fel';
  banner.className = 'system-banner';
  banner.setAttribute('role', 'alert');
  Object.assign(banner.style, {
    position: 'fixed', insetInline: '0', insetBlockStart: '0', zIndex: '1000', padding: '12px 16px',
    background: '#FCEEEE', color: '#B3171D', borderBlockEnd: '2px solid currentColor', fontWeight: '600',
    display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'center',
  });
  const words = document.createElement('span');
  words.textContent = text;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = action;
  Object.assign(button.style, { font: 'inherit', minHeight: '40px', padding: '4px 16px' });
  button.addEventListener('click', () => location.reload());
  banner.append(words, button);
  document.body.prepend(banner);
}

async function registerWorker() {
  if (!('serviceWorker' in navigator)) return null;
  try {
    const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
    registration.addEventListener('updatefound', () => watch(registration, registration.installing));
    if (registration.waiting) offer(registration);
    const look = () => registration.update().catch(() => {});
    setInterval(look, HOUR_MS);
    addEventListener('online', look);
    return registration;
  } catch (error) {
    // Without it the app works, only not from cold without a network.
    console.warn(error);
    return null;
  }
}

function watch(registration, installing) {
  installing?.addEventListener('statechange', () => {
    // With no controller it is the very first one, and nothing is new.
    if (installing.state === 'installed' && navigator.serviceWorker.controller) offer(registration);
  });
}

// Tells the app that a newer build waits; not if this page already is of that build (pages come from the network).
async function offer(registration) {
  if (!(await isNewer(registration.waiting))) return;
  document.documentElement.dataset.newVersion = 'true';
  dispatchEvent(new Event('samplan:new-version'));
}

function isNewer(waiting) {
  return new Promise((resolve) => {
    if (!waiting) return resolve(false);
    const channel = new MessageChannel();
    channel.port1.onmessage = (event) => resolve(event.data === true);
    waiting.postMessage({ type: 'is-newer-than', start: SELF }, [channel.port2]);
    setTimeout(resolve, 2000, false);
  });
}

async function updateNow() {
  const registration = await worker;
  if (!registration?.waiting) return location.reload();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  registration.waiting.postMessage({ type: 'update-now' });
}
