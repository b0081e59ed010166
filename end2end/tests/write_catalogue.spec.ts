// The catalogue of courses: written by those who run courses, read by everybody in the association, and given as occasions.
import { expect, expectAccessible, test } from '../support';
import { Room } from '../support/room';

const owner = 'Samordningsförbundet Västerås';

test('a course is written by one and shown to a colleague at once', async ({ person }) => {
  const page = await person('vasteras', '/kurser');
  await page.getByRole('region', { name: owner }).getByRole('link', { name: 'Ändra kurskatalogen' }).click();
  await expect(page.getByTestId('status')).toContainText('Alla ändringar är sparade');
  const address = new URL(page.url()).pathname;
  const reader = await person('reader', address);
  await expect(reader.getByRole('heading', { name: 'ReAKTIVERING' })).toBeVisible();
  await expect(reader.getByRole('button', { name: /^Ändra/ })).toHaveCount(0);

  await page.getByRole('button', { name: 'Ändra ReAKTIVERING' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Syfte (Valfritt)').fill('Att repetera och fördjupa');
  await dialog.getByLabel('Antal platser (Valfritt)').fill('tolv');
  await dialog.getByRole('button', { name: 'Spara kursen' }).click();
  await expect(dialog).toContainText('Skriv antalet som ett heltal.');
  await expectAccessible(page);
  await dialog.getByLabel('Antal platser (Valfritt)').fill('12');
  await dialog.getByRole('button', { name: 'Spara kursen' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(reader.getByText('Att repetera och fördjupa')).toBeVisible();
});

test('courses that would require each other in a circle are refused, and told by the way round', async ({ person }) => {
  const page = await person('vasteras', '/kurser');
  await page.getByRole('region', { name: owner }).getByRole('link', { name: 'Ändra kurskatalogen' }).click();
  await expect(page.getByTestId('status')).toContainText('Alla ändringar är sparade');
  await page.getByRole('button', { name: 'Ändra Grundutbildning i lösningsfokuserat arbetssätt' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: /^Gruppled/ }).check();
  await dialog.getByRole('button', { name: 'Spara kursen' }).click();
  await expect(dialog).toContainText('Då kan ingen ny gå någon av dem.');
  await expectAccessible(page);
  await dialog.getByRole('checkbox', { name: /^Gruppled/ }).uncheck();
  await dialog.getByRole('button', { name: 'Spara kursen' }).click();
  await expect(dialog).toHaveCount(0);
});

test('a course is added, removed and brought back', async ({ person }) => {
  const page = await person('vasteras', '/kurser');
  await page.getByRole('region', { name: owner }).getByRole('link', { name: 'Ändra kurskatalogen' }).click();
  await expect(page.getByTestId('status')).toContainText('Alla ändringar är sparade');
  await page.getByRole('button', { name: 'Lägg till kurs' }).click();
  await page.getByRole('dialog').getByLabel('Namn', { exact: true }).fill('Fördjupning');
  await page.getByRole('dialog').getByRole('checkbox', { name: 'Grund' }).check();
  await page.getByRole('button', { name: 'Spara kursen' }).click();
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Fördjupning' }) });
  await expect(card).toContainText('Grund');
  await page.getByRole('button', { name: 'Ta bort Fördjupning' }).click();
  await expect(card).toHaveCount(0);
  await page.getByTestId('removed').locator('summary').click();
  await page.getByRole('button', { name: 'Återställ Fördjupning' }).click();
  await expect(card).toHaveCount(1);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('an occasion of a course takes over what the course says', async ({ person }) => {
      const page = await person('vasteras', '/kurser');
      if (javaScriptEnabled) await expectAccessible(page);
      await page.getByText('Nytt kurstillfälle').click();
      await page.getByLabel('Kurs', { exact: true }).selectOption({ label: 'Gruppledarutbildning' });
      await page.getByLabel('Första kursdag').fill('2031-03-06');
      await page.getByRole('button', { name: 'Lägg upp kurstillfället' }).click();
      await expect(page.getByRole('heading', { name: 'Gruppledarutbildning', level: 1 })).toBeVisible();
      // Three days, the weekend left out; not yet public.
      await expect(page.getByText('måndag 10 mars 2031, 09:00–16:00')).toBeVisible();
      await expect(page.getByText('Inte publicerat.')).toBeVisible();
      await page.goto('/kurser');
      await expect(page.locator('.occasions').first()).toContainText('6–10 mars 2031');
    });
  });
}

test('an occasion is published, called off and given other days', async ({ person }) => {
  const page = await person('vasteras');
  const room = await Room.open(page, 'Gruppledarutbildning');
  await page.getByRole('button', { name: 'Avpublicera' }).click();
  await expect(page.getByText('Inte publicerat.')).toBeVisible();
  await page.getByRole('button', { name: 'Ställ in' }).click();
  await expect(page.getByText('Kurstillfället är inställt.')).toBeVisible();
  await page.getByRole('button', { name: 'Ändra uppgifter' }).click();
  await page.getByRole('button', { name: 'Lägg till dag' }).click();
  await page.getByLabel('Datum dag 4').fill('2031-01-07');
  await page.getByLabel('Till dag 4').fill('08:00');
  await page.getByRole('button', { name: 'Spara uppgifter' }).click();
  await expect(page.getByText('sluttiden ska vara efter starttiden')).toBeVisible();
  await page.getByLabel('Till dag 4').fill('12:00');
  await page.getByRole('button', { name: 'Spara uppgifter' }).click();
  await expect(page.getByText('tisdag 7 januari 2031, 09:00–12:00')).toBeVisible();
  await room.saved();
});
