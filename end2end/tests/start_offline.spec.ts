// Without a network: the app starts from cold at any address, works on, and sends what waited once it can.
import { type Page } from '@playwright/test';
import { Plan, expect, planPath, test, waiting, words } from '../support';

/** Waits until the service worker has all that a start without a network needs. */
async function readyToStartOffline(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return registration?.active?.state === 'activated';
  });
}

test('any address starts without a network after the first visit', async ({ editor, complaints }) => {
  const { page } = await editor('vasteras');
  await readyToStartOffline(page);
  const context = page.context();
  await page.close();
  await context.setOffline(true);

  const cold = await context.newPage();
  const plan = new Plan(cold);
  await cold.goto(planPath);
  await expect(cold.getByRole('heading', { level: 1 })).toContainText('2021');
  await expect(plan.cell(1, 'Kostnad')).toHaveText('125 000');
  await expect(plan.sumOfItems).toHaveText('625 000');
  await plan.offline();

  await cold.goto('/');
  await expect(cold.getByRole('heading', { name: 'Dina planer' })).toBeVisible();
  await cold.getByRole('link', { name: /Länsgemensam plan 2021/ }).click();
  await expect(plan.cell(1, 'Kostnad')).toHaveText('125 000');

  await cold.goto('/tillganglighet');
  await expect(cold.getByRole('heading', { name: 'Tillgänglighet för Samplan' })).toBeVisible();
  await cold.goto('/logga-in');
  await expect(cold.getByTestId('sign-in-notice')).toContainText('Du är offline. Du behöver vara uppkopplad för att logga in.');
  await expect(cold).toHaveTitle('Logga in – Samplan');
  await expect(cold.locator('[aria-invalid]')).toHaveCount(0);
  await cold.getByRole('link', { name: 'Till dina planer' }).click();
  await expect(cold.getByRole('heading', { name: 'Dina planer' })).toBeVisible();
  await cold.goto('/lan/1999');
  await expect(cold.getByRole('heading', { level: 1 })).toBeVisible();
  expect(complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(text))).toEqual([]);
});

test('edits made after a cold start outlive a reload and reach the colleague', async ({ editor }) => {
  const norra = await editor('norra');
  const vasteras = await editor('vasteras');
  await readyToStartOffline(vasteras.page);
  const context = vasteras.page.context();
  await vasteras.page.close();
  await context.setOffline(true);

  const plan = await new Plan(await context.newPage()).open();
  await plan.offline();
  await plan.write(1, 'Kostnad', '111000');
  await plan.write(2, 'Tema', 'Utan nät');
  await plan.addItem('Skriven på tåget', '5 000');
  await expect(plan.status).toContainText(words.offline);
  await expect(plan.status).toContainText(waiting(5));

  await plan.page.reload();
  await expect(plan.cell('Skriven på tåget', 'Kostnad')).toHaveText('5 000');
  await expect(plan.cell(1, 'Kostnad')).toHaveText('111 000');
  await expect(plan.status).toContainText(waiting(5));
  await plan.write(3, 'Tema', 'Efter omstart');
  await expect(plan.status).toContainText(waiting(6));
  await expect(norra.rows()).toHaveCount(4);

  await context.setOffline(false);
  await expect(plan.status).toContainText(words.back);
  await expect(norra.cell('Skriven på tåget', 'Kostnad')).toHaveText('5 000');
  await expect(norra.cell(1, 'Kostnad')).toHaveText('111 000');
  await expect(norra.cell(2, 'Tema')).toHaveText('Utan nät');
  await expect(norra.cell(3, 'Tema')).toHaveText('Efter omstart');
  await expect(plan.status).toHaveText(words.saved);
});

test('the words for states are those that were promised', async ({ editor }) => {
  const plan = await editor('vasteras');
  await expect(plan.status).toHaveText(words.saved);
  await plan.setOffline(true);
  await expect(plan.status).toHaveText(words.offline);
  await plan.write(1, 'Kostnad', '1000');
  await expect(plan.status.getByText(words.offline)).toBeVisible();
  await expect(plan.status.getByText(waiting(1), { exact: true })).toBeVisible();
  await plan.write(1, 'Kostnad', '2000');
  await plan.write(1, 'Kostnad', '3000');
  await expect(plan.status.getByText(waiting(3), { exact: true })).toBeVisible();
  await plan.setOffline(false);
  await expect(plan.status).toHaveText(words.back);
  await expect(plan.status).toHaveText(words.saved);
});

test('a colleague’s edits from while one was away come at the next contact', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await norra.setOffline(true);
  await norra.offline();
  await vasteras.write(1, 'Kostnad', '99000');
  await vasteras.addItem('Medan du var borta');
  await vasteras.saved();
  await expect(norra.cell(1, 'Kostnad')).toHaveText('125 000');
  await norra.setOffline(false);
  await expect(norra.cell(1, 'Kostnad')).toHaveText('99 000');
  await expect(norra.row('Medan du var borta')).toBeVisible();
});
