import { find, h, icon } from "./dom.js";
import { writeInComposer } from "./composer.js";
import { chooseBot, choosePerson, on, personOf, state } from "./state.js";
import { time } from "./message.js";
import { t } from "./words.js";

/** The window's head (whose computer) and the list of chats with ready invites under it. */
export function startChats() {
  on("people", drawHead);
  on("people chats invites", drawChats);
  drawHead();
  drawChats();
}

function drawHead() {
  find("window-head").replaceChildren(
    h("span", { class: "lamp", "aria-hidden": "true" }),
    h("h1", {}, t("windowTitle")),
    h(
      "div",
      { class: "people", role: "group", "aria-label": t("computerOf") },
      h("span", { class: "people-label" }, t("computerOf")),
      state.people.map((person) =>
        h(
          "button",
          {
            type: "button",
            class: "chip",
            "aria-pressed": String(person.id === state.person),
            onclick: () => choosePerson(person.id),
          },
          person.first_name,
        ),
      ),
    ),
  );
}

function drawChats() {
  const nav = find("chats");
  nav.setAttribute("aria-label", t("chats"));
  nav.replaceChildren(
    h("ul", { class: "chat-list" }, state.chats.map((chat) => h("li", {}, entry(chat)))),
    state.invites.length ? invites() : "",
  );
}

function entry(chat) {
  const last = chat.last;
  const words = last
    ? last.contact
      ? t("contact")
      : last.text.split("\n")[0]
    : `${t("bot")} · ${t("empty")}`;
  return h(
    "button",
    {
      type: "button",
      class: "chat-entry",
      "aria-current": chat.bot === state.bot ? "true" : null,
      onclick: () => chooseBot(chat.bot),
    },
    h("span", { class: "face", "aria-hidden": "true" }, [...chat.name][0]),
    h(
      "span",
      { class: "chat-words" },
      h("span", { class: "chat-name" }, chat.name),
      h("span", { class: "chat-last" }, words),
    ),
    chat.unread
      ? h("span", { class: "unread" }, `${chat.unread}`)
      : last && h("time", { class: "chat-time" }, time(last.date)),
  );
}

function invites() {
  return h(
    "div",
    { class: "invites" },
    h("h2", {}, t("invites")),
    h(
      "ul",
      {},
      state.invites.map((code) =>
        h(
          "li",
          {},
          h(
            "button",
            {
              type: "button",
              class: "invite",
              title: t("inviteWhat", code),
              onclick: () => writeInComposer(`/login ${code}`),
            },
            h("code", {}, code),
            icon("up", 16),
          ),
        ),
      ),
    ),
  );
}

export const ownName = () => personOf(state.person)?.first_name ?? "";
