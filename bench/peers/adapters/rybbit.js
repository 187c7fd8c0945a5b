import rybbit from "@rybbit/js";

export function start(url, key) {
  void rybbit.init({ analyticsHost: `${url}/api`, siteId: key });
}

export function track(name, properties) {
  rybbit.event(name, properties);
}
