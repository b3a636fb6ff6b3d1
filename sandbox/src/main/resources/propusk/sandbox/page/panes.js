import { find, h, icon } from "./dom.js";
import { emit, on } from "./state.js";
import { t } from "./words.js";

/** On a narrow window one thing is seen at a time; this is the switch at the bottom. */
export function startPanes() {
  on("panes", draw);
  draw();
}

export function showPane(name) {
  document.body.dataset.pane = name;
  emit("panes");
}

function draw() {
  const panes = [["chat", "screen", t("paneChat")]];
  if (!find("sheet").hidden) {
    panes.push(["sheet", "qr", t("paneSheet")]);
  }
  panes.push(["phone", "phone", t("panePhone")]);
  find("panes").replaceChildren(
    ...panes.map(([name, iconName, text]) =>
      h(
        "button",
        {
          type: "button",
          "aria-pressed": String(document.body.dataset.pane === name),
          onclick: () => showPane(name),
        },
        icon(iconName, 22),
        text,
      ),
    ),
  );
}
