// Amounts: read as Swedes write them, refused beside the cell with a reason, in kr or tkr, with sums that move at once.
import { expect, test } from '../support';

test('sums and the difference move with each key', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(1, 'Kostnad').click();
  for (const [key, items, difference] of [
    ['3', '500 003', '+124 997'],
    ['0', '500 030', '+124 970'],
    ['0', '500 300', '+124 700'],
    ['0', '503 000', '+122 000'],
    ['0', '530 000', '+95 000'],
    ['0', '800 000', '−175 000'],
  ] as const) {
    await plan.press(key);
    await expect(plan.sumOfItems).toHaveText(items);
    await expect(plan.difference).toHaveText(difference);
  }
  await plan.press('Enter');
  await expect(plan.cell(1, 'Kostnad')).toHaveText('300 000');
  await expect(plan.grid().locator('tfoot .amount')).toHaveText('800 000');
  await plan.cell(1, 'Bidrag', 'contributions').click();
  await plan.type('300000');
  await expect(plan.column('Andel', 'contributions')).toHaveText(['37,5 %', '31,3 %', '31,3 %']);
  await expect(plan.difference).toHaveText('0');
  await expect(plan.page.getByText('Bidragen täcker posterna precis.')).toBeVisible();
});

test('amounts are read as people write them', async ({ editor }) => {
  const plan = await editor('vasteras');
  for (const [typed, shown] of [
    ['1 500', '1 500'],
    ['1500,50', '1 500,50'],
    ['2 tkr', '2 000'],
    ['1,2 mnkr', '1 200 000'],
    ['-300', '−300'],
    ['0', '0'],
  ] as const) {
    await plan.write(1, 'Kostnad', typed);
    await expect(plan.cell(1, 'Kostnad')).toHaveText(shown);
  }
});

for (const [typed, reason] of [
  ['1.500', /kan betyda 1\s500 eller 1,5\./],
  ['tolv', /är inte ett belopp\. Skriv med siffror/],
  ['1,2345', /för många decimaler/],
  ['999 999 999 999', /Fyll i ett belopp som är lägre än/],
] as const) {
  test(`“${typed}” is refused beside the cell with a reason, and the old value stays`, async ({ editor }) => {
    const plan = await editor('vasteras');
    const norra = await editor('norra');
    await plan.cell(1, 'Kostnad').click();
    await plan.type(typed);
    await plan.press('Enter');
    const error = plan.cell(1, 'Kostnad').locator('.error-text');
    await expect(error).toHaveText(reason);
    await expect(plan.editor).toHaveValue(typed);
    await expect(plan.editor).toBeFocused();
    await expect(plan.editor).toHaveAttribute('aria-invalid', 'true');
    await expect(plan.editor).toHaveAccessibleDescription(reason);
    await expect(plan.spoken.last()).toContainText(reason);
    await expect(norra.cell(1, 'Kostnad')).toHaveText('125 000');

    await plan.page.mouse.click(5, 5);
    await expect(error).toHaveText(reason);
    await plan.editor.press('Escape');
    await expect(plan.cell(1, 'Kostnad')).toHaveText('125 000');
    await expect(plan.sumOfItems).toHaveText('625 000');
  });
}

test('a refused editor keeps every key from the cells behind it, until it is corrected or left with Escape', async ({ editor }) => {
  const plan = await editor('vasteras');
  const error = plan.cell(1, 'Kostnad').locator('.error-text');
  await plan.cell(1, 'Kostnad').click();
  await plan.type('tolv');
  await plan.press('Enter');
  await error.click();
  await expect(plan.editor).toBeFocused();
  await plan.press('Control+a', 'Delete');
  await expect(plan.editor).toHaveValue('');
  await plan.type('elva');
  await plan.press('Enter');
  await expect(error).toHaveText(/”elva” är inte ett belopp/);

  // Even with the focus on the cell itself, which no mouse or key puts there.
  await plan.cell(1, 'Kostnad').focus();
  await plan.press('Control+Delete', 'Control+a', 'Delete');
  await expect(plan.editor).toHaveValue('');
  await expect(plan.rows()).toHaveCount(4);
  await expect(plan.column('Kostnad')).toHaveText(['', '200 000', '100 000', '200 000']);
  await plan.type('x');
  await plan.press('Enter');
  await error.click();
  await plan.press('Escape');
  await expect(plan.editor).toHaveCount(0);
  await expect(plan.column('Kostnad')).toHaveText(['125 000', '200 000', '100 000', '200 000']);
});

test('what was refused waits for its user, who is taken back when starting on another table', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(1, 'Kostnad').click();
  await plan.type('tolv');
  await plan.cell(1, 'Bidrag', 'contributions').click();
  await expect(plan.cell(1, 'Kostnad').locator('.error-text')).toBeVisible();
  await plan.type('5');
  await expect(plan.editor).toHaveCount(1);
  await expect(plan.editor).toBeFocused();
  await expect(plan.editor).toHaveValue(/^tolv/);
  await expect(plan.spoken.last()).toContainText('är inte ett belopp');

  // Neither the menu nor the button of a row is a way around it.
  await plan.row(2).getByRole('button').click();
  await expect(plan.page.getByRole('menu')).toHaveCount(0);
  await expect(plan.editor).toBeFocused();

  await plan.press('Escape');
  await plan.write(1, 'Bidrag', '130000', 'contributions');
  await expect(plan.cell(1, 'Bidrag', 'contributions')).toHaveText('130 000');
});

test('amounts are shown and read in thousands by choice, and the device remembers', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.page.getByRole('radio', { name: 'tusen kronor' }).check({ force: true });
  await expect(plan.cell(1, 'Kostnad')).toHaveText('125');
  await expect(plan.sumOfItems).toHaveText('625');
  await expect(plan.grid().locator('caption')).toContainText('Belopp i tusen kronor.');
  await plan.cell(1, 'Kostnad').click();
  await plan.press('F2');
  await expect(plan.editor).toHaveAccessibleName(/Kostnad, .*, tusen kronor/);
  await plan.press('Escape');
  await plan.write(1, 'Kostnad', '130,5');
  await expect(plan.cell(1, 'Kostnad')).toHaveText('130,5');
  await plan.saved();
  await plan.page.reload();
  await plan.saved();
  await expect(plan.cell(1, 'Kostnad')).toHaveText('130,5');
  await plan.page.getByRole('radio', { name: 'kr, kronor', exact: true }).check({ force: true });
  await expect(plan.cell(1, 'Kostnad')).toHaveText('130 500');
});
