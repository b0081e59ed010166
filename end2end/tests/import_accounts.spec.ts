// An accounting file becomes an outcome: read on the device, mapped to the budget's rows, seen before it is written.
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test, words } from '../support';

const path = '/budget/vasteras/2021/las-in';

const corpus = (name: string) => fileURLToPath(new URL(`../../app/exchange/tests/corpus/${name}`, import.meta.url));

const choose = (page: Page, name: string) => page.getByLabel('SIE-fil').setInputFiles(corpus(name));

const account = (page: Page, name: string) => page.getByLabel(`${name} hör till`, { exact: true });

const booked = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Så blir utfallet' }).getByRole('row', { name: new RegExp(`^${name}`) });

const facts = (page: Page) => page.locator('dl[aria-label="Om filen"]');

/** Opens the page as somebody who may write, and waits until it is live. */
async function open(person: (account: 'vasteras', path: string) => Promise<Page>): Promise<Page> {
  const page = await person('vasteras', path);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  return page;
}

test('the same file is read whatever letters it is written in, and says what it is', async ({ person }) => {
  const page = await open(person);
  for (const [file, encoding] of [
    ['type4-cp437.se', 'PC8 (CP437)'],
    ['type4-utf16.se', 'UTF-16'],
    ['type4-windows1252.se', 'Windows-1252 (Latin-1)'],
    ['type3-utf8.se', 'UTF-8'],
    ['type2-latin1.se', 'Windows-1252 (Latin-1)'],
  ]) {
    await choose(page, file);
    await expect(facts(page)).toContainText(encoding);
    await expect(facts(page)).toContainText(file);
    await expect(facts(page)).toContainText('Samordningsförbundet Exempel (222000-0000)');
    await expect(facts(page)).toContainText('2021-01-01 till 2021-12-31');
    await expect(page.getByLabel('Läs in till och med')).toHaveValue('2021-04-30');
  }
});

