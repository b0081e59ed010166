// The key contract of the grid, group by group.
import { type Plan, expect, test } from '../support';

/** The cells that are selected, as "row:heading". */
function selected(plan: Plan): Promise<string[]> {
  return plan.grid().evaluate((table) =>
    [...table.querySelectorAll('[aria-selected=true]')].map((cell) => {
      const row = [...table.querySelectorAll('tbody > tr')].indexOf(cell.closest('tr')!) + 1;
      return `${row}:${(cell as HTMLElement).dataset.label}`;
    }),
  );
}

test('arrows move one cell and stop at the edge', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(1, 'När').click();
  await expect(plan.cell(1, 'När')).toBeFocused();
  await plan.press('ArrowLeft', 'ArrowUp');
  await expect(plan.cell(1, 'När')).toBeFocused();
  await plan.press('ArrowRight', 'ArrowDown');
  await expect(plan.cell(2, 'För vem')).toBeFocused();
  await plan.press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
  await expect(plan.cell(4, 'För vem')).toBeFocused();
  await expect(plan.grid().locator('[tabindex="0"]')).toHaveCount(1);
});

test('Home, End, Page Up and Page Down go to the ends', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(2, 'Tema').click();
  await plan.press('Home');
  await expect(plan.cell(2, 'När')).toBeFocused();
  await plan.press('End');
  await expect(plan.cell(2, 'Kommentar')).toBeFocused();
  await plan.press('Control+Home');
  await expect(plan.cell(1, 'När')).toBeFocused();
  await plan.press('Control+End');
  await expect(plan.cell(4, 'Kommentar')).toBeFocused();
  await plan.press('PageUp');
  await expect(plan.cell(1, 'Kommentar')).toBeFocused();
  await plan.press('PageDown');
  await expect(plan.cell(4, 'Kommentar')).toBeFocused();
});

test('every row has a name for screen readers, also while nothing is written there', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.button('Lägg till rad').click();
  await expect(plan.rows().getByRole('rowheader', { name: 'Rad utan namn' })).toHaveCount(1);
  await plan.write(5, 'Vad', 'Med namn');
  await expect(plan.rows().getByRole('rowheader', { name: 'Rad utan namn' })).toHaveCount(0);
});

test('Tab leaves the table, which remembers its cell', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(3, 'Kostnad').click();
  await plan.press('Tab');
  expect(await plan.grid().evaluate((table) => table.contains(document.activeElement))).toBe(false);
  await plan.press('Shift+Tab');
  await expect(plan.cell(3, 'Kostnad')).toBeFocused();
});

test('Enter edits, and Enter again keeps it and goes down; with Shift, up', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(2, 'Kostnad').click();
  await plan.press('Enter');
  await expect(plan.editor).toBeFocused();
  await expect(plan.editor).toHaveValue('200000');
  await plan.press('End', 'Backspace');
  await plan.type('5');
  await plan.press('Enter');
  await expect(plan.cell(2, 'Kostnad')).toHaveText('200 005');
  await expect(plan.cell(3, 'Kostnad')).toBeFocused();
  await plan.press('Enter');
  await plan.press('Shift+Enter');
  await expect(plan.cell(2, 'Kostnad')).toBeFocused();
});

test('F2 edits with the caret last, and F2 again keeps it and stays', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(2, 'När').click();
  await plan.press('F2');
  await plan.type(' 2021');
  await plan.press('ArrowLeft', 'F2');
  await expect(plan.cell(2, 'När')).toHaveText('Vår och höst 2021');
  await expect(plan.cell(2, 'När')).toBeFocused();
});

test('a character replaces what stands there, and an arrow then keeps it and moves', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(1, 'När').click();
  await plan.type('Nåt');
  await expect(plan.editor).toHaveValue('Nåt');
  await plan.press('ArrowRight');
  await expect(plan.cell(1, 'När')).toHaveText('Nåt');
  await expect(plan.cell(1, 'För vem')).toBeFocused();
});

test('Escape forgets what was typed', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(1, 'Kostnad').click();
  await plan.type('999');
  await expect(plan.sumOfItems).toHaveText('500 999');
  await plan.press('Escape');
  await expect(plan.editor).toHaveCount(0);
  await expect(plan.cell(1, 'Kostnad')).toHaveText('125 000');
  await expect(plan.cell(1, 'Kostnad')).toBeFocused();
  await expect(plan.sumOfItems).toHaveText('625 000');
});

test('Tab in the editor keeps it and goes to the next cell', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(1, 'Tema').click();
  await plan.type('Tema ett');
  await plan.press('Tab');
  await expect(plan.cell(1, 'Tema')).toHaveText('Tema ett');
  await expect(plan.cell(1, 'Kostnad')).toBeFocused();
  await plan.press('F2', 'Shift+Tab');
  await expect(plan.cell(1, 'Tema')).toBeFocused();
});

test('Alt+Enter breaks the line within a cell', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(1, 'Kommentar').click();
  await plan.type('Rad ett');
  await plan.press('Alt+Enter');
  await plan.type('rad två');
  await plan.press('Enter');
  expect(await plan.cell(1, 'Kommentar').locator('.cell-text').textContent()).toBe('Rad ett\nrad två');
});

