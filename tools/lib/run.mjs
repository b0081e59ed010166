// Running other programs.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';
import { StepFailed } from './say.mjs';

/** The path of a program, or null. */
export function which(program) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, program);
    if (folder && existsSync(path)) return path;
  }
  return null;
}

/** What a program prints, or null if it is missing or fails. */
export function output(program, args = []) {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', cwd: root });
  return status === 0 ? stdout.trim() : null;
}

/**
 * Runs a program to its end. What it prints is kept and shown only if it fails, unless `show` is set; `line` is called
 * with each line as it comes.
 */
export function run(program, args, { env = {}, cwd = root, show = false, line = () => {}, failure } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const [stream, out] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
      let rest = '';
      stream.setEncoding('utf8');
      stream.on('data', (part) => {
        text += part;
        if (show) out.write(part);
        const lines = (rest + part).split('\n');
        rest = lines.pop();
        lines.forEach(line);
      });
    }
    child.on('error', (error) => reject(new StepFailed(`${program} could not be started: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) return resolve(text);
      const shown = show ? '' : `${text.trimEnd()}\n\n`;
      const error = new StepFailed(`${shown}${failure ?? `${program} ${args.join(' ')} failed (${code}).`}`);
      reject(Object.assign(error, { output: text, code }));
    });
  });
}

/** Runs cargo, reporting which crate it is at. */
export function cargo(args, { report = () => {}, ...options } = {}) {
  let compiled = 0;
  return run('cargo', args, {
    ...options,
    env: { CARGO_TERM_COLOR: 'never', ...options.env },
    line: (line) => {
      options.line?.(line);
      const crate = line.match(/^\s*(Compiling|Checking|Downloaded|Installing) (\S+)/);
      if (crate) report(`${(compiled += 1)} crates, now ${crate[2]}`);
    },
  });
}
