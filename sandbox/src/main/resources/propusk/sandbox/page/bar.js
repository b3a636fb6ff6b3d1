import { api } from "./api.js";
import { find, h, icon } from "./dom.js";
import { openFaults, broken } from "./faults.js";
import { attempt } from "./notice.js";
import { on, state, worldNow } from "./state.js";
import { t } from "./words.js";

let speak = () => {};

/** The black bar on top: what this is, the time, and how to spoil things. */
export function startBar(changeLanguage) {
  speak = changeLanguage;
  drawBar();
  on("clock faults online", drawBar);
  setInterval(tick, 250);
}

export function drawBar() {
  const language = document.documentElement.lang;
  const count = broken(state.faults);
  find("bar").replaceChildren(
    h("strong", { class: "bar-name" }, t("sandbox")),
    h("p", { class: "bar-words" }, state.online ? t("sentence") : t("lost")),
    h(
      "span",
      { class: "bar-box bar-clock", title: clockTitle(), role: "timer", "aria-label": t("clock") },
      icon("clock", 18),
      h("span", { id: "bar-time" }, time()),
    ),
    button("skip", null, t("skip"), () => attempt(() => api.skip(30)), t("skipWhat")),
    button("break", "bolt", t("breakIt"), openFaults, null, count),
    button("reset", "again", t("startOver"), askReset),
    button(
      "language",
      null,
      t("otherLanguage"),
      () => speak(language === "ru" ? "en" : "ru"),
      t("otherLanguageWhat"),
    ),
  );
}

function button(name, iconName, text, act, title, count) {
  return h(
    "button",
    {
      class: `bar-box bar-${name}`,
      type: "button",
      onclick: act,
      title: title ?? text,
      "aria-label": title ?? text,
    },
    iconName && icon(iconName, 18),
    h("span", { class: "bar-label" }, text),
    count ? h("span", { class: "bar-count" }, `${count}`) : null,
  );
}

function clockTitle() {
  if (!state.skipped) {
    return t("clock");
  }
  const minutes = Math.floor(state.skipped / 60);
  const seconds = String(state.skipped % 60).padStart(2, "0");
  return `${t("clock")}. ${t("ahead", `${minutes}:${seconds}`)}`;
}

function time() {
  return new Date(worldNow()).toLocaleTimeString("ru", { hour12: false });
}

function tick() {
  const now = time();
  const element = find("bar-time");
  if (element.textContent !== now) {
    element.textContent = now;
  }
}

function askReset() {
  const dialog = h(
    "dialog",
    { class: "dialog", "aria-labelledby": "reset-title", onclose: () => dialog.remove() },
    h("h2", { id: "reset-title" }, t("resetTitle")),
    h("p", {}, t("resetWhat")),
    h(
      "div",
      { class: "row-buttons" },
      h("button", { type: "button", class: "button", onclick: () => dialog.close() }, t("no")),
      h(
        "button",
        {
          type: "button",
          class: "button bad",
          onclick: () => {
            dialog.close();
            attempt(api.reset);
          },
        },
        t("resetYes"),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}
