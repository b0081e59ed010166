// The history of an occasion and of a catalogue: who did what, followed as it happens, and what stood there brought back.
import { expect, expectAccessible, test } from '../support';
import { Room } from '../support/room';

test('the history of an occasion says who did what, brings back, and is there without a network', async ({
  person,
}) => {
  const page = await person('vasteras');
  const room = await Room.open(page);
  await room.setFact('Plats', 'Sala');
  await room.register('Deltagare ett');
  await room.saved();
  await page.getByRole('link', { name: 'Historik' }).click();
  await expect(page.getByRole('heading', { name: 'Historik', level: 1 })).toBeVisible();
  const list = page.locator('.history-list');
  await expect(list).toContainText('Deltagare ett Ny anmälan');
  await expect(list).toContainText('Redaktör Västerås');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Ta tillbaka texten: Plats' }).click();
  await expect(list.getByRole('listitem').first()).toContainText('Köping');
  await room.saved();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await page.reload();
  await expect(list).toContainText('Deltagare ett Ny anmälan');
  await page.context().setOffline(false);
  await room.saved();
  await list.getByRole('link', { name: 'Deltagare ett' }).first().click();
  await expect(page.getByText('Bara ändringar i')).toBeVisible();
  await expect(list).not.toContainText('Plats');
});

test.describe('on a phone, dark', () => {
  test.use({ viewport: { width: 375, height: 740 }, colorScheme: 'dark' });

  test('who may only read a catalogue reads its history', async ({ person }) => {
    const page = await person('reader', '/kurser');
    await page.getByRole('link', { name: 'Öppna kurskatalogen' }).first().click();
    await page.getByRole('link', { name: 'Historik' }).click();
    await expect(page.getByRole('heading', { name: 'Historik', level: 1 })).toBeVisible();
    await expect(page.locator('.history-list')).toContainText('Ny kurs');
    await expect(page.getByRole('button', { name: /^Töm igen/ })).toHaveCount(0);
    await expectAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBe(0);
  });
});
