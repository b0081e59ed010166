// Ranges to and from Excel and LibreOffice.
import { type Plan, expect, test } from '../support';

/** Pastes as a spreadsheet would: text and html at once. */
async function pasteBoth(plan: Plan, text: string, html: string): Promise<void> {
  await plan.page.evaluate(
    ([text, html]) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      data.setData('text/html', html);
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.activeElement!.dispatchEvent(event);
    },
    [text, html] as const,
  );
}

test('a block with quotes and bad amounts is pasted as one step, with a summary', async ({ editor }) => {
  const plan = await editor('vasteras');
  const norra = await editor('norra');
  const block = [
    '"Rad ett\nmed ""citat"""\tDialog\t125 000,50',
    'Två\t\ttolv kronor',
    'Tre\tNätverk\t1.500',
  ].join('\r\n');
  await plan.paste(1, 'Vad', `${block}\r\n`);
  const summary = '7 celler klistrades in. 2 kunde inte tolkas: rad 2 Kostnad (”tolv kronor”), rad 3 Kostnad (”1.500”).';
  await expect(plan.message).toContainText(summary);
  await expect(plan.spoken.first()).toContainText(summary);
  expect(await plan.cell(1, 'Vad').locator('.cell-text').textContent()).toBe('Rad ett\nmed "citat"');
  await expect(plan.column('Kostnad')).toHaveText(['125 000,50', '200 000', '100 000', '200 000']);
  await expect(plan.column('Tema')).toHaveText(['Dialog', '', 'Nätverk', '']);
  await expect(norra.cell(3, 'Tema')).toHaveText('Nätverk');
  const marked = plan.page.locator('td[aria-invalid]');
  await expect(marked).toHaveText(['200 000', '100 000']);
  await plan.write(2, 'Kostnad', '12');
  await expect(marked).toHaveText(['100 000']);
  await plan.press('Control+z');
  await expect(marked).toHaveCount(0);

  await plan.press('Control+z');
  await expect(plan.cell(1, 'Vad')).toHaveText('Lösningsfokuserade ledtrådar i Västmanland 2021');
  await expect(plan.column('Kostnad')).toHaveText(['125 000', '200 000', '100 000', '200 000']);
  await expect(plan.column('Tema')).toHaveText(['Dialogorienteringskvadranten', '', '', '']);
  await expect(norra.cell(3, 'Tema')).toHaveText('');
});

test('a column of amounts is called so, and goes on past the last row', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.paste(3, 'Kostnad', '10\n20\n30\n40\n');
  await expect(plan.message).toContainText('4 belopp klistrades in. 2 rader lades till.');
  await expect(plan.column('Kostnad')).toHaveText(['125 000', '200 000', '10', '20', '30', '40']);
  await plan.message.getByRole('button', { name: 'Ångra' }).click();
  await expect(plan.rows()).toHaveCount(4);
  await expect(plan.cell(3, 'Kostnad')).toHaveText('100 000');
});

test('text is read before html, where Excel writes #### for narrow columns', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(1, 'Kostnad').click();
  await pasteBoth(plan, '1\r\n2\r\n', '<table><tr><td>####</td></tr><tr><td>####</td></tr></table>');
  await expect(plan.column('Kostnad')).toHaveText(['1', '2', '100 000', '200 000']);
  await plan.cell(3, 'Kostnad').click();
  await pasteBoth(plan, '', '<table><tr><td>3</td></tr></table>');
  await expect(plan.cell(3, 'Kostnad')).toHaveText('3');
});

test('what is copied is what Swedish Excel reads', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.write(1, 'Kostnad', '1 234,5');
  await plan.write(1, 'Tema', 'Ett "tema"');
  await plan.cell(1, 'Tema').click();
  await plan.press('Shift+ArrowRight', 'Shift+ArrowDown', 'Control+c');
  await expect.poll(async () => (await plan.clipboard()).replaceAll('\r\n', '\n')).toBe('"Ett ""tema"""\t1234,50\n\t200000');
});

test('what is cut can be pasted elsewhere, and back in the same form', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(1, 'Kostnad').click();
  await plan.press('Shift+ArrowDown', 'Control+x');
  await expect(plan.column('Kostnad')).toHaveText(['–', '–', '100 000', '200 000']);
  await plan.cell(3, 'Kostnad').click();
  await plan.press('Control+v');
  await expect(plan.column('Kostnad')).toHaveText(['–', '–', '125 000', '200 000']);
  await plan.press('Control+z', 'Control+z');
  await expect(plan.column('Kostnad')).toHaveText(['125 000', '200 000', '100 000', '200 000']);
});

test('contributions take no more rows than there are associations', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.paste(2, 'Bidrag', '1\n2\n3\n4\n', 'contributions');
  await expect(plan.column('Bidrag', 'contributions')).toHaveText(['125 000', '1', '2']);
});
