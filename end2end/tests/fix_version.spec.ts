// Fixing a version: what is decided stays, whoever may not decide is told so, and a decision without the right is none.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../support';

const plan = '/budget/vasteras/2021';
const versions = `${plan}/versioner`;

const all = (page: Page) => page.getByRole('region', { name: 'Alla versioner' });

async function live(page: Page): Promise<void> {
  await expect(page.getByTestId('status')).toContainText('Alla ändringar är sparade');
}

test('a decision is asked for once, and stays readable as it was', async ({ person }) => {
  const page = await person('vasteras', versions);
  await live(page);
  await page.getByRole('radio', { name: /^Reviderad/ }).check();
  await page.getByRole('button', { name: 'Fastställ version' }).click();
  await expect(page.getByLabel('Namn', { exact: true })).toBeFocused();
  await expect(page.getByText('Fyll i versionens namn.')).toBeVisible();
  await page.getByLabel('Namn', { exact: true }).fill('Höstens revidering');
  await page.getByRole('button', { name: 'Fastställ version' }).click();
  await expect(page.getByLabel('Beslutsdatum')).toBeFocused();
  await expect(page.getByText('Fyll i beslutsdatum.')).toBeVisible();
  await page.getByLabel('Beslutsdatum').fill('2021-13-01');
  await page.getByRole('button', { name: 'Fastställ version' }).click();
  await expect(page.getByText('Datumet 2021-13-01 finns inte.')).toBeVisible();
  await page.getByLabel('Beslutsdatum').fill('2021-09-10');
  await page.getByRole('button', { name: 'Fastställ version' }).click();

  const question = page.getByRole('dialog', { name: 'Fastställa Höstens revidering?' });
  await expect(question).toContainText('18 506 000');
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Nej, gå tillbaka' }).click();
  await expect(all(page).getByRole('row', { name: /Höstens revidering/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Fastställ version' }).click();
  await page.getByRole('button', { name: 'Ja, fastställ' }).click();

  const row = all(page).getByRole('row', { name: /^Höstens revidering/ });
  await expect(row).toContainText('2021-09-10');
  await expect(row).toContainText('Redaktör Västerås');
  await live(page);

  await page.getByLabel('Namn', { exact: true }).fill('höstens revidering');
  await page.getByRole('button', { name: 'Spara version' }).click();
  await expect(page.getByLabel('Namn', { exact: true })).toHaveAccessibleDescription(/Det finns redan en version som heter höstens revidering/);
  await expect(all(page).getByRole('row', { name: /höstens revidering/i })).toHaveCount(1);

  await page.goto(plan);
  await expect(page.getByText('Planen är reviderad 2021-09-10.')).toBeVisible();
  const cell = page.locator('#budget tbody tr').filter({ has: page.locator('th', { hasText: 'Samordningsteam Västerås' }) });
  await cell.locator('[data-label="Budget 2021"]').click();
  await page.keyboard.type('1000');
  await page.keyboard.press('Enter');
  await live(page);
  await page.getByRole('link', { name: 'Läs det som beslutades' }).click();
  await expect(page.getByRole('heading', { name: 'Budgeten: Höstens revidering' })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Summa kostnader/ }).getByRole('cell').first()).toHaveText('18 506 000');
});

test('a proposal is saved at once and can be taken back', async ({ person }) => {
  const page = await person('handler', versions);
  await live(page);
  await expect(page.getByRole('radio', { name: /^Fastställd/ })).toHaveCount(0);
  await expect(page.getByText('För att fastställa behövs behörighet att fastställa')).toBeVisible();
  await page.getByLabel('Namn', { exact: true }).fill('Efter planeringsdagarna');
  await page.getByRole('button', { name: 'Spara version' }).click();
  await expect(all(page).getByRole('row', { name: /^Efter planeringsdagarna/ })).toContainText('Förslag');
  await page.getByTestId('message').getByRole('button', { name: 'Ångra' }).click();
  await expect(all(page).getByRole('row', { name: /^Efter planeringsdagarna/ })).toHaveCount(0);
  await page.getByLabel('Namn', { exact: true }).fill('Efter samrådet');
  await page.getByRole('button', { name: 'Spara version' }).click();
  await page.reload();
  await live(page);
  await expect(page.getByRole('button', { name: /^Ta bort Reviderad/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Ta bort Efter samrådet' }).click();
  await expect(all(page).getByRole('row', { name: /^Efter samrådet/ })).toHaveCount(0);
  await expect(page.getByTestId('message')).toContainText('Efter samrådet är borttagen.');
});

test('what the demo has decided is told on the budget, and readers fix nothing @both', async ({ person }) => {
  const page = await person('reader', plan);
  await expect(page.getByText('Planen är reviderad 2021-03-26.')).toBeVisible();
  await page.getByRole('link', { name: 'Läs det som beslutades' }).click();
  await expect(page.getByRole('heading', { name: 'Budgeten: Reviderad 2021-03-26' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^(Fastställ|Spara) version$/ })).toHaveCount(0);
});
