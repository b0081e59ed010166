// Two tabs of the same user: one plan, with and without a network.
import { Plan, expect, test, waiting } from '../support';

test('what is written in one tab stands in the other', async ({ editor }) => {
  const first = await editor('vasteras');
  const second = await (await new Plan(await first.page.context().newPage()).open()).saved();
  await first.write(1, 'Kostnad', '101000');
  await expect(second.cell(1, 'Kostnad')).toHaveText('101 000');
  await second.addItem('Från flik två');
  await expect(first.row('Från flik två')).toBeVisible();
  await first.saved();
  await second.saved();
});

test('two tabs share edits without a network, and both are sent', async ({ editor }) => {
  const norra = await editor('norra');
  const first = await editor('vasteras');
  const second = await (await new Plan(await first.page.context().newPage()).open()).saved();
  await first.setOffline(true);
  await first.offline();
  await second.offline();
  await first.write(1, 'Kostnad', '102000');
  await expect(second.cell(1, 'Kostnad')).toHaveText('102 000');
  await second.write(2, 'Kostnad', '203000');
  await expect(first.cell(2, 'Kostnad')).toHaveText('203 000');
  await expect(first.status).toContainText(waiting(2));
  await expect(second.status).toContainText(waiting(2));

  await second.page.close();
  await first.page.reload({ waitUntil: 'commit' }).catch(() => {});
  await first.setOffline(false);
  await expect(norra.cell(1, 'Kostnad')).toHaveText('102 000');
  await expect(norra.cell(2, 'Kostnad')).toHaveText('203 000');
});

test('two tabs of one user count as one person here', async ({ editor }) => {
  const norra = await editor('norra');
  const first = await editor('vasteras');
  const second = await (await new Plan(await first.page.context().newPage()).open()).saved();
  await expect(norra.people).toContainText('2 personer är här');
  await second.cell(2, 'Tema').click();
  await expect(norra.cell(2, 'Tema')).toHaveAttribute('data-person', 'RV');
  await expect(norra.people).toContainText('2 personer är här');
});
