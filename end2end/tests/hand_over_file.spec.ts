// With no network at all, a plan is handed over as a file and merged.
import { readFile } from 'node:fs/promises';
import { type Plan, expect, test } from '../support';

async function handOver(plan: Plan): Promise<{ name: string; content: Buffer }> {
  const download = plan.page.waitForEvent('download');
  await plan.button('Lämna över som fil').click();
  const file = await download;
  return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
}

async function merge(plan: Plan, name: string, buffer: Buffer): Promise<void> {
  await plan.page.getByTestId('merge-file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
}

test('two who have no network merge each other’s plans by file', async ({ editor }) => {
  const vasteras = await editor('vasteras');
  const norra = await editor('norra');
  for (const plan of [vasteras, norra]) {
    await plan.setOffline(true);
    await plan.offline();
  }
  await vasteras.write(1, 'Kostnad', '111000');
  await vasteras.addItem('På verkstaden', '7000');
  await norra.write(2, 'Kostnad', '222000');

  const first = await handOver(vasteras);
  expect(first.name).toMatch(/2021.*\.samplan$/);
  await merge(norra, first.name, first.content);
  await expect(norra.notices).toContainText('Filen är sammanfogad');
  await expect(norra.cell(1, 'Kostnad')).toHaveText('111 000');
  await expect(norra.cell('På verkstaden', 'Kostnad')).toHaveText('7 000');
  await expect(norra.cell(2, 'Kostnad')).toHaveText('222 000');

  const second = await handOver(norra);
  await merge(vasteras, second.name, second.content);
  await expect(vasteras.cell(2, 'Kostnad')).toHaveText('222 000');
  await expect(vasteras.sumOfItems).toHaveText(await norra.sumOfItems.innerText());
  await merge(vasteras, second.name, second.content);
  await expect(vasteras.notices).toContainText('Filen innehöll inget nytt. Planen är oförändrad.');

  // What a colleague wrote waits at the relay's door until the colleague brings it.
  for (const plan of [vasteras, norra]) await plan.setOffline(false);
  for (const plan of [vasteras, norra]) {
    await plan.saved();
    await expect(plan.conflicts).toHaveCount(0);
    await expect(plan.cell(2, 'Kostnad')).toHaveText('222 000');
    await expect(plan.rows()).toHaveCount(5);
  }
});

test('a file that is no plan, or a damaged one, is refused in words and changes nothing', async ({ editor }) => {
  const plan = await editor('vasteras');
  await merge(plan, 'bild.png', Buffer.from('inte en plan'));
  await expect(plan.notices.locator('.bad')).toHaveCount(1);
  const { name, content } = await handOver(plan);
  const damaged = Buffer.from(content);
  damaged.fill(0xff, damaged.length - 40, damaged.length - 20);
  await merge(plan, name, damaged);
  await expect(plan.notices.locator('.bad')).not.toHaveCount(0);
  await expect(plan.sumOfItems).toHaveText('625 000');
  await plan.write(1, 'Kostnad', '1');
  await plan.saved();
});
