import { find, h, icon } from "./dom.js";
import { drawConfirm, drawPassword } from "./phone-scan.js";
import { drawDevices } from "./phone-devices.js";
import { drawNewPerson } from "./phone-person.js";
import { on, state, worldNow } from "./state.js";
import { takePictures } from "./phone-camera.js";
import { t } from "./words.js";

/** What the phone shows now; `known` are the sessions before a code was accepted. */
export const phone = { screen: "devices", pending: null, notice: null, error: "", known: [] };

const screens = {
  devices: { title: "devices", draw: drawDevices },
  confirm: { title: "confirmTitle", draw: drawConfirm },
  password: { title: "passwordTitle", draw: drawPassword },
  person: { title: "newPerson", draw: drawNewPerson },
};

let drawn = "";

export function startPhone() {
  on("phone people", () => {
    phone.screen = phone.screen === "person" ? "person" : "devices";
    phone.notice = null;
    phone.error = "";
    draw();
  });
  on("codes", () => phone.screen === "devices" && draw());
  on("sessions", sessionsChanged);
  takePictures(find("phone"));
  setInterval(tick, 500);
  draw();
}

export function show(screen, changes = {}) {
  Object.assign(phone, { screen, error: "" }, changes);
  draw();
  find("phone").querySelector("[data-focus]")?.focus();
}

export function fail(words) {
  phone.error = words;
  phone.screen = "devices";
  draw();
}

/**
 * The password was given on the website and the waiting session is there now; or the session just
 * let in is gone again, because the program left or somebody ended it.
 */
function sessionsChanged() {
  const gone = !state.sessions.some((session) => session.id === phone.notice?.session);
  if (phone.notice?.session && gone) {
    phone.notice = { name: phone.notice.name, left: true };
  }
  const came = state.sessions.find((session) => !phone.known.includes(session.id));
  if (phone.screen === "password" && came) {
    phone.screen = "devices";
    phone.notice = { name: came.device_model, session: came.id };
  }
  if (phone.screen === "devices") {
    draw();
  }
}

function draw() {
  const screen = screens[phone.screen];
  const keep = document.activeElement?.id;
  const scrolled = drawn === phone.screen ? find("phone-screen").scrollTop : 0;
  drawn = phone.screen;
  find("phone").setAttribute("aria-label", t("phoneTitle"));
  find("phone").replaceChildren(
    h(
      "div",
      { class: "phone-status", "aria-hidden": "true" },
      h("span", { id: "phone-time" }, clock()),
      h("span", {}, t("phoneTitle")),
    ),
    h(
      "header",
      { class: "phone-head" },
      phone.screen === "devices"
        ? icon("devices", 22)
        : h(
            "button",
            {
              type: "button",
              class: "quiet",
              "aria-label": t("back"),
              onclick: () => show("devices"),
            },
            icon("back", 22),
          ),
      h("h2", {}, t(screen.title)),
    ),
    h("div", { class: "phone-screen", id: "phone-screen" }, screen.draw()),
    h("p", { class: "phone-drop", "aria-hidden": "true" }, icon("picture", 36), t("drop")),
  );
  find("phone-screen").scrollTop = scrolled;
  if (keep) {
    find(keep)?.focus({ preventScroll: true });
  }
}

function clock() {
  return new Date(worldNow()).toLocaleTimeString("ru", { hour: "2-digit", minute: "2-digit" });
}

export const secondsLeft = (code) =>
  Math.max(0, Math.round((Date.parse(code.expires_at) - worldNow()) / 1000));

function tick() {
  find("phone-time").textContent = clock();
  for (const element of find("phone").querySelectorAll("[data-link]")) {
    const code = state.codes.find((each) => each.link === element.dataset.link);
    const words = code ? t("secondsLeft", secondsLeft(code)) : "";
    if (element.textContent !== words) {
      element.textContent = words;
    }
  }
}
