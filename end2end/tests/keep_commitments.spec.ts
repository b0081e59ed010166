// The letter of intent's commitments on one and three years' sight, and free comments.
import { expect, test } from '../support';

test('commitments are added, written and moved between one and three years', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await vasteras.button('Lägg till åtagande på 1 års sikt').click();
  await expect(vasteras.rows('oneYear')).toHaveCount(2);
  await vasteras.write(2, 'Åtagande', 'Gemensam introduktion', 'oneYear');
  await expect(norra.cell(2, 'Åtagande', 'oneYear')).toHaveText('Gemensam introduktion');

  await norra.cell(2, 'Åtagande', 'oneYear').click();
  await norra.press('Shift+F10');
  await norra.page.getByRole('menuitem', { name: 'Flytta till 3 års sikt' }).click();
  for (const plan of [vasteras, norra]) {
    await expect(plan.rows('oneYear')).toHaveCount(1);
    await expect(plan.row('Gemensam introduktion', 'threeYears')).toBeVisible();
  }
  await norra.message.getByRole('button', { name: 'Ångra' }).click();
  await expect(vasteras.row('Gemensam introduktion', 'oneYear')).toBeVisible();
});

test('the last commitment can be removed and one added where there was none', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(1, 'Åtagande', 'threeYears').click();
  await plan.press('Control+Delete');
  await expect(plan.page.getByText('Inga åtaganden än.')).toBeVisible();
  await plan.button('Lägg till åtagande på 3 års sikt').click();
  await expect(plan.rows('threeYears')).toHaveCount(1);
  await plan.write(1, 'Åtagande', 'Börja om', 'threeYears');
  await expect(plan.cell(1, 'Åtagande', 'threeYears')).toHaveText('Börja om');
});

test('every item has a free comment of several lines', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await vasteras.cell(3, 'Kommentar').click();
  await vasteras.type('Beslutas i mars.');
  await vasteras.press('Alt+Enter');
  await vasteras.type('Fråga Örjan.');
  await vasteras.press('Enter');
  await expect(norra.cell(3, 'Kommentar')).toHaveText('Beslutas i mars. Fråga Örjan.');
  await norra.revise(3, 'Kommentar', 'End', ' Klart!');
  await expect(vasteras.cell(3, 'Kommentar')).toHaveText('Beslutas i mars. Fråga Örjan. Klart!');
});
