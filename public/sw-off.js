// Serve this as /sw.js to switch the service worker off for everybody: it removes its caches and itself, and the open
// pages carry on with the network. Nothing in IndexedDB is touched: unsent edits are safe.

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(leave()));

async function leave() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('samplan-')).map((name) => caches.delete(name)));
  await self.registration.unregister();
}
