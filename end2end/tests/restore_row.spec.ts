// A removed row is not gone: it can be brought back, also by who was editing it meanwhile.
import { expect, test, words } from '../support';

test('a row that a colleague removes while one edits it can be brought back with what was written', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await vasteras.write(2, 'Tema', 'Viktigt');
  await expect(norra.cell(2, 'Tema')).toHaveText('Viktigt');
  await vasteras.cell(2, 'Kostnad').click();
  await norra.cell(2, 'Vad').click();
  await norra.press('Control+Delete');

  await expect(vasteras.notices).toContainText('Redaktör Norra tog bort raden du arbetar i.');
  await expect(vasteras.spoken.last()).toContainText('Redaktör Norra tog bort raden du arbetar i.');
  await vasteras.button('Återställ raden').click();
  await expect(vasteras.notices).toContainText(words.restored);
  for (const plan of [vasteras, norra]) {
    await expect(plan.rows()).toHaveCount(4);
    await expect(plan.cell(2, 'Tema')).toHaveText('Viktigt');
    await expect(plan.sumOfItems).toHaveText('625 000');
  }
});

test('a row edited offline and removed by a colleague keeps the edit for when it is brought back', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await vasteras.setOffline(true);
  await vasteras.write(2, 'Kostnad', '210000');
  await norra.cell(2, 'Vad').click();
  await norra.press('Control+Delete');
  await norra.saved();
  await vasteras.setOffline(false);
  await expect(vasteras.rows()).toHaveCount(3);
  await vasteras.saved();

  await norra.page.getByTestId('removed').locator('summary').click();
  await expect(norra.page.getByTestId('removed')).toContainText('210 000 kr');
  await norra.button('Återställ 2 st lösningsfokuserade nätverksträffar').click();
  await expect(vasteras.cell(2, 'Kostnad')).toHaveText('210 000');
  await expect(norra.cell(2, 'Kostnad')).toHaveText('210 000');
});

test('removed rows are listed with who removed them, and what is brought back can be removed again', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await vasteras.cell(4, 'Vad').click();
  await vasteras.press('Control+Delete');
  const removed = norra.page.getByTestId('removed');
  await expect(removed).toContainText('Borttagna rader (1)');
  await removed.locator('summary').click();
  await expect(removed).toContainText('Borttagen av Redaktör Västerås');
  await removed.getByRole('button', { name: /^Återställ Övrigt/ }).click();
  await expect(vasteras.rows()).toHaveCount(4);
  await expect(norra.notices).toContainText(words.restored);
  await norra.notices.getByRole('button', { name: 'Ångra' }).click();
  await expect(vasteras.rows()).toHaveCount(3);
});
