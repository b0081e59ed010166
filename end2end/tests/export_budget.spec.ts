// The budget as a workbook: live formulas, the figures of the page, and no network needed.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test, words } from '../support';

const path = '/budget/vasteras/2021';

async function exported(page: Page): Promise<{ name: string; file: string }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Spara som Excel' }).click();
  const done = await download;
  return { name: done.suggestedFilename(), file: await done.path() };
}

/** How many formulas the first sheet has, and how many of them sum. */
function formulas(file: string): { all: number; sums: number } {
  const xml = execFileSync('unzip', ['-p', file, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' });
  const found = xml.match(/<f>[^<]*<\/f>/g) ?? [];
  return { all: found.length, sums: found.filter((formula) => formula.includes('SUM(')).length };
}

test('the workbook has live formulas, and read again it says what the plan says', async ({ person }) => {
  const page = await person('vasteras', path);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  const { name, file } = await exported(page);
  expect(name).toBe('budget-2021-samordningsforbundet-vasteras.xlsx');
  await expect(page.getByTestId('message')).toContainText(`Budgeten är sparad som ${name}.`);
  const found = formulas(file);
  expect(found.sums).toBeGreaterThanOrEqual(3 * 5);
  expect(found.all).toBeGreaterThan(found.sums);

  await page.goto(`${path}/las-in`);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await page.getByLabel('Kalkylark med budgeten').setInputFiles({ name, mimeType: '', buffer: readFileSync(file) });
  await expect(page.locator('.counts')).toHaveText(/^0 rader är nya, 0 rader ändras och \d+ rader är oförändrade/);
  await expect(page.getByText('kunde inte tolkas')).toHaveCount(0);
  await expect(page.getByText('finns inte i bladet och rörs inte')).toHaveCount(0);
});

test('a workbook is made and read without a network', async ({ person }) => {
  const page = await person('vasteras', path);
  await expect(page.getByTestId('status')).toContainText(words.saved);
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
  await cold.goto(path);
  await expect(cold.getByTestId('status')).toContainText(words.offline);
  const { name, file } = await exported(cold);
  expect(formulas(file).all).toBeGreaterThan(0);

  await cold.goto(`${path}/las-in`);
  await expect(cold.getByRole('heading', { level: 1, name: 'Läs in filer' })).toBeVisible();
  await cold.getByLabel('Kalkylark med budgeten').setInputFiles({ name, mimeType: '', buffer: readFileSync(file) });
  await expect(cold.locator('.counts')).toHaveText(/^0 rader är nya, 0 rader ändras/);
});

test('a reader can save the budget too', async ({ person }) => {
  const page = await person('reader', path);
  await expect(page.getByTestId('status')).not.toBeEmpty();
  const { file } = await exported(page);
  expect(formulas(file).all).toBeGreaterThan(0);
});
