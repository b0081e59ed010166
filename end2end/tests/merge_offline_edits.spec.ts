// Edits that were made apart, without a network, meet again: nobody's work is lost.
import { expect, test } from '../support';

test('edits of different cells made offline are all there afterwards', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await vasteras.setOffline(true);
  await norra.setOffline(true);

  await vasteras.write(1, 'Kostnad', '110000');
  await vasteras.write(1, 'Tema', 'Dialog');
  await vasteras.addItem('Från Västerås', '1000');
  await norra.write(2, 'Kostnad', '220000');
  await norra.addItem('Från Norra', '2000');
  await vasteras.offline();
  await norra.offline();
  await expect(vasteras.rows()).toHaveCount(5);

  await vasteras.setOffline(false);
  await norra.setOffline(false);
  for (const plan of [vasteras, norra]) {
    await plan.saved();
    await expect(plan.rows()).toHaveCount(6);
    await expect(plan.cell(1, 'Kostnad')).toHaveText('110 000');
    await expect(plan.cell(1, 'Tema')).toHaveText('Dialog');
    await expect(plan.cell(2, 'Kostnad')).toHaveText('220 000');
    await expect(plan.cell('Från Västerås', 'Kostnad')).toHaveText('1 000');
    await expect(plan.cell('Från Norra', 'Kostnad')).toHaveText('2 000');
    await expect(plan.sumOfItems).toHaveText('633 000');
    await expect(plan.conflicts).toHaveCount(0);
  }
  expect(await vasteras.column('Vad').allTextContents()).toEqual(await norra.column('Vad').allTextContents());
});

test('two who write in the same text offline both keep their words', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await vasteras.setOffline(true);
  await norra.setOffline(true);
  await vasteras.revise(4, 'Vad', 'Home', 'Gemensamt. ');
  await norra.revise(4, 'Vad', 'End', ' och resor');
  await expect(vasteras.cell(4, 'Vad')).toHaveText('Gemensamt. Övrigt, t.ex. administration av åtaganden');

  await vasteras.setOffline(false);
  await norra.setOffline(false);
  const both = 'Gemensamt. Övrigt, t.ex. administration av åtaganden och resor';
  await expect(vasteras.cell(4, 'Vad')).toHaveText(both);
  await expect(norra.cell(4, 'Vad')).toHaveText(both);
});

test('a row moved offline and edited by a colleague meanwhile keeps both', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await norra.setOffline(true);
  await norra.cell(4, 'Vad').click();
  await norra.press('Alt+ArrowUp', 'Alt+ArrowUp', 'Alt+ArrowUp');
  await vasteras.write(4, 'Kostnad', '190000');
  await vasteras.saved();
  await norra.setOffline(false);
  for (const plan of [vasteras, norra]) {
    await expect(plan.cell(1, 'Vad')).toHaveText('Övrigt, t.ex. administration av åtaganden');
    await expect(plan.cell(1, 'Kostnad')).toHaveText('190 000');
  }
});
