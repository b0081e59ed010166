// Two associations in the same plan: what one does stands on the other's screen, without anybody asking for it.
import { expect, test } from '../support';

test('an amount stands on the other screen at once, and the balance follows there', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await expect(norra.sumOfItems).toHaveText('625 000');
  await expect(norra.difference).toHaveText('0');

  await vasteras.write(1, 'Kostnad', '150 000');

  await expect(norra.cell(1, 'Kostnad')).toHaveText('150 000');
  await expect(norra.sumOfItems).toHaveText('650 000');
  await expect(norra.difference).toHaveText('−25 000');
  await expect(norra.page.getByText('Bidragen är 25 000 kr lägre än posterna.')).toBeVisible();
  await vasteras.saved();

  await norra.write('Samordningsförbundet Västerås', 'Bidrag', '275000', 'contributions');
  await expect(vasteras.sumOfContributions).toHaveText('650 000');
  await expect(vasteras.page.getByText('Bidragen täcker posterna precis.')).toBeVisible();
});

test('words stand on the other screen at once, in every kind of table', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await vasteras.write(2, 'Tema', 'Nätverk');
  await expect(norra.cell(2, 'Tema')).toHaveText('Nätverk');
  await norra.write(1, 'Kommentar', 'Boka lokal, "Aros"', 'oneYear');
  await expect(vasteras.cell(1, 'Kommentar', 'oneYear')).toHaveText('Boka lokal, "Aros"');
});

test('rows that are added, moved and removed do so on the other screen too', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');

  await vasteras.addItem('Gemensam utbildning', '40 000');
  await expect(norra.rows()).toHaveCount(5);
  await expect(norra.cell('Gemensam utbildning', 'Kostnad')).toHaveText('40 000');

  await vasteras.cell('Gemensam utbildning', 'Vad').click();
  await vasteras.press('Alt+ArrowUp', 'Alt+ArrowUp');
  await expect(norra.cell(3, 'Vad')).toHaveText('Gemensam utbildning');

  await vasteras.press('Control+Delete');
  await expect(norra.rows()).toHaveCount(4);
  await expect(norra.sumOfItems).toHaveText('625 000');
});

test('who else is here is shown by name, and in the cell they are in', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await expect(vasteras.people).toContainText('2 personer är här');
  await expect(vasteras.people).toContainText('Redaktör Norra');
  await expect(norra.people).toContainText('Redaktör Västerås');

  await norra.cell(2, 'Kostnad').click();
  await expect(vasteras.cell(2, 'Kostnad')).toHaveAttribute('data-person', 'RN');
  await expect(vasteras.people).toContainText('Redaktör Norra i Kostnad');

  // The initials lie below the figure.
  const badge = await vasteras.cell(2, 'Kostnad').evaluate((cell) => {
    const height = Number.parseFloat(getComputedStyle(cell, '::after').height);
    const figure = cell.querySelector('.number')!.getBoundingClientRect();
    return { top: cell.getBoundingClientRect().bottom - height / 2, figure: figure.bottom };
  });
  expect(badge.figure).toBeLessThanOrEqual(badge.top);

  await norra.press('ArrowDown');
  await expect(vasteras.cell(3, 'Kostnad')).toHaveAttribute('data-person', 'RN');
  await expect(vasteras.cell(2, 'Kostnad')).not.toHaveAttribute('data-person');

  await norra.page.close();
  await expect(vasteras.people).not.toContainText('Redaktör Norra');
  await expect(vasteras.cell(3, 'Kostnad')).not.toHaveAttribute('data-person');
});

test('a change from elsewhere never moves the focus or replaces an open editor', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await vasteras.cell(4, 'Vad').click();
  await vasteras.press('F2', 'Control+End');
  await vasteras.type(' och lokaler');

  await norra.revise(4, 'Vad', 'Home', 'Allmänt: ');
  await norra.cell(4, 'Vad').click();
  await norra.press('Alt+ArrowUp');
  await norra.write(1, 'Kostnad', '1');
  await expect(vasteras.cell(1, 'Kostnad')).toHaveText('1');
  await expect(vasteras.cell(4, 'Vad')).toContainText('Åtagande enligt avsiktsförklaring');

  await expect(vasteras.editor).toBeFocused();
  await expect(vasteras.editor).toHaveValue('Övrigt, t.ex. administration av åtaganden och lokaler');
  await vasteras.press('Enter');
  const both = 'Allmänt: Övrigt, t.ex. administration av åtaganden och lokaler';
  await expect(vasteras.cell(3, 'Vad')).toHaveText(both);
  await expect(norra.cell(3, 'Vad')).toHaveText(both);
});
