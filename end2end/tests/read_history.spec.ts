// The history of a plan: who changed what, from what to what; for a row and a cell; and bringing an old value back.
import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test, words } from '../support';

const plan = '/budget/vasteras/2021';
const history = `${plan}/historik`;
const team = 'Samordningsteam Västerås';

const row = (page: Page, name: string): Locator =>
  page.locator('#budget tbody tr').filter({ has: page.locator('th', { hasText: name }) });

async function live(page: Page): Promise<void> {
  await expect(page.getByTestId('status')).toContainText('Alla ändringar är sparade');
}

async function write(page: Page, amount: string): Promise<void> {
  await row(page, team).locator('[data-label="Budget 2021"]').click();
  await page.keyboard.type(amount);
  await page.keyboard.press('Enter');
  await live(page);
}

test('what was changed is told with who, from what and to what, and is brought back', async ({ person }) => {
  const page = await person('vasteras', plan);
  await live(page);
  await write(page, '8000000');
  await page.getByRole('link', { name: 'Historik' }).click();
  await expect(page).toHaveURL(history);
  const latest = page.locator('.history > li').first();
  await expect(latest).toContainText(`${team} Budget 2021`);
  await expect(latest.locator('del')).toHaveText('7 876 000 kr');
  await expect(latest.locator('ins')).toHaveText('8 000 000 kr');
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('Redaktör Västerås');
  await live(page);
  await latest.getByRole('button', { name: 'Ta tillbaka 7 876 000 kr' }).click();
  await expect(page.locator('.history > li').first().locator('ins')).toHaveText('7 876 000 kr');
  await expect(page.locator('.history-heading').first()).toBeFocused();
  await live(page);
  await page.getByRole('link', { name: 'Till planen' }).click();
  await expect(row(page, team).locator('[data-label="Budget 2021"]')).toHaveText(/7\s876\s000/);
});

test('the plan is read as it was right after a change', async ({ person }) => {
  const page = await person('vasteras', plan);
  await live(page);
  await write(page, '8000000');
  await write(page, '9000000');
  await page.goto(history);
  await page.locator('.history > li').nth(1).getByRole('link', { name: /^Läs planen som den var då/ }).click();
  await expect(page.getByRole('heading', { name: /^Budgeten: Planen som den var .* efter en ändring av Redaktör Västerås/ })).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(`^${team}`) }).getByRole('cell').first()).toHaveText('8 000 000');
});

test('the menu of a cell shows its changes', async ({ person }) => {
  const page = await person('vasteras', plan);
  await live(page);
  await write(page, '8000000');
  await row(page, team).locator('[data-label="Budget 2021"]').click();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Visa ändringar' }).click();
  const dialog = page.getByRole('dialog', { name: `Ändringar i ${team}, 2021` });
  await expect(dialog.locator('.history > li')).toHaveCount(2);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: /^Ta tillbaka 7 876 000 kr/ }).click();
  await expect(dialog.locator('.history > li')).toHaveCount(3);
  await page.keyboard.press('Escape');
  await expect(row(page, team).locator('[data-label="Budget 2021"]')).toHaveText(/7\s876\s000/);
  await expect(row(page, team).locator('[data-label="Budget 2021"]')).toBeFocused();
});

test('the menu of a cell of the outcome shows its changes', async ({ person }) => {
  const page = await person('vasteras', '/budget/vasteras/2019');
  await live(page);
  const revision = page.locator('#utfall tbody tr').filter({ has: page.locator('th', { hasText: 'Revision' }) });
  await revision.locator('[data-label="Utfall"]').click();
  await page.keyboard.type('53000');
  await page.keyboard.press('Enter');
  await live(page);
  await revision.locator('[data-label="Utfall"]').click();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Visa ändringar' }).click();
  const dialog = page.getByRole('dialog', { name: /^Ändringar i Revision/ });
  await expect(dialog.locator('.history > li')).toHaveCount(2);
  await expect(dialog.locator('.history > li').first().locator('del')).toHaveText('52 000 kr');
  await dialog.getByRole('button', { name: /^Ta tillbaka 52 000 kr/ }).click();
  await page.keyboard.press('Escape');
  await expect(revision.locator('[data-label="Utfall"]')).toHaveText(/52\s000/);
});

