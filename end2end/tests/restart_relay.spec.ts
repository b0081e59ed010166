// The relay dies in the middle of the work: what was called saved is there when it comes back, and what waited arrives.
import { expect, planPath, signIn, test, words } from '../support';

test('nothing that was called saved is lost when the relay is killed', async ({ editor, relay, playwright }) => {
  test.slow();
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  const witness = await playwright.request.newContext({ baseURL: relay.url });
  await signIn({ request: witness } as never, relay.url, 'malardalen');
  for (const [round, saved] of ['101 111', '102 222', '103 333'].entries()) {
    await vasteras.write(1, 'Kostnad', saved);
    await expect(vasteras.status).toHaveText(words.saved);
    await relay.kill();
    await vasteras.write(2, 'Kostnad', `${round + 1} 500`);
    await norra.write(3, 'Tema', `Omgång ${round + 1}`);
    await expect(vasteras.status).not.toHaveText(words.saved);
    await relay.restart();

    const page = await (await witness.get(planPath)).text();
    expect(page.replace(/\u00a0/g, ' '), 'what the server has').toContain(saved);
    for (const plan of [vasteras, norra]) {
      await plan.saved();
      await expect(plan.cell(1, 'Kostnad')).toHaveText(saved);
      await expect(plan.cell(2, 'Kostnad')).toHaveText(`${round + 1} 500`);
      await expect(plan.cell(3, 'Tema')).toHaveText(`Omgång ${round + 1}`);
    }
  }
  await witness.dispose();
});

test('edits in quick succession over a kill all arrive', async ({ editor, relay }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  await vasteras.cell(1, 'Kostnad').click();
  for (let value = 1; value <= 12; value += 1) {
    await vasteras.type(`${value}000`);
    await vasteras.press('Enter', 'ArrowUp');
    if (value === 4) await relay.kill();
    if (value === 9) await relay.restart();
  }
  await expect(norra.cell(1, 'Kostnad')).toHaveText('12 000');
  await vasteras.saved();
  await expect(norra.conflicts).toHaveCount(0);
  await relay.kill();
  await relay.restart();
  await norra.page.reload();
  await norra.saved();
  await expect(norra.cell(1, 'Kostnad')).toHaveText('12 000');
});

test('while the relay is away the app starts from cold and goes on', async ({ editor, relay }) => {
  const plan = await editor('vasteras');
  await plan.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await relay.kill();
  await plan.page.reload();
  await expect(plan.cell(1, 'Kostnad')).toHaveText('125 000');
  await plan.write(1, 'Kostnad', '88000');
  await expect(plan.status).not.toContainText(words.saved);
  await relay.restart();
  await plan.saved();
  await plan.page.reload();
  await plan.saved();
  await expect(plan.cell(1, 'Kostnad')).toHaveText('88 000');
});

test('a session outlives a restart of the relay', async ({ page, context, relay }) => {
  await signIn(context, relay.url, 'vasteras');
  await relay.kill();
  await relay.restart();
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Dina planer' })).toBeVisible();
});
