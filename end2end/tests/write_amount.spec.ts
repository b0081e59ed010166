// Amounts: read as Swedes write them, refused beside the cell with a reason, in kr or tkr, with sums that move at once.
import { expect, test } from '../support';

test('sums and the difference move with each key', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(1, 'Kostnad').click();
  for (const [key, items, difference] of [
    ['3', '500 003', '124 997'],
    ['0', '500 030', '124 970'],
    ['0', '500 300', '124 700'],
    ['0', '503 000', '122 000'],
    ['0', '530 000', '95 000'],
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
