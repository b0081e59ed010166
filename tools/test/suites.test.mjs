// The counts at the end of `make test` are believed, so reading them is tested.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAtLeast } from '../lib/install.mjs';
import { duration, size } from '../lib/say.mjs';
import { fromCargo, fromNode, fromPlaywright } from '../lib/suites.mjs';

const cargo = `
test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s
test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
`;

test('the results of several crates are added up', () => {
  assert.deepEqual(fromCargo(cargo, false), { passed: 15, failed: 2, skipped: 1 });
});

test('a suite that failed without a failed test, as when it does not compile, counts as one', () => {
  assert.deepEqual(fromCargo('error: could not compile', false), { passed: 0, failed: 1, skipped: 0 });
  assert.deepEqual(fromPlaywright(null, false), { passed: 0, failed: 1, skipped: 0 });
});

test('a suite that ran nothing has not passed', () => {
  assert.equal(fromNode('', true).failed, 1);
  assert.equal(fromPlaywright({ stats: { expected: 0, skipped: 4 } }, true).failed, 1);
});

test('a test that was cancelled has failed, and one that passed at the second try too', () => {
  assert.deepEqual(fromNode('# pass 4\n# fail 0\n# cancelled 1\n# skipped 0\n# todo 0\n', false), { passed: 4, failed: 1, skipped: 0 });
  assert.equal(fromPlaywright({ stats: { expected: 9, unexpected: 0, flaky: 1, skipped: 0 } }, true).failed, 1);
});

test('versions are compared by number', () => {
  assert.ok(isAtLeast('1.100.0', '1.95'));
  assert.ok(isAtLeast('1.95.0', '1.95'));
  assert.ok(!isAtLeast('1.94.9', '1.95'));
});

test('times and sizes are told as people read them', () => {
  assert.equal(duration(83_000), '1 min 23 s');
  assert.equal(duration(4_250), '4.3 s');
  assert.equal(size(453_000), '453 KB');
  assert.equal(size(1_536), '1.5 KB');
});
