// The first paint is the server's, with the real content, and the app taking over changes nothing in it.
import { Plan, expect, fillSignIn, planPath, signInByHand, test, words } from '../support';

/** What stands on the page, or in `html`, without what only a live page has: where changes are, and who is here. */
function content(html?: string): string {
  const whole = html === undefined ? document : new DOMParser().parseFromString(html, 'text/html');
  const main = whole.querySelector('main')!.cloneNode(true) as HTMLElement;
  for (const live of main.querySelectorAll('[data-testid=status], [data-testid=people]')) {
    live.replaceChildren();
    live.removeAttribute('class');
  }
  const comments = document.createTreeWalker(main, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.parentNode!.removeChild(comment);
  main.normalize();
  return main.innerHTML.replace(/\s+/g, ' ').replaceAll('><', '>\n<');
}

test('the whole plan can be read without JavaScript @no-js', async ({ page }) => {
  await page.goto(planPath);
  await fillSignIn(page, 'norra');
  await expect(page).toHaveURL(/\/lan\/2021$/);
  const plan = new Plan(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/2021/);
  await expect(plan.column('Kostnad')).toHaveText(['125 000', '200 000', '100 000', '200 000']);
  await expect(plan.column('Bidrag', 'contributions')).toHaveText(['125 000', '250 000', '250 000']);
  await expect(plan.column('Andel', 'contributions')).toHaveText(['20,0 %', '40,0 %', '40,0 %']);
  await expect(plan.sumOfItems).toHaveText('625 000');
  await expect(plan.sumOfContributions).toHaveText('625 000');
  await expect(page.getByText('Bidragen täcker posterna precis.')).toBeVisible();
  await expect(page.getByText('I underlaget står summan av bidragen till 750 000 kr, men raderna blir 625 000 kr.')).toBeVisible();
  await expect(plan.row(1, 'oneYear')).toContainText('1 års sikt');
  await expect(plan.row(1, 'threeYears')).toContainText('3 års sikt');
  await expect(page.getByText('För att ändra i den behöver JavaScript vara på')).toBeVisible();
  await expect(plan.button('Lägg till rad')).toBeHidden();
  await expect(page.getByRole('group', { name: 'Verktyg för planen' })).toBeHidden();
});

test('one signs in, finds the plan and signs out @both', async ({ page }) => {
  await page.goto('/');
  await signInByHand(page, 'norra');
  await page.getByRole('link', { name: /2021/ }).click();
  await expect(new Plan(page).cell(1, 'Kostnad')).toHaveText('125 000');
  await page.getByRole('button', { name: 'Logga ut' }).click();
  await expect(page).toHaveURL(/\/logga-in/);
  await page.goto(planPath);
  await expect(page.getByLabel('Lösenord')).toBeVisible();
});

test('taking over changes nothing on the screen and complains of nothing', async ({ person, complaints }) => {
  const page = await person('vasteras');
  await page.addInitScript(() => {
    const seen = window as never as { shift: number };
    seen.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as never as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const path of ['/', '/tillganglighet', '/lan/1850', planPath]) {
    await page.goto(path);
    if (path === planPath) await expect(page.getByTestId('status')).toHaveText(words.saved);
    else await page.waitForLoadState('networkidle');
    const sent = await page.request.get(path).then((answer) => answer.text());
    expect(await page.evaluate(content), path).toBe(await page.evaluate(content, sent));
    expect(await page.evaluate(() => (window as never as { shift: number }).shift), `${path} moves`).toBeLessThan(0.01);
  }
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
});

test('amounts in thousands are right from the first paint @both', async ({ person, javaScriptEnabled }) => {
  const page = await person('vasteras');
  const { origin } = new URL(await page.goto('/').then(() => page.url()));
  await page.context().addCookies([{ name: 'samplan_enhet', value: 'tkr', url: origin }]);
  await page.goto(planPath);
  const plan = new Plan(page);
  await expect(plan.cell(1, 'Kostnad')).toHaveText('125');
  await expect(plan.sumOfItems).toHaveText('625');
  if (javaScriptEnabled !== false) await plan.saved();
  await expect(plan.cell(1, 'Kostnad')).toHaveText('125');
});
