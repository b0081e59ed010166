// What a person at the terminal sees: one line when a step starts, a sign of life while it lasts, one line when it ends.

/** 83_000 → "1 min 23 s". */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** 1_536 → "1.5 KB", as in the goals: 1 KB is 1,000 bytes. */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} KB`;
  return `${(bytes / 1_000_000).toFixed(2)} MB`;
}

const started = Date.now();
const clock = () => {
  const seconds = Math.floor((Date.now() - started) / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, ' ')}:${String(seconds % 60).padStart(2, '0')}`;
};

export function say(text) {
  process.stdout.write(`${clock()}  ${text}\n`);
}

/** Ends the program with a message that tells what to do. */
export function giveUp(text) {
  process.stderr.write(`\n${text}\n`);
  process.exit(1);
}

/** A step that fails for a reason its reader can act on. The message is all that is shown. */
export class StepFailed extends Error {}

/** Runs a main function; a failed step is told without a stack trace, a bug with one. */
export async function main(run) {
  try {
    await run();
  } catch (error) {
    giveUp(error instanceof StepFailed ? error.message : error.stack);
  }
}

/**
 * Does a step, saying so. `work` is given a function to report how far it is; if it says nothing for 20 seconds, the
 * last report is repeated with the time, so that nobody wonders whether it hangs. Steps under 300 ms are not mentioned.
 */
export async function step(title, work) {
  const began = Date.now();
  let latest = '';
  let announced = false;
  const announce = setTimeout(() => {
    announced = true;
    say(`${title} …`);
  }, 300);
  const alive = setInterval(() => say(`  … ${title}: ${latest || 'working'} (${duration(Date.now() - began)})`), 20_000);
  try {
    const result = await work((report) => (latest = report));
    if (announced) say(`${title}: done in ${duration(Date.now() - began)}`);
    return result;
  } finally {
    clearTimeout(announce);
    clearInterval(alive);
  }
}
