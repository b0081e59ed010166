// Browser tests of the release site, in Debian's Chromium. `make test` builds what they need and runs them; by hand, in
// this folder: `npx playwright test`, with SAMPLAN_BIN and SAMPLAN_SITE where another build is to be tested.
//
// Each test starts a relay of its own on a free port with an empty data folder (support/relay.ts). Tests run with
// JavaScript; those tagged @both also without, those tagged @no-js only without.
import { defineConfig } from '@playwright/test';
import { chromium } from './support/chromium';

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  retries: 0,
  workers: 2,
  // Bounds on what hangs, not on what is slow: two browsers, a relay and axe-core share whatever machine this is.
  timeout: 150_000,
  expect: { timeout: 25_000 },
  reporter: process.env.SAMPLAN_E2E_JSON
    ? [['list'], ['json', { outputFile: process.env.SAMPLAN_E2E_JSON }]]
    : [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: chromium,
    locale: 'sv-SE',
    timezoneId: 'Europe/Stockholm',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'js', grepInvert: /@no-js/ },
    { name: 'no-js', grep: /@both|@no-js/, use: { javaScriptEnabled: false } },
  ],
});
