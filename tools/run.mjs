// make run: installs what is missing, builds the release, and serves it with demo data until Ctrl+C.
import { existsSync } from 'node:fs';
import { checkRust } from './lib/install.mjs';
import { buildAll, serve } from './lib/release.mjs';
import { site } from './lib/paths.mjs';
import { main, say } from './lib/say.mjs';

await main(async () => {
  checkRust();
  if (!existsSync(site)) say('The first time takes ten to fifteen minutes on two cores, and a network. After that it starts within seconds.');
  const program = await buildAll();
  process.exitCode = await serve(program, ['--demo', ...process.argv.slice(2)]);
});
