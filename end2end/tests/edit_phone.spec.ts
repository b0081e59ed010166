// On a phone: a list to read, and a form for one row.
import { Plan, expect, test } from '../support';

test.use({ viewport: { width: 375, height: 740 } });

test('rows are a list of cards, and a tap opens the form of one', async ({ editor }) => {
  const plan = await editor('vasteras');
  const norra = await editor('norra');
  const card = await plan.row(1).boundingBox();
  expect(card!.width).toBeLessThanOrEqual(375);
  await plan.cell(1, 'Kostnad').click();
  const form = plan.page.getByRole('dialog', { name: /^Lösningsfokuserade/ });
  await expect(form).toBeVisible();
  await expect(plan.editor).toHaveCount(0);

  const cost = form.getByLabel('Kostnad i kronor');
  await expect(cost).toHaveValue('125000');
  await cost.fill('1.500');
  await cost.press('Tab');
  await expect(form).toContainText('kan betyda 1 500 eller 1,5');
  await expect(cost).toHaveAttribute('aria-invalid', 'true');
  await expect(cost).toHaveValue('1.500');
  await cost.fill('90 000');
  await cost.press('Tab');
  await expect(cost).not.toHaveAttribute('aria-invalid', 'true');
  await form.getByLabel('Tema').fill('Från telefonen');
  await form.getByLabel('Beslutad').fill('2021-03-26');
  await form.getByRole('button', { name: 'Klar' }).click();
  await expect(form).toHaveCount(0);
  for (const each of [plan, norra]) {
    await expect(each.cell(1, 'Kostnad')).toContainText('90 000');
    await expect(each.cell(1, 'Tema')).toContainText('Från telefonen');
    await expect(each.cell(1, 'Vad')).toContainText('Beslutad 2021-03-26');
  }
});

test('a row without a name has a title too, and its button lies within its card', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.button('Lägg till rad').click();
  await expect(plan.rows()).toHaveCount(5);
  await expect(plan.cell(5, 'Vad').getByText('Rad utan namn')).toBeVisible();
  const button = plan.row(5).getByRole('button', { name: 'Ändra Rad utan namn' });
  const [card, inner] = [(await plan.row(5).boundingBox())!, (await button.boundingBox())!];
  expect(inner.y).toBeGreaterThanOrEqual(card.y);
  expect(inner.y + inner.height).toBeLessThanOrEqual(card.y + card.height);
  await button.click();
  await expect(plan.page.getByRole('dialog', { name: 'Rad utan namn' })).toBeVisible();
});

test('the tools stand in one line, with their names', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.page.setViewportSize({ width: 360, height: 740 });
  const tools = plan.page.getByRole('group', { name: 'Verktyg för planen' });
  for (const name of ['Ångra', 'Gör om', 'Lämna över som fil', 'Sammanfoga en fil', 'Skriv ut']) {
    await expect(tools.getByRole('button', { name, exact: true })).toBeVisible();
  }
  expect((await tools.boundingBox())!.height).toBeLessThan(80);
});

test('a row is moved and removed from its form', async ({ editor }) => {
  const plan = await editor('vasteras');
  await plan.cell(2, 'Vad').click();
  const form = plan.page.getByRole('dialog');
  await form.getByRole('button', { name: 'Flytta uppåt' }).click();
  await form.getByRole('button', { name: 'Klar' }).click();
  await expect(plan.cell(1, 'Vad')).toContainText('nätverksträffar');
  await plan.cell(1, 'Vad').click();
  await form.getByRole('button', { name: 'Ta bort raden' }).click();
  await expect(plan.rows()).toHaveCount(3);
  await plan.message.getByRole('button', { name: 'Ångra' }).click();
  await expect(plan.rows()).toHaveCount(4);
});

test('a reader reads a row in full', async ({ person }) => {
  const plan = await new Plan(await person('reader')).open();
  await expect(plan.status).not.toBeEmpty();
  await plan.row(1).getByRole('button').click();
  const form = plan.page.getByRole('dialog');
  await expect(form.getByLabel('Kostnad i kronor')).not.toBeEditable();
  await expect(form.getByRole('button', { name: 'Ta bort raden' })).toHaveCount(0);
});
