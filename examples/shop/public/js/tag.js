/*
 * The Balise tag: first the stub, which keeps the calls made before the tag has loaded, then the
 * script itself. `/config.js` says which site and which collector.
 */
(() => {
  const queue = [];
  const stub = { q: queue };
  for (const name of ["track", "page", "identify", "group", "reset", "flush", "consent"]) {
    stub[name] = (...args) => {
      queue.push([Date.now(), name, args]);
      return Promise.resolve();
    };
  }
  window.balise = stub;

  const { key, host } = window.SHOP;
  const address = `${host}/v1/balise.js`;
  const script = document.createElement("script");
  script.src = window.trustedTypes
    ? window.trustedTypes
        .createPolicy("shop", { createScriptURL: (url) => url })
        .createScriptURL(address)
    : address;
  script.async = true;
  script.dataset.key = key;
  script.dataset.traits = "customer";
  script.dataset.host = host;
  script.dataset.app = "shop/1.0";
  script.dataset.area = document.documentElement.dataset.area ?? "public";
  document.head.append(script);
})();
