// Next year's plan begins as a copy of this year's: what comes along is shown, and it is asked once.
import { expect, expectAccessible, test, words } from '../support';

const path = '/budget/vasteras/2021';

test('the plan of 2022 is made from that of 2021, and can then be opened from it', async ({ person }) => {
  const page = await person('vasteras', path);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await page.getByRole('button', { name: 'Skapa plan för 2022' }).click();
  const dialog = page.getByRole('dialog', { name: 'Skapa plan för 2022' });
  await expect(dialog).toContainText('3 avsnitt och 24 rader');
  await expect(dialog.getByTestId('left-out')).toHaveText('Genomförandestudie: främja den psykiska hälsan/SIM');
  await expect(dialog.getByLabel('Rubrik')).toHaveValue('Budget 2022 med utblick 2023–2024');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Ja, skapa plan för 2022' }).click();

  await page.waitForURL('**/budget/vasteras/2022');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Budget 2022 med utblick 2023–2024');
  const figures = (name: string) =>
    page.locator('#budget tbody tr').filter({ has: page.locator('th', { hasText: name }) }).locator('.amount');
  await expect(figures('Summa kostnader')).toHaveText(['13 538 000', '11 380 000', '–']);
  await expect(figures('Ingående eget kapital').first()).toHaveText('3 045 000');
  await expect(figures('Länsgemensamma utbildningsinsatser')).toHaveText(['250 000', '250 000', '–']);
  await expect(page.getByTestId('status')).toContainText(words.saved);

  await page.goto(path);
  await page.getByRole('link', { name: 'Plan för 2022' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Budget 2022 med utblick 2023–2024');
});

test('when a colleague has made it meanwhile, the way there is shown', async ({ person }) => {
  const page = await person('vasteras', path);
  const other = await person('vasteras', path);
  for (const each of [page, other]) {
    await expect(each.getByTestId('status')).toContainText(words.saved);
    await each.getByRole('button', { name: 'Skapa plan för 2022' }).click();
  }
  await other.getByRole('button', { name: 'Ja, skapa plan för 2022' }).click();
  await other.waitForURL('**/budget/vasteras/2022');
  await page.getByRole('button', { name: 'Ja, skapa plan för 2022' }).click();
  await page.getByRole('link', { name: 'Öppna planen för 2022' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Budget 2022 med utblick 2023–2024');
});

test('without a network it says what it needs, and a reader is not offered it', async ({ person }) => {
  const page = await person('vasteras', path);
  await expect(page.getByTestId('status')).toContainText(words.saved);
  await page.context().setOffline(true);
  await expect(page.getByTestId('status')).toContainText(words.offline);
  await page.getByRole('button', { name: 'Skapa plan för 2022' }).click();
  await page.getByRole('button', { name: 'Ja, skapa plan för 2022' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('anslut till nätet');
  const reader = await person('reader', path);
  await expect(reader.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(reader.getByRole('button', { name: 'Skapa plan för 2022' })).toHaveCount(0);
});
