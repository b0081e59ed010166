// What participants thought: the link in the letter, the form with and without JavaScript, and what it all comes to.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../support';
import { Room } from '../support/room';

const people = ['ett', 'två', 'tre'];

/** An occasion that was yesterday, where everybody was there. */
async function held(page: Page): Promise<Room> {
  const room = await Room.open(page);
  await page.getByRole('button', { name: 'Ändra uppgifter' }).click();
  const dialog = page.getByRole('dialog');
  const yesterday = new Date(Date.now() - 24 * 3_600_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });
  await dialog.getByLabel('Datum dag 1').fill(yesterday);
  await dialog.getByRole('button', { name: 'Spara uppgifter' }).click();
  await expect(dialog).toHaveCount(0);
  for (const name of people) {
    await page.getByRole('button', { name: 'Registrera vid dörren' }).click();
    // The keys go to the name at once.
    await expect(dialog.getByLabel('Namn')).toBeFocused();
    await page.keyboard.type(`Deltagare ${name}`);
    await dialog.getByLabel('E-post (Valfritt)').fill(`deltagare.${people.indexOf(name)}@exempel.se`);
    // Whoever is at the door on a day of the course is there.
    await expect(dialog.getByLabel(/^Är här /)).toBeChecked();
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(room.tick(`Deltagare ${name}`)).toBeChecked();
  }
  await room.saved();
  return room;
}

async function answer(page: Page, link: string) {
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Vad tyckte du?' })).toBeVisible();
  await page.getByLabel('Vad var bäst?').fill('Övningarna');
  await page.getByRole('button', { name: 'Skicka svaren' }).click();
  // What is missing is said, and what was typed is kept.
  await expect(page.getByRole('alert')).toContainText('Du behöver rätta 4 uppgifter');
  await expect(page.getByLabel('Vad var bäst?')).toHaveValue('Övningarna');
  for (const choice of ['Mycket nöjd', 'Ja, stor nytta', 'Lagom', 'Ja']) {
    await page.getByRole('radio', { name: choice, exact: true }).check();
  }
  await page.getByRole('button', { name: 'Skicka svaren' }).click();
  await expect(page.getByRole('heading', { name: 'Tack för dina svar' })).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Tack för dina svar' }), 'once').toBeVisible();
}

test('whoever was there answers once, with and without JavaScript, and the answers bear no names', async ({
  person,
  relay,
  browser,
}) => {
  test.slow();
  const page = await person('vasteras');
  const room = await held(page);
  const address = new URL(room.page.url()).pathname;
  // Participants are asked when the relay looks, as when it starts.
  await relay.kill();
  await relay.restart();
  const letters = page.getByRole('listitem').filter({ hasText: 'Vad tyckte du?' });
  await expect(async () => {
    await page.goto('/kurser/brev');
    await expect(letters).toHaveCount(people.length, { timeout: 1_000 });
  }).toPass();
  const links: string[] = [];
  for (const letter of await letters.all()) {
    const text = (await letter.textContent()) ?? '';
    links.push(/\/utvardering\/[\w-]+/.exec(text)?.[0] ?? '');
  }
  expect(new Set(links).size).toBe(people.length);

  const result = `${address}/utvardering`;
  for (const [number, javaScriptEnabled] of [false, true, false].entries()) {
    if (number === 2) {
      await page.goto(result);
      await expect(page.getByText('För få svar än')).toBeVisible();
    }
    const context = await browser.newContext({ baseURL: relay.url, javaScriptEnabled, locale: 'sv-SE' });
    const participant = await context.newPage();
    if (javaScriptEnabled) {
      await participant.goto(links[number] ?? '');
      await expectAccessible(participant);
    }
    await answer(participant, links[number] ?? '');
    await context.close();
  }
  await page.goto(result);
  await expect(page.getByRole('row', { name: /Mycket nöjd/ })).toContainText('3');
  await expect(page.getByText('Övningarna').first()).toBeVisible();
  await expect(page.getByText('Deltagare ett')).toHaveCount(0);
  await expectAccessible(page);
});
