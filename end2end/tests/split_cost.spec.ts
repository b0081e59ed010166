// A cost divided between the associations: by key, adding up to the öre.
import { type Plan, expect, test } from '../support';

async function openSplit(plan: Plan, row: number) {
  await plan.cell(row, 'Fördelning').click();
  await plan.press('Enter');
  const dialog = plan.page.getByRole('dialog', { name: /^Fördela/ });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('the parts add up to the öre, whatever the key', async ({ editor }) => {
  const plan = await editor('vasteras');
  const norra = await editor('norra');
  await plan.write(1, 'Kostnad', '100 000');
  const dialog = await openSplit(plan, 1);
  const parts = dialog.locator('tbody .amount');
  const sum = dialog.locator('tfoot .amount');

  await dialog.getByRole('radio', { name: /^Lika/ }).check();
  await expect(sum).toHaveText('100 000');
  await expect(parts).toHaveText(['33 333,34', '33 333,33', '33 333,33']);
  await expect(dialog).toContainText('Delarna blir precis kostnaden. Avrundat uppåt med ett öre: Norra');
  await expect(norra.cell(1, 'Fördelning')).toHaveText('Lika');

  await dialog.getByRole('radio', { name: /^Efter bidrag/ }).check();
  await expect(parts).toHaveText(['20 000', '40 000', '40 000']);
  await expect(sum).toHaveText('100 000');
  await dialog.getByRole('button', { name: 'Klar' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(plan.cell(1, 'Fördelning')).toBeFocused();
  await expect(norra.cell(1, 'Fördelning')).toHaveText('Efter bidrag');
});

test('parts written by hand tell what is left over', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.write(1, 'Kostnad', '100 000');
  const dialog = await openSplit(plan, 1);
  await dialog.getByRole('radio', { name: /^Efter bidrag/ }).check();
  await dialog.getByRole('radio', { name: /^För hand/ }).check();
  const mine = dialog.getByRole('textbox', { name: /Västerås, kronor/ });
  await expect(mine).toHaveValue('40000');
  await mine.fill('25 000');
  await mine.press('Tab');
  await expect(dialog).toContainText('15 000 kr är inte fördelat.');
  await mine.fill('45 000');
  await mine.press('Tab');
  await expect(dialog).toContainText('Delarna är 5 000 kr mer än kostnaden.');
  await mine.fill('fyrtio');
  await mine.press('Tab');
  await expect(dialog).toContainText('är inte ett belopp');
  await expect(mine).toHaveAttribute('aria-invalid', 'true');
  await mine.fill('40 000');
  await mine.press('Tab');
  await expect(dialog).toContainText('Delarna blir precis kostnaden.');
  await plan.press('Escape');
  await expect(dialog).toHaveCount(0);
  await plan.saved();
  await plan.page.reload();
  await plan.saved();
  await expect(plan.cell(1, 'Fördelning')).toHaveText('För hand');
});

test('a split follows the cost and the contributions', async ({ editor }) => {
  const plan = await editor('vasteras');
  const norra = await editor('norra');
  const dialog = await openSplit(plan, 2);
  await dialog.getByRole('radio', { name: /^Efter bidrag/ }).check();
  await expect(dialog.locator('tbody .amount')).toHaveText(['40 000', '80 000', '80 000']);
  await norra.write(2, 'Kostnad', '100000');
  await expect(dialog.locator('tbody .amount')).toHaveText(['20 000', '40 000', '40 000']);
  await norra.write(1, 'Bidrag', '250000', 'contributions');
  await expect(dialog.locator('tfoot .amount')).toHaveText('100 000');
  await expect(dialog.locator('tbody .amount').first()).toHaveText('33 333,34');
});