test('Shift with arrows, Shift+Space, Ctrl+Space and Ctrl+A select, and Escape lets go', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(2, 'Tema').click();
  await plan.press('Shift+ArrowRight', 'Shift+ArrowDown');
  await expect.poll(() => selected(plan)).toEqual(['2:Tema', '2:Kostnad', '3:Tema', '3:Kostnad']);
  await plan.press('Escape');
  await expect.poll(() => selected(plan)).toEqual([]);
  await plan.press('Shift+Space');
  await expect.poll(async () => (await selected(plan)).every((cell) => cell.startsWith('2:'))).toBe(true);
  expect(await selected(plan)).toHaveLength(7);
  await plan.cell(2, 'Kostnad').click();
  await plan.press('Control+Space');
  await expect.poll(() => selected(plan)).toEqual(['1:Kostnad', '2:Kostnad', '3:Kostnad', '4:Kostnad']);
  await plan.press('Control+a');
  await expect.poll(async () => (await selected(plan)).length).toBe(28);
  await expect(plan.spoken.first()).toContainText('4 rader och 7 kolumner markerade');
});

test('Delete clears what is selected, as one step', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(1, 'Kostnad').click();
  await plan.press('Shift+ArrowDown', 'Delete');
  await expect(plan.column('Kostnad')).toHaveText(['–', '–', '100 000', '200 000']);
  await expect(plan.sumOfItems).toHaveText('300 000');
  await plan.press('Control+z');
  await expect(plan.column('Kostnad')).toHaveText(['125 000', '200 000', '100 000', '200 000']);
});

test('Ctrl+D fills down, as one step', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(1, 'Tema').click();
  await plan.press('Shift+ArrowRight', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Control+d');
  await expect(plan.column('Kostnad')).toHaveText(['125 000', '125 000', '125 000', '200 000']);
  await expect(plan.cell(3, 'Tema')).toHaveText('Dialogorienteringskvadranten');
  await plan.press('Control+z');
  await expect(plan.column('Kostnad')).toHaveText(['125 000', '200 000', '100 000', '200 000']);
});

test('Ctrl+Enter and Ctrl+Shift+Enter add a row below and above', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(2, 'Vad').click();
  await plan.press('Control+Enter');
  await expect(plan.rows()).toHaveCount(5);
  await expect(plan.cell(3, 'När')).toBeFocused();
  await plan.type('Ny');
  await plan.press('Enter');
  await expect(plan.cell(3, 'När')).toHaveText('Ny');
  await plan.cell(1, 'Vad').click();
  await plan.press('Control+Shift+Enter');
  await expect(plan.rows()).toHaveCount(6);
  await expect(plan.cell(1, 'När')).toBeFocused();
  await expect(plan.cell(1, 'Vad')).toHaveText('Rad utan namn');
});

test('Ctrl+Delete removes the row, and it can be taken back', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(2, 'Tema').click();
  await plan.press('Control+Delete');
  await expect(plan.rows()).toHaveCount(3);
  await expect(plan.sumOfItems).toHaveText('425 000');
  await expect(plan.message).toContainText('Raden är borttagen.');
  await expect(plan.cell(2, 'Tema')).toBeFocused();
  await plan.message.getByRole('button', { name: 'Ångra' }).click();
  await expect(plan.rows()).toHaveCount(4);
  await expect(plan.cell(2, 'Kostnad')).toHaveText('200 000');
});

test('Alt with arrows moves the row, says where to, and keeps the focus', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(4, 'Kostnad').click();
  await plan.press('Alt+ArrowUp');
  await expect(plan.cell(3, 'Vad')).toHaveText(/^Övrigt/);
  await expect(plan.spoken.first()).toContainText('Övrigt, t.ex. administration av åtaganden flyttad till plats 3 av 4');
  await expect(plan.cell(3, 'Kostnad')).toBeFocused();
  await plan.press('Alt+ArrowDown', 'Alt+ArrowDown');
  await expect(plan.cell(4, 'Vad')).toHaveText(/^Övrigt/);
  await expect(plan.spoken.first()).toContainText('ligger redan sist');
  await expect(plan.cell(4, 'Kostnad')).toBeFocused();
});

test('Shift+F10 opens a menu with every action, which arrows walk and Escape closes', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(2, 'Kostnad').click();
  await plan.press('Shift+F10');
  const menu = plan.page.getByRole('menu');
  const entry = (name: string | RegExp) => menu.getByRole('menuitem', { name });
  for (const name of [
    'Redigera', 'Klipp ut', 'Kopiera', 'Klistra in', 'Töm', 'Fyll nedåt', 'Öppna raden som formulär', 'Fördela kostnaden',
    'Lägg till rad under', 'Lägg till rad ovanför', 'Flytta raden uppåt', 'Flytta raden nedåt', 'Ta bort raden', 'Ångra',
    'Gör om', 'Visa ändringar',
  ]) {
    await expect(entry(name)).toBeVisible();
  }
  await expect(entry('Redigera')).toBeFocused();
  await plan.press('ArrowDown');
  await expect(entry('Klipp ut')).toBeFocused();
  await plan.press('End');
  await expect(entry('Visa ändringar')).toBeFocused();
  await plan.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(plan.cell(2, 'Kostnad')).toBeFocused();

  await plan.press('Shift+F10');
  await entry('Flytta raden nedåt').click();
  await expect(plan.cell(3, 'Vad')).toHaveText('2 st lösningsfokuserade nätverksträffar');
  await plan.cell(1, 'Vad').click({ button: 'right' });
  await entry('Ta bort raden').click();
  await expect(plan.rows()).toHaveCount(3);
});

test('the mouse selects by dragging and edits by a double click', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(1, 'Kostnad').hover();
  await plan.page.mouse.down();
  await plan.cell(3, 'Kostnad').hover();
  await plan.page.mouse.up();
  await expect.poll(() => selected(plan)).toEqual(['1:Kostnad', '2:Kostnad', '3:Kostnad']);
  await plan.cell(4, 'Kostnad').dblclick();
  await expect(plan.editor).toHaveValue('200000');
  await plan.press('Control+a');
  await plan.type('1');
  await plan.cell(1, 'Vad').click();
  await expect(plan.cell(4, 'Kostnad')).toHaveText('1');
});
