import { api } from "./api.js";
import { h, icon } from "./dom.js";
import { attempt, copy } from "./notice.js";
import { drawCamera } from "./phone-camera.js";
import { phone, show } from "./phone.js";
import { choosePhone, loadPeople, loadSessions, personOf, state } from "./state.js";
import { t } from "./words.js";

const kinds = [
  "SESSION_REVOKED",
  "AUTH_KEY_UNREGISTERED",
  "USER_DEACTIVATED",
  "USER_DEACTIVATED_BAN",
  "AUTH_KEY_DUPLICATED",
];
const samplePassword = "песок-2026";
let ending = null;

/** «Devices»: whose phone it is, linking one more, and what is logged in. */
export function drawDevices() {
  const person = personOf(state.phonePerson);
  return [
    people(),
    phone.notice ? connected(person) : null,
    drawCamera(),
    h(
      "section",
      { class: "sessions" },
      h("h3", { class: "label" }, t("sessionsOf", person?.first_name ?? "")),
      h(
        "ul",
        {},
        row("phone", t("thisPhone"), t("now")),
        row("screen", t("thisChat"), t("now")),
        state.sessions.map(session),
      ),
      state.sessions.length > 1
        ? h(
            "button",
            { type: "button", class: "button bad", onclick: endAll },
            t("endAll"),
          )
        : null,
    ),
    person ? password(person) : null,
  ];
}

function people() {
  return h(
    "section",
    {},
    h("h3", { class: "label" }, t("phoneOf")),
    h(
      "div",
      { class: "people", role: "group", "aria-label": t("phoneOf") },
      state.people.map((person) =>
        h(
          "button",
          {
            type: "button",
            class: "chip",
            id: `owner-${person.id}`,
            "aria-pressed": String(person.id === state.phonePerson),
            onclick: () => choosePhone(person.id),
          },
          person.first_name,
        ),
      ),
      h(
        "button",
        {
          type: "button",
          class: "chip",
          "aria-label": t("someoneNew"),
          title: t("someoneNew"),
          onclick: () => show("person"),
        },
        "+",
      ),
    ),
  );
}

function connected(person) {
  const name = phone.notice.name || t("program");
  if (phone.notice.left) {
    return h(
      "p",
      { class: "connected left-again", role: "status" },
      icon("close", 20),
      h("span", {}, h("strong", {}, t("disconnected")), " ", t("disconnectedWhat", name, person.first_name)),
    );
  }
  return h(
    "p",
    { class: "connected", role: "status" },
    icon("tick", 20),
    h(
      "span",
      {},
      h("strong", {}, t("connected")),
      " ",
      t("connectedWhat", name, person.first_name),
    ),
  );
}

function row(iconName, name, about, end) {
  return h(
    "li",
    { class: "session" },
    h("span", { class: "face" }, icon(iconName, 20)),
    h("span", { class: "grow" }, h("strong", {}, name), h("br"), h("span", { class: "grey" }, about)),
    end,
  );
}

function session(each) {
  const name = each.device_model || t("program");
  const at = new Date(each.created_at).toLocaleTimeString("ru", {
    hour: "2-digit",
    minute: "2-digit",
  });
  const program = [each.app_name, each.app_version].filter(Boolean).join(" ");
  const about = [program, at].filter(Boolean).join(" · ");
  if (ending === each.id) {
    return [row("shield", name, about), confirmEnd(each)];
  }
  return row(
    "shield",
    name,
    about,
    h(
      "button",
      {
        type: "button",
        class: "quiet clay",
        id: `end-${each.id}`,
        "aria-label": t("endSession", name),
        title: t("endSession", name),
        onclick: () => {
          ending = each.id;
          show("devices");
        },
      },
      icon("close", 20),
    ),
  );
}

function confirmEnd(each) {
  const kind = h(
    "select",
    { class: "field", "aria-label": t("endAs"), "data-focus": true },
    kinds.map((name) => h("option", { value: name }, t(name))),
  );
  const over = (act) => async () => {
    ending = null;
    await attempt(act);
    await loadSessions();
  };
  return h(
    "li",
    { class: "ending" },
    kind,
    h(
      "div",
      { class: "row-buttons" },
      h("button", { type: "button", class: "button", onclick: over(() => {}) }, t("cancel")),
      h(
        "button",
        {
          type: "button",
          class: "button bad",
          onclick: over(() => api.endSession(state.phonePerson, each.id, kind.value)),
        },
        t("end"),
      ),
    ),
  );
}

async function endAll() {
  await attempt(() => api.endAll(state.phonePerson));
  await loadSessions();
}

function password(person) {
  const set = (value) => async () => {
    await attempt(() => api.setPassword(person.id, value));
    await loadPeople();
  };
  return h(
    "p",
    { class: "password" },
    h("span", { class: "grow" }, t("cloudPassword"), " ", h("b", {}, person.password ? t("on") : t("off"))),
    person.password
      ? h(
          "button",
          {
            type: "button",
            class: "linklike",
            title: t("copy"),
            onclick: (event) => copy(person.password, event.currentTarget),
          },
          person.password,
        )
      : null,
    h(
      "button",
      { type: "button", class: "linklike", onclick: set(person.password ? "" : samplePassword) },
      person.password ? t("turnOff") : t("turnOn"),
    ),
  );
}
