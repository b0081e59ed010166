// In the browser: filled in when the page is there.
export async function measureBrowser() {
  return undefined;
}
