import { h, icon } from "./dom.js";
import { t } from "./words.js";

let shown = null;
let timer = 0;

/** One line that goes away by itself. */
export function notice(text, kind = "plain") {
  shown?.remove();
  clearTimeout(timer);
  shown = h("div", { class: `notice ${kind}`, role: "status" }, text);
  document.body.append(shown);
  timer = setTimeout(() => shown?.remove(), 5000);
}

/** Does something that may be refused, and says so if it is. */
export async function attempt(act) {
  try {
    return await act();
  } catch (refused) {
    notice(t("failed", refused.message), "bad");
    return null;
  }
}

/** What a bot answered to a pressed button. */
export function showAnswer(text, alert) {
  if (!text) {
    return;
  }
  if (!alert) {
    notice(text);
    return;
  }
  const dialog = h(
    "dialog",
    { class: "dialog", onclose: () => dialog.remove() },
    h("p", {}, text),
    h(
      "div",
      { class: "row-buttons" },
      h("button", { type: "button", class: "button", onclick: () => dialog.close() }, t("done")),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}

/** Copies, and shows it on the button that was pressed. */
export async function copy(text, button) {
  await navigator.clipboard.writeText(text).catch(() => {});
  const before = [...button.childNodes];
  button.replaceChildren(icon("tick", 18), h("span", { class: "unseen" }, t("copied")));
  setTimeout(() => button.replaceChildren(...before), 2000);
}
