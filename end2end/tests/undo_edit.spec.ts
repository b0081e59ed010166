// Undo follows the user's own edits, over reloads, and never takes back a colleague's.
import { expect, test } from '../support';

test('one’s own edits are taken back and done again, one at a time', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.write(1, 'Kostnad', '1000');
  await plan.write(2, 'Kostnad', '2000');
  await plan.cell(3, 'Vad').click();
  await plan.press('Control+z');
  await expect(plan.cell(2, 'Kostnad')).toHaveText('200 000');
  await expect(plan.cell(1, 'Kostnad')).toHaveText('1 000');
  await plan.button('Ångra').click();
  await expect(plan.cell(1, 'Kostnad')).toHaveText('125 000');
  await expect(plan.button('Ångra')).toHaveAttribute('aria-disabled', 'true');

  await plan.cell(3, 'Vad').click();
  await plan.press('Control+y');
  await expect(plan.cell(1, 'Kostnad')).toHaveText('1 000');
  await plan.press('Control+Shift+z');
  await expect(plan.cell(2, 'Kostnad')).toHaveText('2 000');
  await expect(plan.button('Gör om')).toHaveAttribute('aria-disabled', 'true');
  await plan.saved();
});

test('a colleague’s edits are left alone', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await vasteras.revise(4, 'Vad', 'End', ' ett');
  await expect(norra.cell(4, 'Vad')).toHaveText(/ett$/);
  await norra.revise(4, 'Vad', 'Home', 'Norras ');
  await expect(vasteras.cell(4, 'Vad')).toHaveText(/^Norras/);
  await norra.write(1, 'Kostnad', '5000');
  await expect(vasteras.cell(1, 'Kostnad')).toHaveText('5 000');

  await vasteras.press('Control+z');
  await expect(vasteras.cell(4, 'Vad')).toHaveText('Norras Övrigt, t.ex. administration av åtaganden');
  await expect(norra.cell(4, 'Vad')).toHaveText('Norras Övrigt, t.ex. administration av åtaganden');
  await vasteras.press('Control+z');
  await expect(vasteras.cell(1, 'Kostnad')).toHaveText('5 000');
  await expect(vasteras.button('Ångra')).toHaveAttribute('aria-disabled', 'true');
});

test('an amount that a colleague has changed since is not taken back, and one is told', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await vasteras.write(1, 'Kostnad', '1000');
  await expect(norra.cell(1, 'Kostnad')).toHaveText('1 000');
  await norra.write(1, 'Kostnad', '2000');
  await expect(vasteras.cell(1, 'Kostnad')).toHaveText('2 000');
  await vasteras.cell(2, 'Vad').click();
  await vasteras.press('Control+z');
  await expect(vasteras.notices).toContainText('en kollega har ändrat på samma ställe efter dig');
  await expect(vasteras.cell(1, 'Kostnad')).toHaveText('2 000');
});

test('undo and redo outlive a reload', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.write(1, 'Kostnad', '1000');
  await plan.write(2, 'Kostnad', '2000');
  await plan.cell(3, 'Vad').click();
  await plan.press('Control+z');
  await expect(plan.cell(2, 'Kostnad')).toHaveText('200 000');
  await plan.saved();

  await plan.page.reload();
  await plan.saved();
  await expect(plan.cell(1, 'Kostnad')).toHaveText('1 000');
  await plan.cell(3, 'Vad').click();
  await plan.press('Control+y');
  await expect(plan.cell(2, 'Kostnad')).toHaveText('2 000');
  await plan.press('Control+z', 'Control+z');
  await expect(plan.cell(2, 'Kostnad')).toHaveText('200 000');
  await expect(plan.cell(1, 'Kostnad')).toHaveText('125 000');
});

test('rows that were added, moved and removed are taken back too', async ({ editor }) => {
  const plan = await editor('vasteras');
  const before = await plan.column('Vad').allTextContents();
  await plan.cell(2, 'Vad').click();
  await plan.press('Alt+ArrowDown', 'Control+Delete', 'Control+Enter');
  await expect(plan.rows()).toHaveCount(4);
  await plan.press('Control+z', 'Control+z', 'Control+z');
  await expect(plan.column('Vad')).toHaveText(before);
});
