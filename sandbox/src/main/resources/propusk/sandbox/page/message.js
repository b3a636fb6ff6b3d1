import { api } from "./api.js";
import { h, icon } from "./dom.js";
import { followLink } from "./links.js";
import { attempt, copy } from "./notice.js";
import { openSheet } from "./sheet.js";
import { currentBot, state } from "./state.js";
import { t } from "./words.js";

export function time(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("ru", { hour: "2-digit", minute: "2-digit" });
}

/** A message of either side, with its inline buttons under it. */
export function drawMessage(message) {
  const own = message.from === "user";
  return h(
    "li",
    { class: own ? "message own" : "message", "data-id": message.message_id },
    h(
      "div",
      { class: "paper" },
      message.contact ? contact(message.contact) : h("div", { class: "text" }, rich(message)),
      h(
        "span",
        { class: "stamp" },
        message.edit_date ? `${t("edited")} ` : "",
        h("time", {}, time(message.date)),
      ),
    ),
    message.inline && message.buttons.length ? keyboard(message) : null,
  );
}

function contact(card) {
  return h(
    "div",
    { class: "contact" },
    h("span", { class: "face", "aria-hidden": "true" }, icon("contact", 22)),
    h(
      "span",
      {},
      h("strong", {}, [card.first_name, card.last_name].filter(Boolean).join(" ")),
      h("br"),
      `+${card.phone_number.replace(/^\+/, "")}`,
    ),
  );
}

/** The rows of a keyboard, each button with its number over all rows. */
export function keyboard(message) {
  let number = 0;
  return h(
    "div",
    { class: "keyboard" },
    message.buttons.map((row) =>
      h(
        "div",
        { class: "keyboard-row" },
        row.map((button) => keyboardButton(message, button, number++)),
      ),
    ),
  );
}

function keyboardButton(message, button, number) {
  const kind = button.web_app ? "opens-app" : button.url ? "opens-link" : "";
  return h(
    "button",
    { type: "button", class: `button key ${kind}`, onclick: (event) => tap(event, message, number) },
    button.text,
    button.url ? icon("open", 16) : null,
  );
}

async function tap(event, message, number) {
  const button = event.currentTarget;
  button.setAttribute("aria-busy", "true");
  const chat = currentBot();
  const answer = await attempt(() => api.tap(state.person, state.bot, message.message_id, number));
  button.removeAttribute("aria-busy");
  if (answer?.web_app) {
    openSheet(answer.url, chat);
  } else if (answer?.url) {
    await followLink(answer.url);
  }
}

/** Text with its entities as elements: foreign text never becomes markup. */
function rich(message) {
  const { text, entities } = message;
  const cuts = new Set([0, text.length]);
  for (const entity of entities) {
    cuts.add(entity.offset);
    cuts.add(entity.offset + entity.length);
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, index) => {
    const to = places[index + 1];
    const over = entities.filter((e) => e.offset <= from && e.offset + e.length >= to);
    return over.reduceRight((inside, e) => wrap(e, inside, text), text.slice(from, to));
  });
}

const plainTags = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  blockquote: "blockquote",
};

function wrap(entity, inside, text) {
  const whole = text.slice(entity.offset, entity.offset + entity.length);
  switch (entity.type) {
    case "code":
    case "pre":
      return h(
        "button",
        { type: "button", class: "code", onclick: (event) => copy(whole, event.currentTarget) },
        h("code", {}, inside),
      );
    case "bot_command":
      return h(
        "button",
        {
          type: "button",
          class: "linklike",
          onclick: () => attempt(() => api.say(state.person, state.bot, whole)),
        },
        inside,
      );
    case "url":
    case "text_link": {
      const url = entity.url ?? whole;
      return h("button", { type: "button", class: "linklike", title: url, onclick: () => followLink(url) }, inside);
    }
    case "spoiler":
      return h("span", { class: "spoiler", tabindex: "0" }, inside);
    default:
      return h(plainTags[entity.type] ?? "span", {}, inside);
  }
}
