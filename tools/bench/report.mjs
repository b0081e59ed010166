// The figures as text, beside what they should be.
import { size } from '../lib/say.mjs';

const ms = (microseconds) => (microseconds === null ? '–' : `${(microseconds / 1000).toFixed(1)} ms`);
const verdict = (reached) => (reached ? 'reached' : 'MISSED');

/** Lines of cells, in columns. */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const line = (row) => row.map((cell, column) => (column ? String(cell).padStart(widths[column]) : String(cell).padEnd(widths[column]))).join('   ');
  return `${rows.map(line).join('\n')}\n`;
}

/** Every goal that was measured: its name, the figure, the goal, and whether it is reached. */
export function goals(results) {
  const found = [];
  const add = (name, value, limit, show) => found.push({ name, value: show(value), goal: show(limit), reached: value !== null && value < limit });
  for (const { rate, relay, p95, cpu_per_delivery: cpu } of results.edits ?? []) {
    if (relay !== 'samplan') continue;
    add(`edit to other screen at ${rate}/s, p95`, p95, 5_000, ms);
    add(`processor time of a delivery at ${rate}/s`, cpu, 20, (it) => `${it} µs`);
  }
  for (const { relay, each } of results.idle ?? []) {
    if (relay === 'samplan') add('idle connection', each, 8_000, size);
  }
  if (results.signups) {
    const { p95, lost, doubled, refused, queue_in_turn: inTurn } = results.signups;
    add('sign-up, 500 a minute, p95', p95, 200_000, ms);
    add('sign-ups lost, doubled, refused or out of turn', lost + doubled + refused + (inTurn ? 0 : 1), 1, String);
  }
  if (results.browser) {
    add('keystroke to paint, 500 lines, 100,000 changes, p95', results.browser.keystroke.p95, 16_000, ms);
    add('opening 10,000 changes from IndexedDB', results.browser.open10000, 150_000, ms);
    add('keystroke to paint, budget of 500 lines × 5 years, 100,000 changes, p95', results.browser.budget.keystroke.p95, 16_000, ms);
  }
  if (results.sizes) {
    const { wasm, js, start } = results.sizes;
    add('wasm and js, compressed', wasm.brotli + js.brotli + start.brotli, 700_000, size);
  }
  return found;
}

/** Everything, for the terminal. */
export function report(results) {
  const { machine, revision, when } = results;
  let text = `Samplan ${revision} on ${machine.cores} cores (${machine.processor}, ${size(machine.memory)}), ${when}\n\n`;
  if (results.core) {
    const { document: it, delivery } = results.core;
    const ns = (nanoseconds) => `${(nanoseconds / 1000).toFixed(1)} µs`;
    text += `The core alone, on the processor of the relay: no browser, socket or disk\n${table([
      ['a plan of 500 lines and 100,000 changes', 'p50', 'p95'],
      ['one edit', ms(it.edit_p50), ms(it.edit_p95)],
      ['the rows it touches, read again', ms(it.refresh_p50), ms(it.refresh_p95)],
      ['undo', ms(it.undo), ''],
      ['history, the first page', ms(it.history_page), ''],
      ['history of one cell, all changes looked through', ms(it.history_cell), ''],
      ['loading', ms(it.load), ''],
      ['reading all of it', ms(it.read), ''],
    ])}\n${table([
      ['a change that the relay passes on to 9 others', 'each'],
      ['receiving it', ns(delivery.receive)],
      ['forwarding it', ns(delivery.forward)],
      ['taking in an answer', ns(delivery.acknowledge)],
      ['in all, for each delivery', ns(delivery.delivery)],
    ])}\n`;
  }
  if (results.edits) {
    const rows = results.edits.map(({ rate, relay, p50, p95, p99, cpu_per_delivery: cpu, generator_cpu_per_delivery: own, peak, missing }) => [
      `${relay}, ${rate} changes/s`, ms(p50), ms(p95), ms(p99), `${cpu} µs`, `${own} µs`, size(peak), missing,
    ]);
    text += `Edit to other screen, 100 clients on 10 documents\n${table([['', 'p50', 'p95', 'p99', 'cpu/delivery', 'generator', 'memory peak', 'missing'], ...rows])}\n`;
  }
  if (results.idle) {
    const rows = results.idle.map(({ relay, connections, each }) => [relay, connections, size(each)]);
    text += `Idle connections\n${table([['', 'connections', 'memory each'], ...rows])}\n`;
  }
  if (results.browser) {
    const { keystroke, open10000, open100000, budget } = results.browser;
    text += `In the browser (headless Chromium, no GPU)\n${table([
      ['', 'p50', 'p95'],
      ['keystroke to paint, 500 lines, 100,000 changes', ms(keystroke.p50), ms(keystroke.p95)],
      ['  a digit that opens the editor', ms(keystroke.open.p50), ms(keystroke.open.p95)],
      ['  a digit in the open editor', ms(keystroke.type.p50), ms(keystroke.type.p95)],
      ['  Enter, which writes the amount', ms(keystroke.enter.p50), ms(keystroke.enter.p95)],
      ['opening 10,000 changes from IndexedDB', ms(open10000), ''],
      ['opening 100,000 changes from IndexedDB', ms(open100000), ''],
    ])}\n${table([
      ['a budget of 500 lines × 5 years, 100,000 changes', 'p50', 'p95'],
      ['keystroke to paint', ms(budget.keystroke.p50), ms(budget.keystroke.p95)],
      ['  a digit that opens the editor', ms(budget.keystroke.open.p50), ms(budget.keystroke.open.p95)],
      ['  a digit in the open editor', ms(budget.keystroke.type.p50), ms(budget.keystroke.type.p95)],
      ['  Enter, which writes the amount', ms(budget.keystroke.enter.p50), ms(budget.keystroke.enter.p95)],
      ['a frame while scrolling', ms(budget.scroll.p50), ms(budget.scroll.p95)],
      ['opening from IndexedDB', ms(budget.open), ''],
      ['comparing two versions', ms(budget.compare), ''],
    ])}\n`;
  }
  if (results.sizes) {
    const rows = Object.entries(results.sizes).map(([name, { raw, gzip, brotli }]) => [name, size(raw), size(gzip), size(brotli)]);
    text += `Sizes\n${table([['', 'plain', 'gzip', 'brotli'], ...rows])}\n`;
  }
  const rows = goals(results).map(({ name, value, goal, reached }) => [name, value, `< ${goal}`, verdict(reached)]);
  return `${text}Goals\n${table([['', 'measured', 'goal', ''], ...rows])}`;
}
