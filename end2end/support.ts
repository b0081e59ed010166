// What specs import: `test` with a relay of the test's own as base address, people who are signed in, and checks.
//
//   test('two editors see each other', async ({ editor }) => {
//     const vasteras = await editor('vasteras');
//     const norra = await editor('norra');
//     …
//   });
//
// Every test has the demo's data fresh: starting a relay takes less time than a test that fails because of another.
import { type Page, test as base } from '@playwright/test';
import { type Account, signIn } from './support/accounts';
import { Plan, planPath } from './support/plan';
import { Relay } from './support/relay';

export { expect } from '@playwright/test';
export { type Account, accounts, fillSignIn, signIn, signInByHand } from './support/accounts';
export { expectAccessible } from './support/axe';
export { type GridName, Plan, planPath } from './support/plan';
export { Relay, password } from './support/relay';
export { waiting, words } from './support/words';

interface Fixtures {
  /** The relay of this test, on the demo's data. */
  relay: Relay;
  /** Opens a browser context of its own, signed in, at a path. */
  person: (account: Account, path?: string) => Promise<Page>;
  /** Opens the county plan as somebody who may write, and waits until the page is live. */
  editor: (account: Account) => Promise<Plan>;
  /** What the pages of this test have written to the console as errors, and errors nobody caught. */
  complaints: string[];
}

export const test = base.extend<Fixtures>({
  relay: async ({}, use) => {
    const relay = await Relay.start();
    await use(relay);
    await relay.stop();
  },

  baseURL: async ({ relay }, use) => use(relay.url),

  complaints: async ({}, use) => use([]),

  page: async ({ page, complaints }, use) => {
    listen(page, complaints);
    await use(page);
  },

  person: async (
    { browser, relay, contextOptions, complaints, javaScriptEnabled, locale, timezoneId, viewport, colorScheme },
    use,
  ) => {
    const contexts: Awaited<ReturnType<typeof browser.newContext>>[] = [];
    await use(async (account, path) => {
      const context = await browser.newContext({
        ...contextOptions,
        baseURL: relay.url,
        javaScriptEnabled,
        locale,
        timezoneId,
        viewport,
        colorScheme,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      contexts.push(context);
      await signIn(context, relay.url, account);
      const page = await context.newPage();
      listen(page, complaints);
      if (path) await page.goto(path);
      return page;
    });
    for (const context of contexts) await context.close();
  },

  editor: async ({ person }, use) => {
    await use(async (account) => new Plan(await person(account, planPath)).saved());
  },
});

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`${error}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
}
