// A budget in a spreadsheet becomes rows of the plan: proposed, corrected, seen, and written as one step.
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test, words } from '../support';

const path = '/budget/vasteras/2021/las-in';

const corpus = (name: string) => fileURLToPath(new URL(`../../app/exchange/tests/corpus/${name}`, import.meta.url));

const choose = (page: Page, name: string) => page.getByLabel('Kalkylark med budgeten').setInputFiles(corpus(name));

const change = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Så blir budgeten' }).getByRole('row', { name: new RegExp(`^${name}`) });

async function open(person: (account: 'vasteras', path: string) => Promise<Page>): Promise<Page> {
  const page = await person('vasteras', path);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  return page;
}

for (const file of ['plan.xlsx', 'plan.ods']) {
  test(`${file}: what the sheet says is shown beside the plan, written as one step, and taken back`, async ({ person }) => {
    const page = await open(person);
    await choose(page, file);
    await expect(page.getByLabel('Blad', { exact: true })).toHaveText(/Budget 2021/);
    await expect(page.getByLabel('tusen kronor (tkr)')).toBeChecked();
    await expect(change(page, 'Samordningsteam').first()).toContainText('Ny');
    await expect(change(page, 'Samordningsteam').first()).toContainText('7 876 500');

    await page.getByRole('button', { name: 'Läs in budgeten' }).click();
    await expect(page.getByText(/^Budgeten är inläst: \d+ rader? lades till/)).toBeVisible();
    await expect(page.getByTestId('status')).toContainText(words.saved);
    await expect(change(page, 'Samordningsteam').first()).toContainText('Oförändrad');
    await page.getByRole('button', { name: 'Läs in budgeten' }).click();
    await expect(page.getByText('Det finns inget att läsa in')).toBeVisible();
    await page.getByRole('button', { name: 'Ångra inläsningen' }).click();
    await expect(page.getByText('Inläsningen är ångrad.')).toBeVisible();
    await expect(change(page, 'Samordningsteam').first()).toContainText('Ny');
  });
}

test('what was guessed can be changed: unit, columns and rows', async ({ person }) => {
  const page = await open(person);
  await choose(page, 'plan.xlsx');
  await page.getByLabel('kronor', { exact: true }).check();
  await expect(change(page, 'Samordningsteam').first()).toContainText('7 876,50');
  await page.getByLabel('Kolumn C läses som').selectOption('2023');
  await expect(page.getByRole('region', { name: 'Så blir budgeten' }).getByRole('columnheader', { name: '2023' })).toBeVisible();
  await page.getByLabel('Rad 7 läses som').selectOption({ label: 'Hoppas över' });
  await expect(change(page, 'Samordningsteam')).toHaveCount(0);
  await page.getByLabel('Blad', { exact: true }).selectOption({ label: 'Tomt' });
  await expect(page.getByText('Inga budgetrader hittades.')).toBeVisible();
});

test('another file is refused with what to do, at the field', async ({ person }) => {
  const page = await open(person);
  await choose(page, 'type4-cp437.se');
  await expect(page.locator('#kalkylark-fil-fel')).toContainText('Filen är inget kalkylblad av typen .xlsx eller .ods.');
  await choose(page, 'plan.ods');
  await expect(page.locator('#kalkylark-fil-fel')).toBeEmpty();
});

for (const look of [
  { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  { viewport: { width: 375, height: 740 }, colorScheme: 'light' },
] as const) {
  test.describe(look.colorScheme, () => {
    test.use(look);

    test(`axe finds nothing while a sheet is read, ${look.colorScheme}, and nothing scrolls sideways`, async ({ person }) => {
      const page = await open(person);
      await choose(page, 'plan.xlsx');
      await expect(page.getByRole('button', { name: 'Läs in budgeten' })).toBeVisible();
      await expectAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide).toBeLessThanOrEqual(0);
    });
  });
}
