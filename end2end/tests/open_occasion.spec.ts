// An occasion is opened from a course of the catalogue, and taken away again where that was a mistake.
import { expect, expectAccessible, test } from '../support';
import { Room } from '../support/room';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a day that is missing or has been is told of beside the field, and can be meant', async ({ person }) => {
      const page = await person('vasteras', '/kurser');
      const course = page.getByLabel('Kurs', { exact: true });
      const day = page.getByLabel('Första kursdag');
      const send = page.getByRole('button', { name: 'Lägg upp kurstillfället' });
      await page.getByText('Nytt kurstillfälle').click();
      await course.selectOption({ label: 'Gruppledarutbildning' });
      await send.click();
      await expect(day).toHaveAccessibleDescription(/Skriv första kursdagen som år-månad-dag/);
      await day.fill('2020-01-01');
      await send.click();
      await expect(day).toHaveAccessibleDescription(/Den dagen har redan varit/);
      await expect(day).toHaveValue('2020-01-01');
      await expect(course.locator('option:checked')).toHaveText('Gruppledarutbildning');
      if (javaScriptEnabled) await expectAccessible(page);
      await page.getByRole('checkbox', { name: /Det stämmer/ }).check();
      await send.click();
      await expect(page.getByRole('heading', { name: 'Gruppledarutbildning', level: 1 })).toBeVisible();
      await expect(page.getByText('onsdag 1 januari 2020, 09:00–16:00')).toBeVisible();
    });
  });
}

test('an occasion opened by mistake is taken away while nobody has signed up', async ({ person }) => {
  const page = await person('vasteras');
  const kept = await Room.open(page, 'Lösningsfokuserat ledarskap');
  const remove = page.getByRole('button', { name: 'Ta bort tillfället' });
  await expect(remove).toBeVisible();
  await kept.register('Deltagare ett');
  await expect(remove).toHaveCount(0);
  await kept.saved();

  await Room.open(page, 'Gruppledarutbildning');
  const address = new URL(page.url()).pathname;
  await remove.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Det går inte att ångra.');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Behåll' }).click();
  await expect(dialog).toHaveCount(0);
  await remove.click();
  await dialog.getByRole('button', { name: 'Ta bort tillfället' }).click();
  await expect(page.getByText('Kurstillfället är borttaget.')).toBeVisible();
  await expect(page.locator('.occasions').first()).not.toContainText('Gruppledarutbildning');
  expect((await page.goto(address))?.status()).toBe(404);
});
