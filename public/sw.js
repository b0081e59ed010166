// The service worker: lets any page start without a network, and never shows an old page when there is one.
//
// The build script fills in the three constants. One cache belongs to one build, so that its files always fit together:
// the shell (a page without content, the same for everybody) and the hashed assets. Pages with people's data are never
// put in a cache; the data itself lies in IndexedDB.
//
// To switch it off for everybody, serve sw-off.js as /sw.js.

const BUILD = "%BUILD%";
const ASSETS = "%ASSETS%";
// What only imports and exports need: fetched when the app has started, so that it is no part of the first visit.
const LATER = "%LATER%";

const CACHE = `samplan-${BUILD}`;
const SHELL = '/offline-shell';
// Longer than a slow answer, shorter than patience.
const PATIENCE_MS = 4000;
// What a proxy says when the relay behind it is down.
const DOWN = new Set([502, 503, 504]);

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('message', (event) => {
  // A page of this very build has nothing to gain from it.
  if (event.data?.type === 'is-newer-than') event.ports[0]?.postMessage(!ASSETS.includes(event.data.start));
  if (event.data?.type === 'fetch-later') event.waitUntil(fetchLater());
  // Only when somebody has pressed "Uppdatera nu": taking over unasked would change the app under people's hands.
  if (event.data?.type === 'update-now') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (!isForTheServerAlone(url)) event.respondWith(page(event));
  } else if (ASSETS.includes(url.pathname) || LATER.includes(url.pathname)) {
    event.respondWith(asset(request));
  }
});

async function install() {
  const cache = await caches.open(CACHE);
  const shell = await fetch(SHELL, { cache: 'reload', credentials: 'omit' });
  if (!shell.ok) throw new Error(`The shell answered ${shell.status}`);
  // In the middle of an upgrade the shell may be of another build than this worker. Then the browser tries again later.
  const start = ASSETS.find((path) => path.includes('/start.'));
  if (start && !(await shell.clone().text()).includes(start)) throw new Error('The shell is of another build');
  const request = (path) => new Request(path, { credentials: 'omit' });
  const isNeeded = (path) => path.startsWith('/pkg/');
  await Promise.all([
    cache.put(SHELL, shell),
    cache.addAll(ASSETS.filter(isNeeded).map(request)),
    // An icon that cannot be had is no reason to go without the rest.
    ...ASSETS.filter((path) => !isNeeded(path)).map((path) => cache.add(request(path)).catch(() => {})),
  ]);
}

async function fetchLater() {
  const cache = await caches.open(CACHE);
  const missing = async (path) => !(await cache.match(path));
  for (const path of LATER) {
    // Without a network there is another time: each page asks for it.
    if (await missing(path)) await cache.add(new Request(path, { credentials: 'omit' })).catch(() => {});
  }
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith('samplan-') && name !== CACHE).map((name) => caches.delete(name)),
  );
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

// Network first; the shell if there is none, or if it takes too long.
async function page(event) {
  const shell = async () => (await caches.match(SHELL, { cacheName: CACHE })) ?? Response.error();
  const fromServer = (async () => (await event.preloadResponse) ?? fetch(event.request))();
  const tooLong = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  try {
    const answer = await Promise.race([fromServer, tooLong]);
    if (answer && !DOWN.has(answer.status)) return answer;
    // Whatever comes after this is not wanted any more, but must not end as an error nobody caught.
    fromServer.catch(() => {});
    return await shell();
  } catch {
    return shell();
  }
}

// A hashed name never changes its content.
async function asset(request) {
  const cached = await caches.match(request, { cacheName: CACHE, ignoreSearch: true });
  return cached ?? fetch(request);
}

// What no app draws: data, and pages that the server draws alone, for visitors without the program or for what may not
// lie on a device. Without a network the browser says so itself.
function isForTheServerAlone(url) {
  const starts = ['/api/', '/sync', '/halsa', '/pkg/', '/logga-ut', '/anmalan', '/utvardering'];
  const pages = ['/kurser/brev', '/kurser/gallring', '/kurser/statistik'];
  const parts = /^\/kurser\/[^/]+\/(behov|utvardering)$/;
  return [...starts, ...pages].some((start) => url.pathname.startsWith(start)) || parts.test(url.pathname);
}
