import { api } from "./api.js";
import { find, h, icon } from "./dom.js";
import { keyboard } from "./message.js";
import { attempt } from "./notice.js";
import { openSheet } from "./sheet.js";
import { currentBot, loadChats, state } from "./state.js";
import { t } from "./words.js";

/** The input field and what stands above it: commands, a reply keyboard, or that the bot is blocked. */
export function makeComposer() {
  const field = h("textarea", {
    id: "composer-text",
    rows: "1",
    maxlength: "4096",
    oninput: (event) => fit(event.currentTarget),
    onkeydown: (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        send();
      }
    },
  });
  return h(
    "div",
    { id: "composer", class: "composer" },
    h("div", { id: "composer-top" }),
    h(
      "form",
      {
        class: "composer-row",
        onsubmit: (event) => {
          event.preventDefault();
          send();
        },
      },
      h("span", { id: "composer-menu" }),
      field,
      h("button", { type: "submit", class: "send" }, icon("up", 22)),
    ),
  );
}

/** Draws what depends on the chat, leaving what the person is typing alone. */
export function drawComposer() {
  const chat = currentBot();
  const field = find("composer-text");
  field.placeholder = t("composer");
  field.setAttribute("aria-label", t("composer"));
  document.querySelector(".send").setAttribute("aria-label", t("send"));
  find("composer").classList.toggle("is-blocked", Boolean(chat?.blocked || chat?.service));
  find("composer-top").replaceChildren(above(chat));
  const menu = chat?.menu_button;
  find("composer-menu").replaceChildren(
    menu?.web_app
      ? h("button", { type: "button", class: "button menu", onclick: openMenu }, menu.text)
      : "",
  );
}

function above(chat) {
  if (!chat) {
    return "";
  }
  if (chat.service) {
    return h("div", { class: "blocked" }, h("p", {}, t("serviceWhat")));
  }
  if (chat.blocked) {
    return h(
      "div",
      { class: "blocked" },
      h("p", {}, t("blocked")),
      h(
        "button",
        { type: "button", class: "button", onclick: () => block(false) },
        t("unblock"),
      ),
    );
  }
  const shown = state.messages.find((m) => m.message_id === chat.keyboard_message_id);
  if (shown) {
    return h("div", { class: "reply-keyboard" }, keyboard(shown), foreignContacts(shown));
  }
  return h(
    "ul",
    { class: "commands", "aria-label": t("commands") },
    state.invites.map((code) =>
      h(
        "li",
        { class: "only-narrow" },
        h(
          "button",
          {
            type: "button",
            class: "command invited",
            title: t("inviteWhat", code),
            onclick: () => writeInComposer(`/login ${code}`),
          },
          `/login ${code}`,
        ),
      ),
    ),
    chat.commands.map(({ command, description }) =>
      h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            class: "command",
            title: description,
            onclick: () =>
              command === "login" && state.invites.length
                ? writeInComposer(`/${command} `)
                : say(`/${command}`),
          },
          `/${command}`,
        ),
      ),
    ),
  );
}

/** What people should not send in place of their own contact, to see what the bot says to it. */
function foreignContacts(shown) {
  const other = state.people.find((each) => each.id !== state.person);
  if (!other || !shown.buttons.flat().some((button) => button.request_contact)) {
    return "";
  }
  const card = { user_id: other.id, phone_number: other.phone, first_name: other.first_name };
  const choice = (word, contact) =>
    h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: "command",
          onclick: () => attempt(() => api.share(state.person, state.bot, contact)),
        },
        t(word, other.first_name),
      ),
    );
  return h(
    "ul",
    { class: "commands", "aria-label": t("otherContacts") },
    choice("shareOther", card),
    choice("forwardOther", { ...card, forwarded_from: other.id }),
  );
}

export function block(blocked) {
  return attempt(async () => {
    await api.block(state.person, state.bot, blocked);
    await loadChats();
  });
}

async function openMenu() {
  const chat = currentBot();
  const answer = await attempt(() => api.menu(state.person, state.bot));
  if (answer) {
    openSheet(answer.url, chat);
  }
}

export function writeInComposer(text) {
  const field = find("composer-text");
  field.value = text;
  fit(field);
  field.focus();
}

async function send() {
  const field = find("composer-text");
  const text = field.value.trim();
  if (!text) {
    field.focus();
    return;
  }
  field.value = "";
  fit(field);
  if (!(await say(text))) {
    field.value = text;
  }
}

export function say(text) {
  return attempt(() => api.say(state.person, state.bot, text));
}

function fit(field) {
  field.style.setProperty("height", "auto");
  field.style.setProperty("height", `${Math.min(field.scrollHeight + 4, 140)}px`);
}
