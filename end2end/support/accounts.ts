// The demo accounts, and signing in as one of them.
import { type BrowserContext, type Page, expect } from '@playwright/test';
import { password } from './relay';

export const accounts = {
  vasteras: 'redaktor@vasteras.example',
  handler: 'handlaggare@vasteras.example',
  norra: 'redaktor@norra.example',
  malardalen: 'redaktor@malardalen.example',
  reader: 'lasare@vasteras.example',
  outsider: 'redaktor@annat.example',
} as const;

export type Account = keyof typeof accounts;

/** Gives a browser context the session of an account, without showing a page. */
export async function signIn(context: BrowserContext, url: string, account: Account): Promise<void> {
  const answer = await context.request.post(`${url}/logga-in`, {
    form: { email: accounts[account], password },
    headers: { origin: url },
    maxRedirects: 0,
  });
  expect([302, 303], `signing in as ${accounts[account]} answers ${answer.status()}`).toContain(answer.status());
}

/** Signs in as a person does, through the form. */
export async function signInByHand(page: Page, account: Account, secret = password): Promise<void> {
  await page.goto('/logga-in');
  await fillSignIn(page, account, secret);
}

/** Fills in the form that is shown, and sends it. */
export async function fillSignIn(page: Page, account: Account, secret = password): Promise<void> {
  await page.getByLabel('E-postadress').fill(accounts[account]);
  await page.getByLabel('Lösenord').fill(secret);
  await page.getByRole('button', { name: 'Logga in' }).click();
}
