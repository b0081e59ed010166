// The room of a course: ticked and filled in by several administrators, with and without a network; nobody is lost.
import { readFileSync } from 'node:fs';
import { expect, expectAccessible, test } from '../support';
import { Room } from '../support/room';

test('two administrators, one without a network, end with the same list', async ({ person }) => {
  const vasteras = await Room.open(await person('vasteras'));
  const norra = await Room.open(await person('norra'));
  await vasteras.register('Deltagare ett');
  await expect(norra.person('Deltagare ett')).toBeVisible();

  await norra.page.context().setOffline(true);
  await expect(norra.status).toContainText('offline');
  await norra.tick('Deltagare ett').check();
  await norra.register('Deltagare två');
  await expect(norra.person('Deltagare två')).toContainText('Vid dörren');
  await vasteras.register('Deltagare tre');
  await expect(norra.people()).toHaveCount(2);

  await norra.page.context().setOffline(false);
  for (const room of [vasteras, norra]) {
    await room.saved();
    await expect(room.people()).toHaveCount(3);
    await expect(room.tick('Deltagare ett')).toBeChecked();
    await expect(room.counts).toContainText('1 här');
  }
});

test('whoever comes to the door is shown beyond the places, and keeps nobody out', async ({ person }) => {
  const room = await Room.open(await person('vasteras'));
  await room.setFact('Antal platser', '1');
  await room.register('Deltagare ett');
  await room.page.context().setOffline(true);
  await room.register('Deltagare två');
  await expect(room.page.getByText('2 deltagare på 1 plats.')).toBeVisible();
  await expect(room.people()).toHaveCount(2);
  await room.page.context().setOffline(false);
  await room.saved();
  await expect(room.people()).toHaveCount(2);
});

test('whoever may be in the list already is told of before they are in it twice', async ({ person }) => {
  const room = await Room.open(await person('vasteras'));
  await room.register('Åsa Öberg');
  await room.page.getByRole('button', { name: 'Registrera vid dörren' }).click();
  const dialog = room.page.getByRole('dialog');
  await dialog.getByLabel('Namn').fill('Åsa');
  await expect(dialog.getByText('finns redan i listan')).toHaveCount(0);
  await dialog.getByLabel('Namn').fill('åsa  ÖBERG');
  await expect(dialog.getByText('Åsa Öberg, Kommunen finns redan i listan.')).toBeVisible();
});

test('whoever two administrators have registered apart is told of, until one of the two is cancelled', async ({ person }) => {
  const room = await Room.open(await person('vasteras'));
  const other = await Room.open(await person('norra'));
  for (const one of [room, other]) await one.page.context().setOffline(true);
  for (const one of [room, other]) await one.register('Deltagare tre');
  await expect(room.page.getByTestId('twice')).toHaveCount(0);
  for (const one of [room, other]) await one.page.context().setOffline(false);
  for (const one of [room, other]) {
    await expect(one.page.getByTestId('twice')).toContainText('Kan stå två gånger i listan: Deltagare tre.');
  }
  await room.page.getByRole('button', { name: 'Uppgifter om Deltagare tre' }).first().click();
  await room.page.getByRole('button', { name: 'Avboka anmälan' }).click();
  await room.page.getByRole('button', { name: 'Avboka', exact: true }).click();
  await expect(room.page.getByTestId('twice')).toHaveCount(0);
});

test('whoever lacks the prerequisites is refused once it has been asked again', async ({ person }) => {
  const room = await Room.open(await person('vasteras'), 'Gruppledarutbildning');
  await room.register('Deltagare ett');
  const refuse = room.page.getByRole('button', { name: 'Neka Deltagare ett, som inte har förkunskaperna' });
  await refuse.click();
  await room.page.getByRole('button', { name: 'Nej, vänta' }).click();
  await expect(room.people('att-godkanna')).toHaveCount(1);
  await refuse.click();
  await room.page.getByRole('button', { name: 'Ja, neka' }).click();
  await expect(room.people('att-godkanna')).toHaveCount(0);
});