test('the menu of a cell of the county plan shows its changes', async ({ editor }) => {
  const county = await editor('vasteras');
  await county.write(1, 'Kostnad', '130000');
  await county.saved();
  await county.cell(1, 'Kostnad').click();
  await county.press('Shift+F10');
  await county.page.getByRole('menuitem', { name: 'Visa ändringar' }).click();
  const dialog = county.page.getByRole('dialog', { name: /^Ändringar i / });
  await expect(dialog.locator('.history > li').first().locator('del')).toHaveText('125 000 kr');
  await expect(dialog.locator('.history > li').first().locator('ins')).toHaveText('130 000 kr');
  await dialog.getByRole('button', { name: /^Ta tillbaka 125 000 kr/ }).click();
  await county.press('Escape');
  await expect(county.cell(1, 'Kostnad')).toHaveText(/125\s000/);
});

test('without a network the history is read from this device, with what was never sent', async ({ person }) => {
  const page = await person('vasteras', plan);
  await live(page);
  await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated');
  await page.context().setOffline(true);
  await expect(page.getByTestId('status')).toContainText(words.offline);
  await row(page, team).locator('[data-label="Budget 2021"]').click();
  await page.keyboard.type('8000000');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('status')).toContainText('1 ändring');
  await page.goto(history);
  const latest = page.locator('.history > li').first();
  await expect(latest.locator('ins')).toHaveText('8 000 000 kr');
  await page.getByLabel('Rad').selectOption({ label: team });
  await page.getByRole('button', { name: 'Visa ändringar' }).click();
  await expect(page.getByText(`Bara ändringar i ${team}.`)).toBeVisible();
  await expect(latest.locator('ins')).toHaveText('8 000 000 kr');
});

test('the history is read, also of one row, without writing anything @both', async ({ person }) => {
  const page = await person('reader', history);
  await expect(page.getByRole('heading', { level: 1, name: 'Historik' })).toBeVisible();
  await expect(page.locator('.history > li').first()).toContainText('Reviderad 2021-03-26');
  await page.getByLabel('Rad').selectOption({ label: team });
  await page.getByRole('button', { name: 'Visa ändringar' }).click();
  await expect(page.getByText(`Bara ändringar i ${team}.`)).toBeVisible();
  await expect(page.locator('.history > li').first().locator('ins').first()).toHaveText(team);
  await expect(page.getByRole('button', { name: /^Ta tillbaka/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'Visa alla ändringar' }).click();
  await expect(page).toHaveURL(history);
});

test('older changes come by a button, and by a link without JavaScript', async ({ person }) => {
  const page = await person('vasteras', plan);
  await live(page);
  await row(page, team).locator('[data-label="Budget 2021"]').click();
  for (let amount = 1; amount <= 45; amount += 1) {
    await page.keyboard.type(`${amount}`);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
  }
  await live(page);
  await page.goto(history);
  await expect(page.locator('.history > li')).toHaveCount(40);
  const older = await page.getByRole('link', { name: 'Visa fler' }).getAttribute('href');
  await live(page);
  await page.getByRole('link', { name: 'Visa fler' }).click();
  await expect(page).toHaveURL(history);
  await expect(page.locator('.history > li').nth(44).locator('ins')).toHaveText('1 kr');
  await page.goto(older ?? '');
  await expect(page.locator('.history > li').nth(4).locator('ins')).toHaveText('1 kr');
  await page.getByRole('link', { name: 'Till de senaste ändringarna' }).click();
  await expect(page).toHaveURL(history);
});

test('every change of a large step is reached, and nothing is told that did not change @both', async ({ person }) => {
  const page = await person('reader', history);
  const list = page.locator('.history-list');
  await expect(list).toContainText('Ny version');
  await expect(list).toContainText('17 035 tkr');
  await expect(list.getByText('Tak för eget kapital', { exact: true })).toHaveCount(0);
  await expect(list.locator('.history-what > ul > li').filter({ hasText: 'Ny rad' })).not.toContainText(['Reviderad']);
  const budget = page.locator('.history > li').filter({ hasText: 'Nytt avsnitt' });
  await expect(budget.getByText('Steget ändrade mer')).toHaveCount(0);
  await budget.locator('summary').click();
  await expect(budget).toContainText('Trycksaker, böcker');
});

test('a cell that was empty is emptied again', async ({ person }) => {
  const page = await person('vasteras', plan);
  await live(page);
  await row(page, 'JobbFokus').locator('[data-label="Utblick 2023"]').click();
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await live(page);
  await page.goto(history);
  await live(page);
  await page.locator('.history > li').first().getByRole('button', { name: 'Töm cellen igen' }).click();
  await expect(page.locator('.history > li').first().locator('ins')).toHaveText('inget belopp');
});

test('whoever may not read the plan finds no history of it @both', async ({ person }) => {
  const page = await person('norra', history);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sidan finns inte');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test(`axe finds nothing on the history, ${colorScheme}`, async ({ person }) => {
      const page = await person('vasteras', history);
      await live(page);
      await expectAccessible(page);
    });
  });
}
