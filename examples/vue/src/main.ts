import { createApp } from "vue";
import App from "./App.vue";
import { createBalise } from "./balise.js";
import { router } from "./router.js";
import { tag } from "./tag.js";

createApp(App).use(createBalise(tag, router)).use(router).mount("#root");
