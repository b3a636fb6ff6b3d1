import { find, h, icon } from "./dom.js";
import { followLink } from "./links.js";
import { showPane } from "./panes.js";
import { emit, on, state } from "./state.js";
import { t } from "./words.js";

/**
 * The Mini App in a frame, as Telegram Web opens it: the page inside posts JSON strings
 * `{eventType, eventData}` to its parent and gets events back the same way.
 *
 * https://core.telegram.org/api/bots/webapps and /api/web-events
 */
let opened = null;

export function openSheet(url, chat) {
  const frame = h("iframe", {
    class: "frame",
    title: `${t("miniApp")} @${chat.username}`,
    src: url,
    sandbox:
      "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox",
    allow: "clipboard-write",
    referrerpolicy: "no-referrer",
    onload: () => find("sheet").querySelector(".wait")?.remove(),
  });
  opened = { frame, origin: new URL(url).origin, person: state.person };
  const side = find("sheet");
  side.hidden = false;
  side.replaceChildren(
    h(
      "div",
      { class: "sheet", role: "region", "aria-label": t("miniApp") },
      h(
        "header",
        { class: "sheet-head" },
        iconButton("close", t("close"), closeSheet),
        h("span", { id: "sheet-back" }),
        h("strong", {}, t("miniApp")),
        h("span", { class: "grey sheet-bot" }, `@${chat.username}`),
      ),
      h("div", { id: "sheet-link" }),
      h("div", { class: "frame-box" }, h("p", { class: "wait" }, t("loading")), frame),
    ),
  );
  showPane("sheet");
  emit("sheet");
}

export function closeSheet() {
  opened = null;
  const side = find("sheet");
  side.hidden = true;
  side.replaceChildren();
  if (document.body.dataset.pane === "sheet") {
    showPane("chat");
  }
  emit("panes");
}

function iconButton(name, label, act) {
  return h(
    "button",
    { type: "button", class: "quiet", "aria-label": label, title: label, onclick: act },
    icon(name, 22),
  );
}

function post(eventType, eventData) {
  opened?.frame.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), opened.origin);
}

function viewport() {
  const { clientWidth, clientHeight } = opened.frame;
  post("viewport_changed", {
    width: clientWidth,
    height: clientHeight,
    is_state_stable: true,
    is_expanded: true,
  });
}

function showBack(visible) {
  find("sheet-back").replaceChildren(
    visible ? iconButton("back", t("back"), () => post("back_button_pressed", null)) : "",
  );
}

/** Pop-ups without a click in this page may be blocked: then the link waits on the sheet. */
function openLink(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    return;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return;
  }
  const link = h(
    "a",
    { class: "sheet-link", href: url.href, target: "_blank", rel: "noopener" },
    icon("open", 18),
    t("openLink", url.host),
  );
  link.addEventListener("click", () => link.remove());
  find("sheet-link").replaceChildren(link);
}

function shake() {
  find("sheet")
    .querySelector(".sheet")
    .animate([{ translate: "0" }, { translate: "2px" }, { translate: "-2px" }, { translate: "0" }], {
      duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160,
    });
}

function hear(type, data) {
  switch (type) {
    case "iframe_ready":
    case "web_app_ready":
      find("sheet").querySelector(".wait")?.remove();
      break;
    case "web_app_close":
      closeSheet();
      break;
    case "web_app_expand":
    case "web_app_request_viewport":
      viewport();
      break;
    case "web_app_request_theme":
      post("theme_changed", { theme_params: {} });
      break;
    case "web_app_open_link":
      openLink(data?.url ?? "");
      break;
    case "web_app_open_tg_link":
      followLink(`https://t.me${data?.path_full ?? ""}`);
      showPane("chat");
      break;
    case "web_app_setup_back_button":
      showBack(Boolean(data?.is_visible));
      break;
    case "web_app_trigger_haptic_feedback":
      shake();
      break;
    default:
  }
}

addEventListener("message", (event) => {
  if (!opened || event.source !== opened.frame.contentWindow || event.origin !== opened.origin) {
    return;
  }
  let message;
  try {
    message = JSON.parse(event.data);
  } catch {
    return;
  }
  hear(message?.eventType, message?.eventData);
});

/** A Mini App stays on the computer of whoever opened it. */
on("people", () => {
  if (opened) {
    find("sheet").hidden = opened.person !== state.person;
    if (find("sheet").hidden && document.body.dataset.pane === "sheet") {
      showPane("chat");
    }
    emit("panes");
  }
});

addEventListener("resize", () => opened && viewport());
