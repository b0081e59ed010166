// What specs import: `test` with a relay of the worker's own as base address, people who are signed in, and checks.
//
//   test('two editors see each other', async ({ person }) => {
//     const vasteras = await person('vasteras', '/lan/2021');
//     const norra = await person('norra', '/lan/2021');
//     …
//   });
import { type Page, test as base } from '@playwright/test';
import { type Account, signIn } from './support/accounts';
import { Relay } from './support/relay';

export { expect } from '@playwright/test';
export { type Account, accounts, signIn, signInByHand } from './support/accounts';
export { expectAccessible } from './support/axe';
export { Relay, password } from './support/relay';

interface OfTest {
  /** Opens a browser context of its own, signed in, at a path. */
  person: (account: Account, path?: string) => Promise<Page>;
  /** A relay for this test alone, to be killed and started again; `person` and `baseURL` keep to the shared one. */
  ownRelay: Relay;
  /** What the pages of this test have written to the console as errors, and errors nobody caught. */
  complaints: string[];
}

interface OfWorker {
  /** The relay of this worker. Tests share its data: they find or make rows of their own. */
  relay: Relay;
}

export const test = base.extend<OfTest, OfWorker>({
  relay: [
    async ({}, use) => {
      const relay = await Relay.start();
      await use(relay);
      await relay.stop();
    },
    { scope: 'worker', timeout: 30_000 },
  ],

  baseURL: async ({ relay }, use) => use(relay.url),

  ownRelay: async ({}, use) => {
    const relay = await Relay.start();
    await use(relay);
    await relay.stop();
  },

  complaints: async ({}, use) => use([]),

  page: async ({ page, complaints }, use) => {
    listen(page, complaints);
    await use(page);
  },

  person: async ({ browser, relay, contextOptions, complaints, javaScriptEnabled, locale, timezoneId }, use) => {
    const contexts: Awaited<ReturnType<typeof browser.newContext>>[] = [];
    await use(async (account, path) => {
      const context = await browser.newContext({ ...contextOptions, baseURL: relay.url, javaScriptEnabled, locale, timezoneId });
      contexts.push(context);
      await signIn(context, relay.url, account);
      const page = await context.newPage();
      listen(page, complaints);
      if (path) await page.goto(path);
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`${error}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
}
