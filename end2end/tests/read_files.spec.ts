// Files of other programs: read and written by a wasm of its own, which is no part of the first visit and is there
// without a network all the same.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Page } from '@playwright/test';
import { expect, planPath, test } from '../support';

declare global {
  var samplanExchange: () => Promise<{
    read_sie(bytes: Uint8Array): string;
    read_sheets(bytes: Uint8Array): string;
    write_table(json: string): Uint8Array;
  }>;
}

const corpus = (name: string) => [
  ...readFileSync(fileURLToPath(new URL(`../../app/exchange/tests/corpus/${name}`, import.meta.url))),
];

/** What the module makes of a file, or the text that it throws. */
function read(page: Page, how: 'read_sie' | 'read_sheets', bytes: number[]): Promise<any> {
  return page.evaluate(
    async ([how, bytes]) => {
      const module = await samplanExchange();
      try {
        return JSON.parse(module[how](new Uint8Array(bytes)));
      } catch (thrown) {
        return thrown;
      }
    },
    [how, bytes] as const,
  );
}

test('accounting files and spreadsheets are read and written without a network', async ({ editor }) => {
  const { page } = await editor('vasteras');
  await page.goto(planPath);
  const fetched = () => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  await expect.poll(fetched).toContainEqual(expect.stringContaining('/pkg/samplan.'));
  expect(await fetched()).not.toContainEqual(expect.stringContaining('/pkg/exchange.'));

  // The service worker fetches it once the app has started.
  const kept = () =>
    page.evaluate(async () => {
      const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
      const requests = (await Promise.all(caches_.map((cache) => cache.keys()))).flat();
      return requests.map(({ url }) => new URL(url).pathname).filter((path) => path.startsWith('/pkg/exchange.'));
    });
  await expect.poll(kept, { timeout: 30_000 }).toHaveLength(2);

  const context = page.context();
  await page.close();
  await context.setOffline(true);
  const cold = await context.newPage();
  await cold.goto(planPath);
  await cold.waitForFunction(() => typeof samplanExchange === 'function');

  const ledger = await read(cold, 'read_sie', corpus('type4-cp437.se'));
  expect(ledger.company).toBe('Samordningsförbundet Exempel');
  expect(ledger.resolution).toBe('day');
  const [sheet] = await read(cold, 'read_sheets', corpus('plan.xlsx'));
  expect(sheet.rows[6]).toEqual([{ text: 'Samordningsteam' }, { number: '7876.5' }, { number: '7876.5' }]);
  const [same] = await read(cold, 'read_sheets', corpus('plan.ods'));
  expect(same.rows[6]).toEqual(sheet.rows[6]);
  expect(await read(cold, 'read_sheets', [1, 2, 3])).toContain('inget kalkylblad');
  expect(await read(cold, 'read_sie', [...new TextEncoder().encode('#RES 0 4010 1,5\n')])).toMatch(/^Rad 1: /);

  const written = await cold.evaluate(async () => {
    const table = { title: 'Lista', subtitle: '', columns: ['Namn'], rows: [[{ text: 'Åsen' }]] };
    return [...(await samplanExchange()).write_table(JSON.stringify(table))];
  });
  const [list] = await read(cold, 'read_sheets', written);
  expect(list.rows[4]).toEqual([{ text: 'Åsen' }]);
});
