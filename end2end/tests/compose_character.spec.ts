// Characters that take more than one key: dead keys and input methods, begun on a cell without an editor.
import { type CDPSession } from '@playwright/test';
import { type Plan, expect, test } from '../support';

/** Presses a key that belongs to a composition, as the browser hears it from the keyboard. */
async function pressKey(keyboard: CDPSession, key: 'Dead' | 'Process', modifiers = 0): Promise<void> {
  const event = { key, code: 'BracketRight', windowsVirtualKeyCode: key === 'Process' ? 229 : 186, modifiers };
  await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event });
  await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
}

/** What the input method shows while it composes. */
async function compose(keyboard: CDPSession, text: string): Promise<void> {
  const end = text.length;
  await keyboard.send('Input.imeSetComposition', { text, selectionStart: end, selectionEnd: end });
}

const keyboardOf = (plan: Plan): Promise<CDPSession> => plan.page.context().newCDPSession(plan.page);

test('a dead key on a cell opens the editor, and the accent lands in it', async ({ editor }) => {
  const plan = await editor('vasteras');
  const keyboard = await keyboardOf(plan);
  await plan.cell(1, 'Tema').click();
  await pressKey(keyboard, 'Dead');
  await expect(plan.editor).toBeFocused();
  await expect(plan.editor).toHaveValue('');
  await compose(keyboard, '´');
  await keyboard.send('Input.insertText', { text: 'é' });
  await plan.type('tt');
  await expect(plan.editor).toHaveValue('étt');
  await plan.press('ArrowRight');
  await expect(plan.cell(1, 'Tema')).toHaveText('étt');
  await expect(plan.cell(1, 'Kostnad')).toBeFocused();
});

test('an input method composes in the cell it was begun on', async ({ editor }) => {
  const plan = await editor('vasteras');
  const keyboard = await keyboardOf(plan);
  await plan.cell(2, 'Kommentar').click();
  await pressKey(keyboard, 'Process');
  for (const text of ['k', 'か', 'かn', 'かん']) await compose(keyboard, text);
  await expect(plan.editor).toHaveValue('かん');
  await keyboard.send('Input.insertText', { text: '漢' });
  await expect(plan.editor).toHaveValue('漢');
  await plan.press('Enter');
  await expect(plan.cell(2, 'Kommentar')).toHaveText('漢');
});

test('a dead key that nothing comes of leaves the cell as it was', async ({ editor }) => {
  const plan = await editor('vasteras');
  const keyboard = await keyboardOf(plan);
  await plan.cell(1, 'Kostnad').click();
  await pressKey(keyboard, 'Dead');
  await expect(plan.editor).toBeFocused();
  await expect(plan.sumOfItems).toHaveText('625 000');
  await plan.press('Enter');
  await expect(plan.editor).toHaveCount(0);
  await expect(plan.cell(1, 'Kostnad')).toHaveText('125 000');
});

test('a dead key where nothing is typed opens nothing', async ({ editor }) => {
  const plan = await editor('vasteras');
  const keyboard = await keyboardOf(plan);
  await plan.cell(1, 'Fördelning').click();
  await pressKey(keyboard, 'Dead');
  await expect(plan.cell(1, 'Fördelning')).toBeFocused();
  await expect(plan.editor).toHaveCount(0);
  await expect(plan.page.getByRole('dialog')).toHaveCount(0);
});
