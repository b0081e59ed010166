// Where things lie. Every path in the tools starts here.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const inRoot = (...parts) => join(root, ...parts);

/** Cargo's output folder, also where ours goes: everything made can be removed by removing this one. */
export const target = process.env.CARGO_TARGET_DIR ?? inRoot('target');

/** The finished site, as the server reads it. */
export const site = process.env.SAMPLAN_SITE ?? join(target, 'site');

/** Programs installed for this project alone. */
export const programs = inRoot('.tools');

/** The version that Cargo.lock holds of a crate. */
export function lockedVersion(crate) {
  const lock = readFileSync(inRoot('Cargo.lock'), 'utf8');
  const found = lock.match(new RegExp(`name = "${crate}"\\nversion = "([^"]+)"`));
  if (!found) throw new Error(`Cargo.lock holds no ${crate}`);
  return found[1];
}
