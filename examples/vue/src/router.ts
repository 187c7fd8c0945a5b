import { createRouter, createWebHistory } from "vue-router";
import Account from "./pages/Account.vue";
import Home from "./pages/Home.vue";
import Lamp from "./pages/Lamp.vue";

/** A route's name is the name of its page: it holds no product and no person. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: "/", name: "home", component: Home, meta: { title: "Lamps" } },
    { path: "/lamps/:lamp", name: "lamp", component: Lamp, props: true, meta: { title: "Lamp" } },
    { path: "/account", name: "account", component: Account, meta: { title: "Account" } },
  ],
});

// Registered before the plugin, so that a page view has its own page's title.
router.afterEach((to) => {
  document.title = String(to.meta["title"]);
});
