import { api } from "./api.js";
import { find, h } from "./dom.js";
import { attempt } from "./notice.js";
import { setLanguage, t } from "./words.js";

// `https://oauth.telegram.org/auth?bot_id=…&origin=…&return_to=…`, played here.

const root = document.documentElement;
root.lang = localStorage.getItem("language") ?? root.lang;
setLanguage(root.lang);

const asked = new URLSearchParams(location.search);
const bot = asked.get("bot_id") ?? "";
const origin = asked.get("origin") ?? "";

async function letIn(person) {
  const answer = await attempt(() =>
    api.widget(person.id, { bot, origin, return_to: asked.get("return_to") ?? "" }),
  );
  if (answer) {
    location.replace(answer.url);
  }
}

const people = await api.people();
find("bar").replaceChildren(
  h("strong", { class: "bar-name" }, t("sandbox")),
  h("p", { class: "bar-words" }, t("sentence")),
);
find("auth").replaceChildren(
  h("h1", {}, t("authTitle", origin)),
  h("p", {}, t("authWhat")),
  ...people.map((person) =>
    h(
      "button",
      { type: "button", class: "button", onclick: () => letIn(person) },
      t("authAs", [person.first_name, person.last_name].filter(Boolean).join(" ")),
    ),
  ),
);
document.body.dataset.ready = "true";
