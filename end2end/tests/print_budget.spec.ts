// On paper the budget is a clean table: who, what and which version above it, and no controls.
import type { Page } from '@playwright/test';
import { expect, test, words } from '../support';

const path = '/budget/vasteras/2021';

/** How many pages a PDF has. */
async function pages(page: Page): Promise<number> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  return pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

test('paper shows the plan and none of the tools @both', async ({ person }) => {
  const page = await person('vasteras', path);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.eyebrow')).toHaveText('Samordningsförbundet Västerås');
  await expect(page.locator('.eyebrow')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('Dnr 2020/19-SFV')).toBeVisible();
  await expect(page.getByText('Senaste version: Reviderad 2021-03-26')).toBeVisible();
  await expect(page.locator('#budget thead')).toHaveCSS('display', 'table-header-group');
  await expect(page.locator('#budget').getByText('Belopp i kronor.')).toBeVisible();
  for (const button of await page.getByRole('button').all()) await expect(button).toBeHidden();
  await expect(page.getByRole('link', { name: 'Versioner' })).toBeHidden();
  // Nobody has written a note, so that there is no empty column for them.
  await expect(page.locator('#budget th.comment')).toBeHidden();
  await expect(page.locator('#diagram-kapital svg[role=img]')).toBeVisible();
});

test('the pictures are printed on a page of their own, or left out', async ({ person }) => {
  const page = await person('vasteras', path);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  const before = await pages(page);
  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', '');
  });
  await page.getByRole('button', { name: 'Skriv ut' }).click();
  await page.getByRole('checkbox', { name: 'Diagram' }).uncheck();
  await page.getByRole('dialog').getByRole('button', { name: 'Skriv ut' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-printed', '');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await pages(page)).toBeLessThan(before);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('#diagram-kapital')).toBeHidden();
});
