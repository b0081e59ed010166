
// Only in builds of `make dev`: when there is a new build and the server answers, the page is loaded anew.
{
  let mine = null;
  setInterval(async () => {
    try {
      const { build } = await (await fetch('/pkg/dev.json', { cache: 'no-store' })).json();
      mine ??= build;
      if (build !== mine && (await fetch('/halsa', { cache: 'no-store' })).ok) location.reload();
    } catch {
      // The server is being restarted.
    }
  }, 500);
}
