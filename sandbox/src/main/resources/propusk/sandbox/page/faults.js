import { api } from "./api.js";
import { h } from "./dom.js";
import { attempt } from "./notice.js";
import { state } from "./state.js";
import { t } from "./words.js";

/** The faults the page offers; scripts can set many more. */
const switches = {
  flood: { method: "auth.exportLoginToken", code: 420, text: "FLOOD_WAIT_60" },
  codeFlood: { method: "auth.sendCode", code: 420, text: "FLOOD_WAIT_60" },
  apiRefused: { method: "auth.exportLoginToken", code: 400, text: "API_ID_INVALID" },
  botSlow: { method: "sendMessage", delay_millis: 3000 },
  botFails: { method: "sendMessage", code: 502, times: 3 },
  botWait: { method: "sendMessage", code: 429, retry_after: 5, times: 1 },
  webhookFails: { method: "webhook", code: 502 },
  webhookLost: { method: "webhook", drop: true, times: 3 },
};

const lives = [5, 10, 30, 60];

const sameFault = (a, b) =>
  a.method === b.method && a.code === b.code && a.delay_millis === b.delay_millis;

const has = (plan, fault) => (plan.methods ?? []).some((set) => sameFault(set, fault));

/** How many things are out of order. */
export function broken(plan) {
  return (
    (plan.methods ?? []).length +
    Number(Boolean(plan.offline)) +
    Number(plan.login_token_seconds !== undefined && plan.login_token_seconds !== 30) +
    Number(plan.bot_api_limits === false) +
    Number(Boolean(plan.webhook_duplicate_percent)) +
    Number(Boolean(plan.webhook_shuffle))
  );
}

export function openFaults() {
  const dialog = h("dialog", {
    class: "dialog faults",
    "aria-labelledby": "faults-title",
    onclose: () => dialog.remove(),
  });
  draw(dialog);
  document.body.append(dialog);
  dialog.showModal();
}

async function change(dialog, act) {
  const plan = await attempt(() => act(state.faults));
  if (plan) {
    state.faults = plan;
  }
  draw(dialog);
}

const set = (dialog, changes) =>
  change(dialog, (plan) => api.setFaults({ ...plan, ...changes }));

function setMethod(dialog, fault, wanted) {
  const others = (state.faults.methods ?? []).filter((each) => !sameFault(each, fault));
  return set(dialog, { methods: wanted ? [...others, fault] : others });
}

function draw(dialog) {
  const plan = state.faults;
  const life = plan.login_token_seconds ?? 30;
  dialog.replaceChildren(
    h("h2", { id: "faults-title" }, t("faultsTitle")),
    h("p", { class: "grey" }, t("faultsWhat")),
    h(
      "div",
      { class: "lives", role: "group", "aria-label": t("tokenLife") },
      h("span", {}, t("tokenLife")),
      lives.map((seconds) =>
        h(
          "button",
          {
            type: "button",
            class: "chip",
            "aria-pressed": String(life === seconds),
            title: seconds === 30 ? t("usual") : null,
            onclick: () => set(dialog, { login_token_seconds: seconds }),
          },
          t("secondsLeft", seconds),
        ),
      ),
    ),
    toggle("offline", Boolean(plan.offline), (on) => set(dialog, { offline: on })),
    ...Object.entries(switches).map(([name, fault]) =>
      toggle(name, has(plan, fault), (on) => setMethod(dialog, fault, on)),
    ),
    toggle("noLimits", plan.bot_api_limits === false, (on) =>
      set(dialog, { bot_api_limits: !on }),
    ),
    toggle("webhookTwice", Boolean(plan.webhook_duplicate_percent), (on) =>
      set(dialog, { webhook_duplicate_percent: on ? 30 : 0 }),
    ),
    toggle("webhookShuffle", Boolean(plan.webhook_shuffle), (on) =>
      set(dialog, { webhook_shuffle: on }),
    ),
    h("p", { class: "grey" }, t("webhookWhat")),
    h(
      "div",
      { class: "row-buttons" },
      meddling("steal", t("webhookSteal")),
      meddling("erase_secret", t("webhookErase")),
    ),
    h(
      "div",
      { class: "row-buttons" },
      h(
        "button",
        { type: "button", class: "button", onclick: () => attempt(api.drop) },
        t("dropNow"),
      ),
      h(
        "button",
        { type: "button", class: "button", onclick: () => change(dialog, api.repair) },
        t("repair"),
      ),
      h(
        "button",
        { type: "button", class: "button strong", onclick: () => dialog.close() },
        t("done"),
      ),
    ),
  );
}

/** What somebody else does who has the token of the bot that is shown. */
const meddling = (act, words) =>
  h(
    "button",
    {
      type: "button",
      class: "button",
      onclick: () => attempt(() => api.meddle(state.info.bots[0].id, act)),
    },
    words,
  );

function toggle(name, on, act) {
  return h(
    "label",
    { class: "toggle" },
    h("input", {
      type: "checkbox",
      checked: on,
      onchange: (event) => act(event.currentTarget.checked),
    }),
    h("span", { class: "toggle-box", "aria-hidden": "true" }),
    h("span", {}, h("strong", {}, t(name)), h("br"), h("span", { class: "grey" }, t(`${name}What`))),
  );
}
