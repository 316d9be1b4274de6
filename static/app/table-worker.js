// The service worker: when the table's page cannot be had, the shell is shown instead. It answers only for that page
// and for the files that the shell needs; the interface, and every other page, never pass through here.
// /sw.js sets `kept` before this: version, page, shell, files.
(() => {
  const { version, page, shell, files } = self.kept;
  const NAME = `rnik-table-${version}`;
  const PATIENCE = 4_000;

  // All or nothing, and written nowhere else: a shell is always whole, and of one version with its files.
  const fetchAll = async () => {
    const cache = await caches.open(NAME);
    await cache.addAll([shell, ...files].map((address) => new Request(address, { cache: "reload" })));
  };

  const forgetOthers = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("rnik-table-") && name !== NAME);
    await Promise.all(names.map((name) => caches.delete(name)));
  };

  const fromCache = async (address) => (await caches.open(NAME)).match(address, { ignoreVary: true });

  const patience = () => new Promise((resolve) => setTimeout(resolve, PATIENCE, null));

  // A redirection is an answer: it leads to the log-in.
  const openPage = async (request) => {
    const fetched = fetch(request);
    const answer = await Promise.race([fetched.catch(() => null), patience()]);
    if (answer && answer.status < 500) return answer;
    return (await fromCache(shell)) ?? answer ?? fetched;
  };

  const openFile = async (request) => (await fromCache(request.url)) ?? fetch(request);

  self.addEventListener("install", (event) => {
    self.skipWaiting();
    event.waitUntil(fetchAll());
  });
  self.addEventListener("activate", (event) => {
    event.waitUntil(forgetOthers().then(() => self.clients.claim()));
  });
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin) return;
    if (request.mode === "navigate" && pathname === page) event.respondWith(openPage(request));
    else if (files.includes(pathname)) event.respondWith(openFile(request));
  });
})();
