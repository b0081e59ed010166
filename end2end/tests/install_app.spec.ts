// Samplan can be installed as an app.
import { expect, signIn, test } from '../support';

test('the manifest says what the app is, and its icons are there', async ({ page, context, relay }) => {
  await signIn(context, relay.url, 'vasteras');
  await page.goto('/');
  const address = await page.locator('link[rel=manifest]').getAttribute('href');
  const answer = await page.request.get(address!);
  expect(answer.headers()['content-type']).toContain('application/manifest+json');
  const manifest = await answer.json();
  expect(manifest).toMatchObject({ name: expect.any(String), lang: 'sv', display: 'standalone', start_url: '/' });
  const sizes = new Set<string>();
  for (const icon of manifest.icons) {
    const image = await page.request.get(icon.src);
    expect(image.ok(), icon.src).toBe(true);
    expect(image.headers()['content-type']).toContain(icon.type);
    sizes.add(icon.sizes);
    if (icon.type !== 'image/png') continue;
    const real = await page.evaluate(async (src) => {
      const picture = await createImageBitmap(await (await fetch(src)).blob());
      return `${picture.width}x${picture.height}`;
    }, icon.src);
    expect(real).toBe(icon.sizes);
  }
  expect([...sizes]).toEqual(expect.arrayContaining(['192x192', '512x512']));
  expect(manifest.icons.some(({ purpose }: { purpose?: string }) => purpose?.includes('maskable'))).toBe(true);
});

test('Chromium finds nothing that stands in the way of installing', async ({ page, context, relay }) => {
  await signIn(context, relay.url, 'vasteras');
  await page.goto('/');
  await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated');
  const session = await context.newCDPSession(page);
  const { errors } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A page in a test's own context counts as one in private browsing.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});
