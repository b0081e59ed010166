// node tools/build.mjs [--dev] [--server]: builds the site into target/site, and the server if asked to.
import { checkRust } from './lib/install.mjs';
import { buildServer, buildSite, shown, sizes } from './lib/site.mjs';
import { site } from './lib/paths.mjs';
import { main, say, size } from './lib/say.mjs';

await main(async () => {
  const dev = process.argv.includes('--dev');
  checkRust();
  await buildSite({ dev });
  if (process.argv.includes('--server')) say(`The server: ${shown(await buildServer({ dev }))}`);
  const { wasm, js, css, exchange } = sizes();
  const part = ({ raw, brotli }) => (dev ? size(raw) : `${size(brotli)} packed`);
  say(`The site: ${shown(site)} (wasm ${part(wasm)}, js ${part(js)}, css ${part(css)}; for files of other programs, later: wasm ${part(exchange)})`);
});
