// The pictures of a plan: they say what is to be seen, have their figures as a table, and follow what people write.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test, words } from '../support';

const path = '/budget/vasteras/2021';

const figure = (page: Page, id: string) => page.locator(`#diagram-${id}`);

test('each picture says what it shows, and its table has the exact figures @both', async ({ person }) => {
  const page = await person('reader', path);
  await expect(figure(page, 'kostnader').getByRole('heading')).toHaveText(
    'Kostnaderna minskar från 18 506 000 kr 2021 till 11 380 000 kr 2023',
  );
  await expect(figure(page, 'kapital').getByRole('heading')).toHaveText('Eget kapital ligger 383 000 kr över taket 2021');
  const picture = figure(page, 'kostnader').getByRole('img', { name: 'Kostnader per avsnitt och år' });
  await expect(picture).toBeVisible();
  await expect(picture).toHaveAccessibleDescription(/^Kostnaderna minskar/);
  // In thousands in the picture, as plain amounts in the table.
  await expect(picture.getByText('18 506', { exact: true })).toBeVisible();
  const table = figure(page, 'kostnader').locator('details');
  await table.getByText('Visa som tabell').click();
  await expect(table.getByRole('row', { name: 'Summa kostnader' }).getByRole('cell')).toHaveText([
    '18 506 000',
    '13 538 000',
    '11 380 000',
  ]);
});

test('the latest outcome is shown against the budget of its year, line by line @both', async ({ person }) => {
  const page = await person('reader', '/budget/vasteras/2019');
  const outcome = figure(page, 'utfall');
  await expect(outcome.getByRole('heading')).toContainText('är bokfört till och med 2019-08-31');
  await expect(outcome.getByRole('img', { name: 'Utfall mot budget, rad för rad' })).toBeVisible();
  await expect(outcome.getByText('Över budget').first()).toBeVisible();
  // A plan without an outcome has no such picture.
  await page.goto(path);
  await expect(figure(page, 'kapital')).toBeVisible();
  await expect(figure(page, 'utfall')).toHaveCount(0);
});

test('the pictures follow what is typed, here and at the reader’s', async ({ person, complaints }) => {
  const page = await person('vasteras', path);
  const reader = await person('reader', path);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  const cell = page
    .locator('#budget tbody tr')
    .filter({ has: page.locator('th', { hasText: 'Samordningsteam Västerås' }) })
    .locator('[data-label="Budget 2021"]');
  await cell.click();
  await page.keyboard.type('8259000');
  // Before it is written: the heading follows the sums.
  await expect(figure(page, 'kapital').getByRole('heading')).toHaveText('Eget kapital håller sig inom taket alla år');
  await page.keyboard.press('Enter');
  await expect(figure(reader, 'kapital').getByRole('heading')).toHaveText('Eget kapital håller sig inom taket alla år');
  await expect(figure(reader, 'kostnader').getByRole('heading')).toContainText('18 889 000 kr 2021');
  expect(complaints).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`pictures on a phone, ${colorScheme}`, () => {
    test.use({ viewport: { width: 360, height: 780 }, colorScheme });

    test(`they are accessible and nothing of them is cut off (${colorScheme})`, async ({ person }) => {
      // The longest page there is, all of which axe looks at.
      test.slow();
      const page = await person('reader', '/budget/vasteras/2019');
      await figure(page, 'utfall').scrollIntoViewIfNeeded();
      await expectAccessible(page);
      for (const id of ['kostnader', 'kapital', 'utfall']) {
        const outside = await figure(page, id)
          .locator('svg[role=img] text')
          .evaluateAll((texts) =>
            texts
              .filter((text) => {
                const { left, right } = text.getBoundingClientRect();
                return left < 0 || right > document.documentElement.clientWidth;
              })
              .map((text) => text.textContent),
          );
        expect(outside, id).toEqual([]);
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide).toBe(0);
    });
  });
}
