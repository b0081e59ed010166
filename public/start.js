// Starts the app in the browser. The build puts the hashed names in place of these.
import init, { hydrate } from '/pkg/samplan.js';

await init({ module_or_path: '/pkg/samplan.wasm' });
hydrate();

if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => {
    // Without it the app needs the network to start, and works otherwise.
  });
}
