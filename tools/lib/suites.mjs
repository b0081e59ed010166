// Reading the results that test programs print: how many passed, failed and were left out. What cannot be read is a
// failure: a suite that ended before it reported must never look like one that passed.

const sum = (text, pattern) => [...text.matchAll(pattern)].reduce((all, [, number]) => all + Number(number), 0);

/** `cargo test` over several crates. */
export function fromCargo(text, succeeded) {
  const passed = sum(text, /^test result: .*? (\d+) passed;/gm);
  const failed = sum(text, /^test result: .*? (\d+) failed;/gm);
  const skipped = sum(text, /^test result: .*? (\d+) ignored;/gm);
  return honest({ passed, failed, skipped }, succeeded);
}

/** `node --test` with the TAP reporter. */
export function fromNode(text, succeeded) {
  const passed = sum(text, /^# pass (\d+)$/gm);
  const failed = sum(text, /^# fail (\d+)$/gm) + sum(text, /^# cancelled (\d+)$/gm);
  const skipped = sum(text, /^# skipped (\d+)$/gm) + sum(text, /^# todo (\d+)$/gm);
  return honest({ passed, failed, skipped }, succeeded);
}

/** Playwright's JSON report. A flaky test has failed once, so it has failed. */
export function fromPlaywright(json, succeeded) {
  const stats = json?.stats ?? {};
  const passed = stats.expected ?? 0;
  const failed = (stats.unexpected ?? 0) + (stats.flaky ?? 0);
  return honest({ passed, failed, skipped: stats.skipped ?? 0 }, succeeded);
}

/** A check without parts, as a formatter is. */
export function fromCheck(succeeded) {
  return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
}

function honest(counts, succeeded) {
  if (!succeeded && counts.failed === 0) return { ...counts, failed: 1 };
  if (succeeded && counts.passed === 0) return { ...counts, failed: counts.failed + 1 };
  return counts;
}
