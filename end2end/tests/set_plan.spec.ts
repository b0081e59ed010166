// What holds for the whole plan: its title, years, equity and ceiling; and whose a row of income is.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test, words } from '../support';

const path = '/budget/vasteras/2021';

const row = (page: Page, name: string) =>
  page.locator('#budget tbody tr').filter({ has: page.locator('th', { hasText: name }) });

const cell = (page: Page, name: string, heading = 'Budget 2021') => row(page, name).locator(`[data-label="${heading}"]`);

async function open(page: Page): Promise<void> {
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await page.getByRole('button', { name: 'Planens uppgifter' }).click();
  await expect(page.getByRole('dialog', { name: 'Planens uppgifter' })).toBeVisible();
}

test('the plan’s data are changed together and taken back in one step', async ({ person }) => {
  const page = await person('vasteras', path);
  const reader = await person('reader', path);
  await open(page);
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Rubrik' }).fill('Budget 2021 för Västerås');
  await page.getByLabel('Diarienummer').fill('2021/3-SFV');
  await page.getByLabel('Utblick efter budgetåret').selectOption('3 år: 2022–2024');
  await page.getByRole('textbox', { name: 'Ingående eget kapital' }).fill('9 000 000');
  await page.getByRole('textbox', { name: 'Tak för eget kapital' }).fill('12,5');
  await page.getByRole('button', { name: 'Spara uppgifter' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('Budget 2021 för Västerås');
  await expect(reader.getByText('Dnr 2021/3-SFV')).toBeVisible();
  await expect(cell(reader, 'Utgående eget kapital')).toHaveText('3 804 000');
  await expect(cell(reader, 'Tak för eget kapital')).toHaveText('1 663 750');
  await expect(reader.getByRole('columnheader', { name: 'Utblick 2024' })).toBeVisible();
  await page.getByRole('button', { name: 'Ångra' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Budget 2021 med utblick 2022–2023');
  await expect(cell(page, 'Utgående eget kapital')).toHaveText('3 045 000');
  await expect(page.getByRole('columnheader', { name: 'Utblick 2024' })).toHaveCount(0);
});

test('a changed title reaches the start page of everybody, and this one without a network too', async ({ person }) => {
  const page = await person('vasteras', path);
  const reader = await person('reader', '/');
  const rename = async (title: string): Promise<void> => {
    await open(page);
    await page.getByRole('textbox', { name: 'Rubrik' }).fill(title);
    await page.getByRole('button', { name: 'Spara uppgifter' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(page.getByTestId('status')).toContainText(words.saved);
  };
  await rename('Budget efter samråd');
  await expect(async () => {
    await reader.reload();
    await expect(reader.getByRole('link', { name: /Budget efter samråd/ })).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated');
  await page.context().setOffline(true);
  await page.goto('/');
  await expect(page.getByRole('link', { name: /Budget efter samråd/ })).toBeVisible();
});

test('a year that is hidden keeps its amounts', async ({ person }) => {
  const page = await person('vasteras', path);
  await open(page);
  await page.getByLabel('Utblick efter budgetåret').selectOption('Ingen utblick');
  await page.getByRole('button', { name: 'Spara uppgifter' }).click();
  await expect(page.getByRole('columnheader', { name: 'Utblick 2023' })).toHaveCount(0);
  await open(page);
  await page.getByLabel('Utblick efter budgetåret').selectOption('2 år: 2022–2023');
  await page.getByRole('button', { name: 'Spara uppgifter' }).click();
  await expect(cell(page, 'Summa kostnader', 'Utblick 2023')).toHaveText('11 380 000');
});

test('what cannot be used is said beside its field, from three faults in a summary, and nothing is written', async ({ person }) => {
  const page = await person('vasteras', path);
  await open(page);
  await page.getByRole('textbox', { name: 'Tak för eget kapital' }).fill('120');
  await page.getByRole('button', { name: 'Spara uppgifter' }).click();
  await expect(page.getByRole('textbox', { name: 'Tak för eget kapital' })).toBeFocused();
  await expect(page.getByRole('textbox', { name: 'Tak för eget kapital' })).toHaveAccessibleDescription(/mellan 0 och 100/);
  await page.getByRole('textbox', { name: 'Rubrik' }).fill('');
  await page.getByRole('textbox', { name: 'Ingående eget kapital' }).fill('mycket');
  await page.getByRole('button', { name: 'Spara uppgifter' }).click();
  await expect(page.getByRole('heading', { name: 'Du behöver rätta 3 uppgifter' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Fyll i rubrik.' }).click();
  await expect(page.getByRole('textbox', { name: 'Rubrik' })).toBeFocused();
  await page.getByRole('button', { name: 'Avbryt' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Budget 2021 med utblick 2022–2023');
});

test('a new row of income is asked for its party, and the shares by law are shown', async ({ person }) => {
  const page = await person('vasteras', path);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  const add = async (party: string, name: string, amount: string, key?: string) => {
    await page.getByRole('button', { name: 'Lägg till intäkt' }).click();
    const dialog = page.getByRole('dialog', { name: 'Lägg till intäkt' });
    await dialog.getByRole('radio', { name: party }).check();
    await dialog.getByLabel('Benämning').fill(name);
    if (key) await dialog.getByLabel('Nyckel').fill(key);
    await dialog.getByRole('button', { name: 'Lägg till intäkt' }).click();
    await expect(dialog).toHaveCount(0);
    await cell(page, name).click();
    await page.keyboard.type(amount);
    await page.keyboard.press('Enter');
    await expect(cell(page, name)).not.toHaveText('–');
  };
  // Without a choice nothing is added.
  await page.getByRole('button', { name: 'Lägg till intäkt' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Lägg till intäkt' }).click();
  await expect(page.getByText('Välj vem som betalar.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Avbryt' }).click();
  await cell(page, 'Intäkter partner').click();
  await page.keyboard.press('Delete');
  await add('Staten', 'Försäkringskassan', '100,03');
  await add('Region', 'Region Västmanland', '50');
  await add('Kommun', 'Kommun A', '25', '2');
  await add('Kommun', 'Kommun B', '25', '1');
  const shares = page.getByRole('region', { name: 'Andelar enligt lag' });
  await expect(shares.getByRole('row', { name: 'Försäkringskassan' }).getByRole('cell')).toHaveText([
    '100,03',
    '100,01',
    '+0,02',
  ]);
  // The remainder of the division is placed, and it is said where.
  await expect(shares.getByRole('row', { name: 'Försäkringskassan' })).not.toContainText('Avrundat');
  await expect(shares.getByRole('row', { name: 'Region Västmanland' })).toContainText('Avrundat uppåt');
  await expect(shares.getByRole('row', { name: 'Kommun A' }).getByRole('cell').nth(1)).toHaveText('33,34');
});

test('a row that is typed straight into the table says that its party is missing, until it is chosen', async ({ person }) => {
  const page = await person('vasteras', path);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await cell(page, 'Intäkter partner').click();
  await page.keyboard.press('Control+Enter');
  await expect(row(page, 'Part är inte vald')).toHaveCount(1);
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Välj part och nyckel' }).click();
  await page.getByRole('radio', { name: 'Region' }).check();
  await page.getByRole('button', { name: 'Klar' }).click();
  await expect(row(page, 'Part är inte vald')).toHaveCount(0);
});
