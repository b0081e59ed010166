// The style sheet: plain CSS with nesting and @import, bundled into one file.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inRoot } from './paths.mjs';
import { StepFailed } from './say.mjs';

const version = (major, minor = 0) => (major << 16) | (minor << 8);

/** The oldest browsers that the wasm runs in as well; newer syntax is rewritten for them. */
const targets = { chrome: version(111), firefox: version(114), safari: version(16, 4) };

/** The bundled style sheet as text. */
export async function bundleStyle({ dev }) {
  const entry = inRoot('style/main.css');
  if (!existsSync(entry)) return '';
  // Only here: the package is installed by the time the style is bundled, not when this file is read.
  const { bundle } = createRequire(inRoot('tools/package.json'))('lightningcss');
  try {
    return bundle({ filename: entry, minify: !dev, targets, errorRecovery: false }).code.toString('utf8');
  } catch (error) {
    const place = error.loc ? `${error.fileName ?? entry}:${error.loc.line}:${error.loc.column}: ` : '';
    throw new StepFailed(`The style sheet cannot be read. ${place}${error.message}`);
  }
}
