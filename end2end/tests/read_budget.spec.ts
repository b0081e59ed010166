// The budget can be read by whoever may, with and without JavaScript, and by nobody else.
import type { Page } from '@playwright/test';
import { expect, test } from '../support';

const path = '/budget/vasteras/2021';

/** The figures of a row, by the start of its name. */
const figures = (page: Page, name: string) =>
  page.locator('#budget tbody tr').filter({ has: page.locator('th', { hasText: name }) }).locator('.amount');

test('the whole budget of 2021 can be read @both', async ({ person }) => {
  const page = await person('reader', path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Budget 2021 med utblick 2022–2023');
  await expect(page.getByText('Dnr 2020/19-SFV')).toBeVisible();
  await expect(figures(page, 'Summa Insatser')).toHaveText(['17 035 000', '12 026 000', '9 840 000']);
  await expect(figures(page, 'Summa Styrelsen').first()).toHaveText('184 000');
  await expect(figures(page, 'Summa Administration').first()).toHaveText('1 287 000');
  await expect(figures(page, 'Summa kostnader').first()).toHaveText('18 506 000');
  await expect(figures(page, 'Årets resultat').first()).toHaveText('−5 196 000');
  await expect(figures(page, 'Utgående eget kapital')).toHaveText(['3 045 000', '1 486 000', '1 422 000']);
  await expect(figures(page, 'JobbFokus').last()).toHaveText('–');
  await expect(page.getByRole('button', { name: 'Lägg till rad' })).toHaveCount(0);
});

test('an outsider learns nothing of the budget', async ({ person }) => {
  const page = await person('outsider');
  const answer = await page.goto(path);
  expect(answer?.status()).toBe(404);
  await expect(page.getByText('Insatser')).toHaveCount(0);
});
