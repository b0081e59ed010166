// Helårsekvivalenter: rows of plain figures are added, written and removed, and their share of the population is checked.
import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test, words } from '../support';

const path = '/budget/vasteras/2021';

const section = (page: Page) => page.getByTestId('equivalents');

const row = (page: Page, name: RegExp): Locator => section(page).getByRole('row', { name });

const dialog = (page: Page, name = 'Lägg till helårsekvivalenter') => page.getByRole('dialog', { name });

async function open(page: Page): Promise<Locator> {
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await section(page).getByRole('button', { name: 'Lägg till helårsekvivalenter' }).click();
  return dialog(page);
}

async function fill(form: Locator, fields: [string, string][]): Promise<void> {
  for (const [label, text] of fields) await form.getByLabel(label, { exact: true }).fill(text);
}

test('a row is added with what it comes to, changed, and removed, each as one step', async ({ person }) => {
  const page = await person('vasteras', path);
  const reader = await person('reader', path);
  await expect(section(reader)).toHaveCount(0);
  const form = await open(page);
  await expectAccessible(page);
  await fill(form, [
    ['Område', 'Västerås'],
    ['År', '2020'],
    ['Sjukpenning (Valfritt)', '1 250'],
    ['Arbetslöshet (Valfritt)', '3000'],
    ['Folkmängd 20–64 år (Valfritt)', '85 000'],
  ]);
  await expect(form.getByTestId('gives')).toHaveText(/Totalt 4\s250, 5,0\s% av befolkningen/);
  await form.getByRole('button', { name: 'Lägg till rad' }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(section(page).getByRole('button', { name: 'Lägg till helårsekvivalenter' })).toBeFocused();
  for (const each of [page, reader]) {
    await expect(section(each).getByRole('rowheader', { name: 'Västerås', exact: true })).toBeVisible();
    await expect(row(each, /^2020/).getByRole('cell').nth(6)).toHaveText('4 250');
    await expect(row(each, /^2020/).getByRole('cell').nth(8)).toHaveText('5,0 %');
  }

  await page.getByRole('button', { name: 'Ändra Västerås 2020' }).click();
  const change = dialog(page, 'Ändra helårsekvivalenter');
  await expect(change.getByRole('textbox', { name: 'Sjukpenning' })).toHaveValue('1250');
  await change.getByRole('radio', { name: 'Kvinnor' }).check();
  await fill(change, [['Sjukpenning (Valfritt)', '']]);
  await change.getByRole('button', { name: 'Spara raden' }).click();
  await expect(row(reader, /^2020 kvinnor/).getByRole('cell').first()).toHaveText('–');
  await expect(page.getByRole('button', { name: 'Ändra Västerås 2020 kvinnor' })).toBeFocused();
  await page.getByRole('button', { name: 'Ångra', exact: true }).click();
  await expect(row(reader, /^2020/).getByRole('cell').first()).toHaveText('1 250');

  await page.getByRole('button', { name: 'Ändra Västerås 2020' }).click();
  await dialog(page, 'Ändra helårsekvivalenter').getByRole('button', { name: 'Ta bort raden' }).click();
  await expect(section(page)).toContainText('Inga helårsekvivalenter är inlagda än.');
  await expect(section(reader)).toHaveCount(0);
  await page.getByTestId('message').getByRole('button', { name: 'Ångra' }).click();
  await expect(row(page, /^2020/)).toBeVisible();
});

test('what cannot be read is said beside its field, and nothing is written', async ({ person }) => {
  const page = await person('vasteras', path);
  const form = await open(page);
  await fill(form, [
    ['Område', ''],
    ['År', '20'],
    ['Sjukpenning (Valfritt)', 'många'],
  ]);
  await form.getByRole('button', { name: 'Lägg till rad' }).click();
  await expect(form.getByRole('group', { name: 'Du behöver rätta 3 uppgifter' })).toBeFocused();
  await expect(form.getByRole('textbox', { name: 'Område' })).toHaveAccessibleDescription(/Fyll i område/);
  await expect(form.getByRole('textbox', { name: 'År', exact: true })).toHaveAccessibleDescription(/Skriv ett årtal/);
  await expect(form.getByRole('textbox', { name: 'Sjukpenning' })).toHaveAccessibleDescription(/Skriv ett helt antal/);
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Avbryt' }).click();
  await expect(section(page)).toContainText('Inga helårsekvivalenter är inlagda än.');
});

test('a printed share that cannot be is told while it is typed, and is a finding of the plan', async ({ person }) => {
  const page = await person('vasteras', path);
  const form = await open(page);
  await fill(form, [
    ['Område', 'Västerås'],
    ['År', '2020'],
    ['Arbetslöshet (Valfritt)', '8500'],
    ['Folkmängd 20–64 år (Valfritt)', '85 000'],
    ['Andel av befolkningen i procent enligt tryckt dokument (Valfritt)', '12,5'],
  ]);
  const gives = form.getByTestId('gives');
  await expect(gives).toContainText('12,5');
  await expect(gives.locator('.finding')).toHaveCount(1);
  await fill(form, [['Andel av befolkningen i procent enligt tryckt dokument (Valfritt)', '10,0']]);
  await expect(gives.locator('.finding')).toHaveCount(0);
  await fill(form, [['Folkmängd 20–64 år (Valfritt)', '850']]);
  await expect(gives).toContainText('Antalet är större än folkmängden.');
  await fill(form, [
    ['Folkmängd 20–64 år (Valfritt)', '85000'],
    ['Andel av befolkningen i procent enligt tryckt dokument (Valfritt)', '12,5'],
  ]);
  await form.getByRole('button', { name: 'Lägg till rad' }).click();
  const finding = page.getByTestId('checks').getByRole('link', { name: /Helårsekvivalenter Västerås 2020, andel/ });
  await finding.click();
  await expect(row(page, /^2020/)).toBeInViewport();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 375, height: 740 } });

  test('the form fits, and the page is no wider for the table', async ({ person }) => {
    const page = await person('vasteras', '/budget/vasteras/2019');
    await expect(page.getByTestId('status')).toContainText(words.saved);
    await page.getByRole('button', { name: /^Ändra Västerås 2017$/ }).click();
    await expect(dialog(page, 'Ändra helårsekvivalenter')).toBeVisible();
    await expectAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
});
