import { find, h, icon } from "./dom.js";
import { block, drawComposer, makeComposer, say } from "./composer.js";
import { drawMessage } from "./message.js";
import { currentBot, on, state } from "./state.js";
import { t } from "./words.js";

let drawnFor = "";

/** The chat in the middle: its head, the messages, the composer. */
export function startChat() {
  find("chat").replaceChildren(
    h("header", { id: "chat-head", class: "chat-head" }),
    h(
      "div",
      { id: "scroll", class: "scroll" },
      h("ol", { id: "messages", class: "messages", role: "log", "aria-live": "polite" }),
    ),
    makeComposer(),
  );
  on("chats messages", draw);
  on("invites", draw);
  stayAtEnd();
  draw();
}

/** Whoever reads the end goes on reading the end when the room or the messages change. */
function stayAtEnd() {
  const scroll = find("scroll");
  let atEnd = true;
  let last = 0;
  scroll.addEventListener("scroll", () => {
    const near = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
    atEnd = near || (atEnd && scroll.scrollTop >= last);
    last = scroll.scrollTop;
  });
  const observer = new ResizeObserver(() => {
    if (atEnd) {
      scroll.scrollTop = scroll.scrollHeight;
    }
  });
  observer.observe(scroll);
  observer.observe(find("messages"));
}

function draw() {
  drawHead();
  drawMessages();
  drawComposer();
}

function drawHead() {
  const chat = currentBot();
  if (!chat) {
    find("chat-head").replaceChildren();
    return;
  }
  find("chat-head").replaceChildren(
    h("strong", {}, chat.name),
    h("span", { class: "grey" }, `@${chat.username}`),
    chat.started && !chat.blocked && !chat.service
      ? h(
          "button",
          {
            type: "button",
            class: "quiet",
            title: t("block"),
            "aria-label": t("block"),
            onclick: () => block(true),
          },
          icon("block", 18),
        )
      : "",
  );
}

/** Keeps elements of unchanged messages, so that focus and selection survive. */
function drawMessages() {
  const list = find("messages");
  const key = `${state.person}/${state.bot}/${document.documentElement.lang}`;
  const fresh = key !== drawnFor;
  const old = new Map(fresh ? [] : [...list.children].map((item) => [item.dataset.key, item]));
  drawnFor = key;
  if (!state.messages.length) {
    list.replaceChildren(emptyChat());
    return;
  }
  const items = state.messages.map((message) => {
    const itemKey = JSON.stringify(message);
    const item = old.get(itemKey) ?? drawMessage(message);
    item.dataset.key = itemKey;
    return item;
  });
  if (items.length !== list.children.length || items.some((item, i) => list.children[i] !== item)) {
    list.replaceChildren(...items);
  }
  if (fresh) {
    find("scroll").scrollTop = find("scroll").scrollHeight;
  }
}

function emptyChat() {
  return h(
    "li",
    { class: "empty" },
    h("strong", {}, t("noChat")),
    h("p", {}, t("noChatWhat")),
    state.invites[0]
      ? h(
          "button",
          { type: "button", class: "button strong", onclick: () => say(`/login ${state.invites[0]}`) },
          t("beginInvited", `/login ${state.invites[0]}`),
        )
      : null,
    h("button", { type: "button", class: "button", onclick: () => say("/start") }, t("begin")),
  );
}
