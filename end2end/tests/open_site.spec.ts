// The first thing that must work: somebody comes, is asked to sign in, and reads the plan.
import { accounts, expect, expectAccessible, signIn, signInByHand, test } from '../support';

test('a visitor is asked to sign in and then reads the county plan @both', async ({ page }) => {
  await page.goto('/lan/2021');
  await expect(page.locator('input[name=email]')).toBeVisible();
  await signInByHand(page, 'vasteras');
  await page.goto('/lan/2021');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('2021');
  await expect(page.getByRole('table').or(page.getByRole('grid')).first()).toBeVisible();
});

test('the page starts in the browser without a complaint', async ({ page, context, relay, complaints }) => {
  await signIn(context, relay.url, 'vasteras');
  await page.goto('/lan/2021');
  await page.waitForLoadState('networkidle');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('the answer tells neither an address nor a server', async ({ request, relay }) => {
  const answer = await request.get(`${relay.url}/logga-in`);
  expect(answer.ok()).toBe(true);
  const policy = answer.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("object-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("'unsafe-eval'");
  expect(answer.headers().server).toBeUndefined();
});

test('a wrong password is answered without saying whether the account exists', async ({ page }) => {
  await signInByHand(page, 'vasteras', 'fel-losenord');
  await expect(page.locator('input[name=email]')).toHaveValue(accounts.vasteras);
  await expectAccessible(page);
});
