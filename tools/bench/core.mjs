// The core alone, in one thread: what a large document and what a delivery cost the processor. Programs of the app's own
// examples, so that no browser, socket or disk is in the figures.
import { join } from 'node:path';
import { target } from '../lib/paths.mjs';
import { cargo, run } from '../lib/run.mjs';
import { step } from '../lib/say.mjs';

/** The figures of both programs. */
export async function measureCore() {
  await step('Building the measurements of the core', (report) =>
    cargo(['build', '--release', '-p', 'samplan-core', '--example', 'measure_document', '--example', 'measure_delivery'], { report }),
  );
  const measure = async (name) => JSON.parse(await run(join(target, 'release', 'examples', name), []));
  return step('Measuring the core', async () => ({ document: await measure('measure_document'), delivery: await measure('measure_delivery') }));
}