test('the list survives a restart without a network, and goes out as a workbook', async ({ person }) => {
  const room = await Room.open(await person('vasteras'));
  await room.register('Deltagare ett');
  await room.tick('Deltagare ett').check();
  await room.saved();
  await room.page.evaluate(() => navigator.serviceWorker.ready);
  await room.page.context().setOffline(true);
  await room.page.reload();
  await expect(room.tick('Deltagare ett')).toBeChecked();
  await room.register('Deltagare två');

  await room.page.context().setOffline(false);
  await room.saved();
  const download = room.page.waitForEvent('download');
  await room.page.getByRole('button', { name: 'Spara som Excel' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^deltagare-losningsfokuserad-natverkstraff-.*\.xlsx$/);
  expect(readFileSync(await file.path()).subarray(0, 2).toString()).toBe('PK');
});

test('certificates are for those who were there on all days', async ({ person }) => {
  const page = await person('vasteras');
  const room = await Room.open(page, 'Lösningsfokuserat ledarskap');
  await room.register('Deltagare ett');
  await room.register('Deltagare två');
  const days = page.getByRole('group', { name: 'Närvaro för' }).getByRole('radio');
  await expect(days).toHaveCount(4);
  for (let day = 0; day < 4; day += 1) {
    await days.nth(day).check();
    await room.tick('Deltagare ett').check();
    if (day < 3) await room.tick('Deltagare två').check();
  }
  await room.saved();
  await page.getByRole('link', { name: 'Intyg' }).click();
  const certificate = page.getByRole('region', { name: 'Intyg för Deltagare ett' });
  for (const text of ['Lösningsfokuserat ledarskap', '4 kursdagar, sammanlagt 28 timmar', 'Utfärdat ']) {
    await expect(certificate).toContainText(text);
  }
  await expect(page.getByText('Det är kursdagar kvar')).toBeVisible();
  await expect(page.getByText('Deltagare två')).toHaveCount(0);
  await expectAccessible(page);
});

test('a tick can be taken back and a cancellation cannot', async ({ person }) => {
  const room = await Room.open(await person('vasteras'));
  await room.register('Deltagare ett');
  await room.tick('Deltagare ett').check();
  await room.page.getByRole('button', { name: 'Ångra' }).click();
  await expect(room.tick('Deltagare ett')).not.toBeChecked();
  await room.page.getByRole('button', { name: 'Uppgifter om Deltagare ett' }).click();
  await room.page.getByRole('button', { name: 'Avboka anmälan' }).click();
  await room.page.getByRole('button', { name: 'Avboka', exact: true }).click();
  await expect(room.people()).toHaveCount(0);
  await expect(room.page.getByText('Avbokade och nekade (1)')).toBeVisible();
});

test('those who do not run courses find neither the list nor the room', async ({ person }) => {
  const page = await person('vasteras');
  const room = await Room.open(page);
  const address = new URL(page.url()).pathname;
  await room.register('Deltagare ett');
  const reader = await person('reader', '/kurser');
  await expect(reader.getByRole('heading', { name: 'Kurser', level: 1 })).toBeVisible();
  await expect(reader.locator('.occasions')).toHaveCount(0);
  for (const account of ['reader', 'handler', 'outsider'] as const) {
    const other = await person(account);
    expect((await other.goto(address))?.status(), account).toBe(404);
  }
});

for (const look of [
  { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 375, height: 740 }, colorScheme: 'dark' },
] as const) {
  test.describe(`${look.viewport.width} px, ${look.colorScheme}`, () => {
    test.use(look);
    test.slow();

    test('the room and its dialogs are accessible, and nothing scrolls sideways', async ({ person }) => {
      const page = await person('vasteras');
      const room = await Room.open(page, 'Gruppledarutbildning');
      const fits = async () => {
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wide).toBe(0);
      };
      await room.register('Deltagare ett');
      await expect(room.people('att-godkanna')).toHaveCount(1);
      await expectAccessible(page);
      await fits();
      for (const name of ['Registrera vid dörren', 'Ändra uppgifter', 'Frågor vid anmälan', 'Uppgifter om Deltagare ett']) {
        await page.getByRole('button', { name }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await expectAccessible(page);
        await fits();
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
      }
      await page.getByRole('button', { name: 'Godkänn förkunskaper för Deltagare ett' }).click();
      await expect(room.people()).toHaveCount(1);
    });
  });
}
