// An editor opens a plan of a year from the start page, with and without JavaScript.
import { expect, expectAccessible, test } from '../support';

test('an editor opens the budget of a year, and comes to it again when it is there @both', async ({ person }) => {
  const page = await person('norra', '/');
  const open = async () => {
    await page.goto('/');
    await page.getByText('Lägg upp en plan').click();
    await page.getByLabel('År').fill('2023');
    await page.getByRole('button', { name: 'Lägg upp planen' }).click();
    await page.waitForURL('**/budget/norra/2023');
  };
  await open();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Budget 2023');
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Budget 2023' })).toHaveCount(1);
  await open();
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Budget 2023' })).toHaveCount(1);
});

test('a year that cannot be is refused beside the field @both', async ({ person, javaScriptEnabled }) => {
  const page = await person('vasteras', '/');
  await page.getByText('Lägg upp en plan').click();
  await expect(page.getByLabel('År')).toHaveValue('2022');
  await page.getByLabel('År').fill('20222');
  await page.getByRole('button', { name: 'Lägg upp planen' }).click();
  await expect(page.getByText('Fyll i ett år mellan 2000 och 2100.')).toBeVisible();
  await expect(page.getByLabel('År')).toHaveAttribute('aria-invalid', 'true');
  if (javaScriptEnabled !== false) await expectAccessible(page);
});

test('an association outside every county is told that it has no county plan', async ({ person }) => {
  const page = await person('outsider', '/');
  await page.getByLabel('Länsgemensam plan').check();
  await page.getByLabel('År').fill('2022');
  await page.getByRole('button', { name: 'Lägg upp planen' }).click();
  await expect(page.getByText('hör inte till något län')).toBeVisible();
});

test('a reader is offered no plan to open @both', async ({ person }) => {
  const page = await person('reader', '/');
  await expect(page.getByRole('link', { name: 'Budget 2021' })).toBeVisible();
  await expect(page.getByText('Lägg upp en plan')).toHaveCount(0);
});
