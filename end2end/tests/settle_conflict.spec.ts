// Two amounts written at the same time: both are shown with who wrote them, on both screens, until someone picks.
import { type Plan, expect, test } from '../support';

/** Both write the same amount without seeing each other. */
async function disagree(vasteras: Plan, norra: Plan): Promise<void> {
  await vasteras.setOffline(true);
  await norra.setOffline(true);
  await vasteras.write(1, 'Kostnad', '130 000');
  await norra.write(1, 'Kostnad', '140 000');
  await vasteras.setOffline(false);
  await norra.setOffline(false);
  for (const plan of [vasteras, norra]) await expect(plan.conflicts).toHaveCount(1);
}

test('both amounts are shown with names, and picking one settles it on both screens', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await disagree(vasteras, norra);
  await expect(vasteras.conflicts).toContainText('Lösningsfokuserade ledtrådar i Västmanland 2021');
  await expect(vasteras.conflicts).toContainText(
    'Du och en kollega (Redaktör Norra) har ändrat samma belopp. Ditt: 130 000 kr. Kollegans: 140 000 kr. Vilket ska gälla?',
  );
  await expect(norra.conflicts).toContainText(
    'Du och en kollega (Redaktör Västerås) har ändrat samma belopp. Ditt: 140 000 kr. Kollegans: 130 000 kr. Vilket ska gälla?',
  );
  await expect(vasteras.cell(1, 'Kostnad').getByRole('link', { name: 'Två belopp' })).toBeVisible();
  await expect(vasteras.spoken.last()).toContainText('Redaktör Norra');

  await vasteras.button('Använd kollegans').click();
  for (const plan of [vasteras, norra]) {
    await expect(plan.conflicts).toHaveCount(0);
    await expect(plan.cell(1, 'Kostnad')).toHaveText('140 000');
    await expect(plan.sumOfItems).toHaveText('640 000');
  }
});

test('one may keep one’s own amount', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await disagree(vasteras, norra);
  await norra.button('Behåll mitt').click();
  for (const plan of [vasteras, norra]) {
    await expect(plan.conflicts).toHaveCount(0);
    await expect(plan.cell(1, 'Kostnad')).toHaveText('140 000');
  }
});

test('a third amount settles it too on both screens', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await disagree(vasteras, norra);
  await vasteras.button('Skriv ett nytt belopp').click();
  await expect(vasteras.editor).toBeFocused();
  await vasteras.press('Control+a');
  await vasteras.type('135000');
  await vasteras.press('Enter');
  for (const plan of [vasteras, norra]) {
    await expect(plan.conflicts).toHaveCount(0);
    await expect(plan.cell(1, 'Kostnad')).toHaveText('135 000');
  }
});

test('those who did not write see the names of both', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  const malardalen = await editor('malardalen');
  await disagree(vasteras, norra);
  await expect(malardalen.conflicts).toContainText('Redaktör Norra: 140 000 kr.');
  await expect(malardalen.conflicts).toContainText('Redaktör Västerås: 130 000 kr.');
  await malardalen.button('Använd 130 000 kr (Redaktör Västerås)').click();
  await expect(norra.cell(1, 'Kostnad')).toHaveText('130 000');
  await expect(norra.conflicts).toHaveCount(0);
});

test('one who wrote two amounts on two devices picks by amount', async ({ editor }) => {
  const laptop = await editor('vasteras');
  const tablet = await editor('vasteras');
  await disagree(laptop, tablet);
  await expect(laptop.conflicts).toContainText(/Du har skrivit olika belopp på olika enheter: 1[34]0\s000\skr och 1[34]0\s000\skr\./);
  await laptop.button('Behåll 130 000 kr').click();
  for (const plan of [laptop, tablet]) {
    await expect(plan.conflicts).toHaveCount(0);
    await expect(plan.cell(1, 'Kostnad')).toHaveText('130 000');
  }
});

test('parts of a cost that both filled in are shown and settled in the split', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  const openSplit = async (plan: Plan) => {
    await plan.cell(1, 'Fördelning').click();
    await plan.press('Enter');
    return plan.page.getByRole('dialog', { name: /^Fördela/ });
  };
  const dialogs = [await openSplit(vasteras), await openSplit(norra)];
  await dialogs[0].getByRole('radio', { name: /^För hand/ }).check();
  const parts = dialogs.map((dialog) => dialog.getByRole('textbox', { name: /Västra Mälardalen, kronor/ }));
  await expect(parts[1]).toBeVisible();
  await vasteras.setOffline(true);
  await norra.setOffline(true);
  for (const [part, amount] of [[parts[0], '11000'], [parts[1], '12000']] as const) {
    await part.fill(amount);
    await part.press('Tab');
  }
  await vasteras.setOffline(false);
  await norra.setOffline(false);
  const question = dialogs[0].getByRole('group', { name: 'Två belopp' });
  await expect(question).toContainText('Ditt: 11 000 kr. Kollegans: 12 000 kr.');
  await expect(vasteras.cell(1, 'Fördelning').getByText('Två belopp')).toBeVisible();
  await question.getByRole('button', { name: 'Använd kollegans' }).click();
  for (const [at, plan] of [vasteras, norra].entries()) {
    await expect(dialogs[at].getByRole('group', { name: 'Två belopp' })).toHaveCount(0);
    await expect(parts[at]).toHaveValue('12000');
    await expect(plan.conflicts).toHaveCount(0);
  }
});
