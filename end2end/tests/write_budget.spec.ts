// Writing in the budget: sums and equity move with each key, a colleague sees it, and a reload keeps it.
import type { Page } from '@playwright/test';
import { expect, test, words } from '../support';

const path = '/budget/vasteras/2021';

const row = (page: Page, name: string) =>
  page.locator('#budget tbody tr').filter({ has: page.locator('th', { hasText: name }) });

const cell = (page: Page, name: string, heading = 'Budget 2021') =>
  row(page, name).locator(`[data-label="${heading}"]`);

test('an amount moves the sums with each key, reaches the reader and outlives a reload', async ({ person }) => {
  const page = await person('vasteras', path);
  const reader = await person('reader', path);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await cell(page, 'Samordningsteam Västerås').click();
  await page.keyboard.type('8000000');
  await expect(cell(page, 'Summa Insatser')).toHaveText('17 159 000');
  await expect(cell(page, 'Summa kostnader')).toHaveText('18 630 000');
  await expect(cell(page, 'Årets resultat')).toHaveText('−5 320 000');
  await expect(cell(page, 'Utgående eget kapital', 'Utblick 2023')).toHaveText('1 298 000');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await expect(cell(reader, 'Samordningsteam Västerås')).toHaveText('8 000 000');
  await expect(cell(reader, 'Utgående eget kapital', 'Utblick 2023')).toHaveText('1 298 000');
  await page.reload();
  await expect(cell(page, 'Samordningsteam Västerås')).toHaveText('8 000 000');
});

test('what cannot be read as an amount is refused beside the cell, and the old value stays', async ({ person }) => {
  const page = await person('vasteras', path);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await cell(page, 'Bankkostnader').click();
  await page.keyboard.type('99999999999999999999');
  await page.keyboard.press('Enter');
  await expect(page.locator('.editor-error')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(cell(page, 'Bankkostnader')).toHaveText('11 000');
});

test('a line is added, removed and brought back', async ({ person }) => {
  const page = await person('vasteras', path);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await cell(page, 'Löneadministration').click();
  await page.keyboard.press('Control+Enter');
  await expect(cell(page, 'Rad utan namn', 'Benämning')).toBeFocused();
  await page.keyboard.type('Ny rad');
  await page.keyboard.press('Enter');
  await cell(page, 'Ny rad').click();
  await page.keyboard.type('1000');
  await page.keyboard.press('Enter');
  await expect(cell(page, 'Summa Styrelsen')).toHaveText('185 000');
  await cell(page, 'Ny rad').click();
  await page.keyboard.press('Control+Delete');
  await expect(cell(page, 'Summa Styrelsen')).toHaveText('184 000');
  await page.getByTestId('removed').locator('summary').click();
  await page.getByRole('button', { name: 'Återställ Ny rad' }).click();
  await expect(cell(page, 'Summa Styrelsen')).toHaveText('185 000');
});

test('a section is moved and removed by the keys of rows, and comes back with Ctrl+Z wherever the focus is', async ({ person }) => {
  const page = await person('vasteras', path);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  const sections = page.locator('#budget tr.section th');
  const heading = (name: string) => sections.filter({ hasText: name });
  await expect(sections).toHaveText(['Insatser', 'Styrelsen', 'Administration', 'Intäkter']);
  await heading('Styrelsen').click();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(sections).toHaveText(['Insatser', 'Administration', 'Styrelsen', 'Intäkter']);
  await expect(heading('Styrelsen')).toBeFocused();
  await page.keyboard.press('Control+Delete');
  await expect(sections).toHaveText(['Insatser', 'Administration', 'Intäkter']);
  await expect(cell(page, 'Summa kostnader')).toHaveText('18 322 000');
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await page.reload();
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await expect(page.locator('body')).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(heading('Styrelsen')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(sections).toHaveText(['Insatser', 'Styrelsen', 'Administration', 'Intäkter']);
  await expect(cell(page, 'Summa kostnader')).toHaveText('18 506 000');
});