test('accounts are mapped, seen beside what stands there, written, taken back, and remembered', async ({ person }) => {
  const page = await open(person);
  await choose(page, 'type4-cp437.se');
  await expect(page.getByText('Ett nytt utfall till och med 2021-04-30 läggs till.')).toBeVisible();

  await account(page, 'Konto 4010, kostnadsställe 10, projekt P1').selectOption({ label: 'Samordningsteam Västerås' });
  await expect(booked(page, 'Samordningsteam Västerås').getByRole('cell')).toHaveText(['–', '1 312 666,67', '1 312 666,67']);
  await page.getByRole('button', { name: 'konto 4010 (1 rad till)' }).click();
  await expect(booked(page, 'Samordningsteam Västerås').getByRole('cell').nth(1)).toHaveText('1 406 167,17');

  await account(page, 'Konto 3010').selectOption({ label: 'Intäkter partner' });
  await page.getByRole('button', { name: 'konto 3000–3999 (2 rader till)' }).click();
  await expect(booked(page, 'Intäkter partner').getByRole('cell').nth(1)).toHaveText('6 655 000');
  await account(page, 'Konto 5010').selectOption({ label: 'Lämnas utanför' });
  const sums = page.locator('.adds-up');
  await expect(sums.getByRole('row', { name: /^Lämnas utanför/ })).toContainText('11 500');
  await expect(sums.getByRole('row', { name: /^Inte kopplat/ })).toContainText('88 749,75');
  await expect(sums.getByRole('row', { name: /^Filens summa/ })).toContainText('−5 148 583,08');
  await expect(page.getByText('Delarna blir tillsammans filens summa.')).toBeVisible();
  await expect(page.getByText('3 rader i filen är inte kopplade')).toBeVisible();

  await page.getByText('Kopplingar (', { exact: false }).click();
  await page.getByLabel(/^Konto eller intervall/).fill('6000-7999');
  await page.getByLabel(/^Kostnadsställe \(/).fill('20');
  await page.getByRole('button', { name: 'Lägg till koppling' }).click();
  await expect(page.getByText('Välj vilken rad i budgeten kopplingen hör till.')).toBeVisible();
  await page.locator('#koppla-till').selectOption({ label: 'Politikerarvode inkl. förl. arb.tid förtj. sociala avg.' });
  await page.getByRole('button', { name: 'Lägg till koppling' }).click();
  await expect(booked(page, 'Politikerarvode').getByRole('cell').nth(1)).toHaveText('47 499,75');

  await page.getByRole('button', { name: 'Läs in utfallet' }).click();
  await expect(page.getByText('3 belopp lästes in i utfallet till och med 2021-04-30.')).toBeVisible();
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await expect(booked(page, 'Samordningsteam Västerås').getByRole('cell')).toHaveText(['1 406 167,17', '1 406 167,17', '–']);
  await page.getByRole('button', { name: 'Ångra inläsningen' }).click();
  await expect(page.getByText('Inläsningen är ångrad.')).toBeVisible();
  await expect(booked(page, 'Samordningsteam Västerås')).toHaveCount(0);
});

test('what was mapped once needs no mapping the next time, and a second file is another date', async ({ person }) => {
  const page = await open(person);
  await choose(page, 'type4-cp437.se');
  await account(page, 'Konto 4020, kostnadsställe 10').selectOption({ label: 'Länsgemensamma utbildningsinsatser' });
  await page.getByRole('button', { name: 'Läs in utfallet' }).click();
  await expect(page.getByText('1 belopp lästes in i utfallet till och med 2021-04-30. 1 koppling sparades.')).toBeVisible();
  await expect(page.getByTestId('status')).toContainText(words.saved);

  await page.reload();
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await choose(page, 'type4-windows1252.se');
  await expect(page.getByText('Utfallet till och med 2021-04-30 finns redan.')).toBeVisible();
  await expect(booked(page, 'Länsgemensamma utbildningsinsatser').getByRole('cell').nth(1)).toHaveText('41 250');
  await page.getByLabel('Läs in till och med').fill('2021-03-31');
  await page.getByLabel('Läs in till och med').press('Tab');
  await expect(page.getByText('Ett nytt utfall till och med 2021-03-31 läggs till.')).toBeVisible();
  await page.getByLabel('Läs in till och med').fill('2020-12-31');
  await page.getByLabel('Läs in till och med').press('Tab');
  await expect(page.getByText(/^Planen är för 2021\. Välj en dag det året/)).toBeVisible();
});

test('a file of another year is not read into the plan, whatever day is asked for', async ({ person }) => {
  const page = await open(person);
  const other = Buffer.from('#FLAGGA 0\n#SIETYP 1\n#GEN 20220503\n#RAR 0 20220101 20221231\n#KONTO 6570 "Bank"\n#RES 0 6570 500.00\n');
  await page.getByLabel('SIE-fil').setInputFiles({ name: '2022.se', mimeType: 'text/plain', buffer: other });
  const day = page.getByLabel('Läs in till och med');
  await day.fill('2021-03-31');
  await day.press('Tab');
  await expect(day).toHaveAccessibleDescription(/Planen är för 2021, men filens räkenskapsår är 2022-01-01 till 2022-12-31\. Läs in filen i planen för 2022/);
  await page.getByRole('button', { name: 'Läs in utfallet' }).click();
  await page.goto('/budget/vasteras/2021');
  await expect(page.getByTestId('outcome')).toContainText('Inget utfall är inlagt än');
});

test('a broken file is refused with its line and the reason, and the next one is read', async ({ person }) => {
  const page = await open(person);
  const broken = Buffer.from('#FLAGGA 0\n#SIETYP 1\n#RAR 0 20210101 20211231\n#RES 0 4010 tolv\n');
  await page.getByLabel('SIE-fil').setInputFiles({ name: 'trasig.se', mimeType: 'text/plain', buffer: broken });
  const error = page.locator('#sie-fil-fel');
  await expect(error).toContainText('trasig.se gick inte att läsa in. Rad 4: ');
  await expect(page.getByLabel('SIE-fil')).toHaveAttribute('aria-invalid', 'true');
  await choose(page, 'plan.xlsx');
  await expect(error).toContainText('plan.xlsx gick inte att läsa in.');
  await choose(page, 'type1-utf8-bom.se');
  await expect(facts(page)).toContainText('Ett saldo för året');
  await expect(error).toBeEmpty();
});

test('a reader is told that nothing can be read in @both', async ({ person }) => {
  const page = await person('reader', path);
  await expect(page.getByText('Du kan läsa planen men inte läsa in filer i den.')).toBeVisible();
  await expect(page.getByLabel('SIE-fil')).toHaveCount(0);
});

test('without scripts the page says what it needs @no-js', async ({ person }) => {
  const page = await person('vasteras', path);
  await expect(page.getByText('För att läsa in filer behöver JavaScript vara på i webbläsaren.')).toBeVisible();
  await expect(page.getByLabel('SIE-fil')).toBeHidden();
});

test('whoever may not read the plan finds no such page @both', async ({ person }) => {
  const page = await person('norra', path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sidan finns inte');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 375, height: 740 } });

  test('accounts are cards to the eye, and still a table to a screen reader', async ({ person }) => {
    const page = await open(person);
    await choose(page, 'type4-cp437.se');
    const table = page.getByRole('region', { name: 'Konton i filen' }).getByRole('table');
    await expect(table.getByRole('columnheader')).toHaveText(['Konto', 'Kostnadsställe', 'Projekt', 'Bokfört', 'Hör till']);
    const first = table.getByRole('row').nth(1);
    await expect(first.getByRole('rowheader')).toHaveText('3010 Bidrag från Försäkringskassan');
    await expect(first.getByRole('cell')).toHaveCount(4);
    await expect(table.getByRole('row', { name: /^Filens summa/ }).getByRole('cell').first()).toContainText('−5 148 583,08');
  });
});

for (const look of [
  { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 375, height: 740 }, colorScheme: 'dark' },
] as const) {
  test.describe(look.colorScheme, () => {
    test.use(look);

    test(`axe finds nothing while accounts are mapped, ${look.colorScheme}, and nothing scrolls sideways`, async ({ person }) => {
      const page = await open(person);
      await choose(page, 'type4-cp437.se');
      await account(page, 'Konto 4010, kostnadsställe 10, projekt P1').selectOption({ label: 'Samordningsteam Västerås' });
      await page.getByText('Kopplingar (', { exact: false }).click();
      await expect(page.getByRole('button', { name: 'Läs in utfallet' })).toBeVisible();
      await expectAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide).toBeLessThanOrEqual(0);
    });
  });
}
