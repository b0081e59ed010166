// What courses came to, in the plan's follow-up: counts for all who may read it, and what a participant cost.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test, words } from '../support';
import { Room } from '../support/room';

const plan = '/budget/vasteras/2021';
const courses = (page: Page) => page.getByTestId('courses');

/** The occasion of the year of the plan, with one who was there and one who was not. */
async function held(page: Page): Promise<Room> {
  await page.goto('/kurser');
  await page.getByText('Avslutade kurstillfällen').click();
  const link = page.getByRole('group').getByRole('link', { name: 'Grundutbildning' });
  await page.goto((await link.getAttribute('href')) ?? '');
  const room = new Room(page);
  await room.saved();
  await room.register('Deltagare ett');
  await room.register('Deltagare två');
  // On a day of the course whoever comes to the door is there.
  await expect(room.tick('Deltagare ett')).toBeChecked();
  await room.tick('Deltagare två').uncheck();
  await page.getByRole('button', { name: 'Ändra uppgifter' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Kostnadsrad i budgeten').selectOption({ index: 1 });
  await dialog.getByRole('button', { name: 'Spara uppgifter' }).click();
  await expect(dialog).toHaveCount(0);
  await room.saved();
  return room;
}

test('who runs the course and who only reads the plan see the same counts and cost, also without a network', async ({
  person,
  complaints,
}) => {
  const page = await person('vasteras');
  const room = await held(page);
  const address = new URL(page.url()).pathname;
  const reader = await person('reader', plan);
  await expect(courses(reader).getByRole('heading', { level: 3 })).toHaveText('2 anmälda, varav 1 har deltagit');
  await expect(courses(reader).getByRole('img', { name: 'Anmälda och deltagare per kurs' })).toBeVisible();
  const cost = courses(reader).getByRole('table', { name: /^Kostnad per deltagare/ }).getByRole('row').nth(1);
  await expect(cost).toContainText('Budget');
  const figures = await cost.getByRole('cell').allTextContents();
  expect(figures[3], 'one participant costs all of it').toBe(figures[0]);
  await expect(reader.getByText('Deltagare ett')).toHaveCount(0);

  await page.goto(plan);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await page.evaluate(() => navigator.serviceWorker.ready);
  expect(complaints).toEqual([]);
  await page.context().setOffline(true);
  await page.goto(address);
  await room.tick('Deltagare två').check();
  await page.goto(plan);
  await expect(courses(page).getByRole('heading', { level: 3 })).toHaveText('2 anmälda, varav 2 har deltagit');
  await reader.context().setOffline(true);
  await reader.reload();
  await expect(courses(reader).getByRole('heading', { level: 3 })).toHaveText('2 anmälda, varav 1 har deltagit');
});

test('a year without courses says so, and the local navigation leads there @both', async ({ person }) => {
  const page = await person('reader', plan);
  await page.getByRole('navigation', { name: 'Planens delar' }).getByRole('link', { name: 'Kurser' }).click();
  await expect(page).toHaveURL(/#kurser-rubrik$/);
  await expect(courses(page)).toContainText('Ingen har anmält sig till förbundets kurser 2021.');
});

for (const look of [
  { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 375, height: 740 }, colorScheme: 'dark' },
] as const) {
  test.describe(`${look.viewport.width} px, ${look.colorScheme}`, () => {
    test.use(look);
    test.slow();

    test('the counts and the statistics page are accessible, and nothing scrolls sideways', async ({ person }) => {
      const page = await person('vasteras');
      await held(page);
      for (const address of [plan, '/kurser/statistik?ar=2021']) {
        await page.goto(address);
        await expect(page.getByRole('heading', { name: '2 anmälda, varav 1 har deltagit' })).toBeVisible();
        await expectAccessible(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wide, address).toBeLessThanOrEqual(0);
        if (process.env.SHOTS) {
          await page.getByRole('heading', { name: '2 anmälda, varav 1 har deltagit' }).scrollIntoViewIfNeeded();
          const name = `${process.env.SHOTS}/${look.viewport.width}${address.replace(/\W+/g, '-')}.png`;
          await (address === plan ? courses(page) : page.locator('main')).screenshot({ path: name });
        }
      }
    });
  });
}
