// Signing in: what goes wrong is said in words, and tells nobody whether an account exists.
import { Relay, accounts, expect, fillSignIn, password, signInByHand, test } from '../support';

const wrong = 'E-postadressen eller lösenordet stämmer inte. Kontrollera båda och försök igen.';

test('a wrong password and an unknown account are answered alike @both', async ({ page }) => {
  await signInByHand(page, 'vasteras', 'fel-losenord');
  await expect(page.getByText(wrong)).toBeVisible();
  await expect(page).toHaveTitle('Fel: Logga in – Samplan');
  await expect(page.getByLabel('E-postadress')).toHaveValue(accounts.vasteras);
  await expect(page.getByLabel('E-postadress')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Lösenord')).toHaveAccessibleDescription(wrong);
  await page.getByLabel('E-postadress').fill('ingen@annanstans.example');
  await page.getByLabel('Lösenord').fill(password);
  await page.getByRole('button', { name: 'Logga in' }).click();
  await expect(page.getByText(wrong)).toBeVisible();
});

test('after signing in one is where one was going, and only on this site @both', async ({ page }) => {
  await page.goto('/lan/2021');
  await fillSignIn(page, 'norra');
  await expect(page).toHaveURL(/\/lan\/2021$/);
  await page.goto('/logga-in');
  await expect(page).toHaveURL(/\/$/);
});

test('an address of another site is not followed @both', async ({ page }) => {
  await page.goto('/logga-in?next=//ond.example/');
  await fillSignIn(page, 'norra');
  await expect(page.getByRole('heading', { name: 'Dina planer' })).toBeVisible();
});

test('after too many attempts one is told how long to wait @both', async ({ page }) => {
  const strict = await Relay.start({ SAMPLAN_LIMIT_LOGINS: '2' });
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await page.goto(`${strict.url}/logga-in`);
      await fillSignIn(page, 'vasteras', 'fel');
    }
    await expect(page.getByText(/^För många försök att logga in\. Vänta \d+ minuter? och försök sedan igen\.$/)).toBeVisible();
    await fillSignIn(page, 'vasteras');
    await expect(page.getByText(/För många försök/)).toBeVisible();
  } finally {
    await strict.stop();
  }
});
