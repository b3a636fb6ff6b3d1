import { api } from "./api.js";
import { h, icon } from "./dom.js";
import { fail, phone, secondsLeft, show } from "./phone.js";
import { notice } from "./notice.js";
import { state } from "./state.js";
import { t } from "./words.js";

const pictures = new Map();

/** The field survives redrawing, and with it what was typed. */
const field = h("input", {
  id: "link-field",
  class: "field",
  placeholder: "tg://login?token=…",
  autocomplete: "off",
  spellcheck: "false",
});

/** «Link a device»: the codes that the camera sees, a field for a link, a screenshot. */
export function drawCamera() {
  field.setAttribute("aria-label", t("linkField"));
  return h(
    "section",
    { class: "camera" },
    h("h3", {}, t("link")),
    state.codes.length ? seen() : nothing(),
    phone.error
      ? h("p", { class: "phone-error", role: "alert" }, icon("warn", 18), phone.error)
      : null,
    h(
      "form",
      {
        class: "scan-form",
        onsubmit: (event) => {
          event.preventDefault();
          take(field.value.trim());
        },
      },
      field,
      h("button", { type: "submit", class: "button strong" }, t("scan")),
    ),
    h(
      "label",
      { class: "quiet picture" },
      icon("picture", 18),
      t("picture"),
      h("input", {
        type: "file",
        accept: "image/*",
        class: "unseen",
        onchange: (event) => readPicture(event.currentTarget.files[0]),
      }),
    ),
  );
}

function nothing() {
  return h(
    "div",
    { class: "finder is-empty" },
    icon("qr", 28),
    h("p", {}, t("noCodes")),
  );
}

function seen() {
  return h(
    "ul",
    { class: "seen", "aria-label": t("seen") },
    state.codes.slice(-3).map((code) => h("li", {}, sight(code))),
  );
}

function sight(code) {
  return h(
    "button",
    {
      type: "button",
      class: "finder",
      id: `code-${code.created_at}`,
      title: t("scanThis"),
      onclick: () => take(code.link),
    },
    h("span", { class: "lens" }, picture(code.link)),
    h(
      "span",
      { class: "finder-words" },
      h("strong", {}, code.device_model || t("program")),
      h("span", { class: "small grey" }, t("pressToScan")),
      h("span", { class: "left", "data-link": code.link }, t("secondsLeft", secondsLeft(code))),
    ),
  );
}

/** One picture for each link, so that redrawing does not flicker. */
function picture(link) {
  for (const old of pictures.keys()) {
    if (!state.codes.some((code) => code.link === old)) {
      pictures.delete(old);
    }
  }
  if (!pictures.has(link)) {
    const src = `/sandbox/codes/picture.svg?link=${encodeURIComponent(link)}`;
    pictures.set(link, h("img", { class: "sight", src, alt: "", width: 74, height: 74 }));
  }
  return pictures.get(link);
}

async function take(link) {
  const code = state.codes.find((each) => each.link === link);
  if (!code && !link.toLowerCase().startsWith("tg://login")) {
    await api.scan(state.phonePerson, link || "-").catch((refused) => fail(refused.message));
    field.focus();
    return;
  }
  field.value = "";
  show("confirm", {
    pending: { link, name: code?.device_model ?? "", app: code?.app_name ?? "" },
    notice: null,
  });
}

async function readPicture(file) {
  if (!file) {
    return;
  }
  notice(t("reading"));
  try {
    const { link } = await api.readPicture(file);
    await take(link);
  } catch (refused) {
    fail(refused.message);
  }
}

/** Pictures may be dropped on the phone or pasted anywhere on the page. */
export function takePictures(element) {
  let depth = 0;
  const over = (change) => {
    depth = Math.max(0, depth + change);
    element.classList.toggle("is-over", depth > 0);
  };
  element.addEventListener("dragenter", () => over(1));
  element.addEventListener("dragleave", () => over(-1));
  element.addEventListener("dragover", (event) => event.preventDefault());
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    over(-depth);
    const text = event.dataTransfer.getData("text/plain").trim();
    if (event.dataTransfer.files.length) {
      readPicture(event.dataTransfer.files[0]);
    } else if (text) {
      take(text);
    }
  });
  addEventListener("paste", (event) => readPicture(event.clipboardData?.files[0]));
}
