import { api } from "./api.js";
import { h, icon } from "./dom.js";
import { copy } from "./notice.js";
import { fail, phone, show } from "./phone.js";
import { loadPeople, loadSessions, personOf, state } from "./state.js";
import { t } from "./words.js";

/** «Let it in?»: the question before a device is linked. */
export function drawConfirm() {
  const { name, app } = phone.pending;
  const person = personOf(state.phonePerson);
  return h(
    "div",
    { class: "ask" },
    h("span", { class: "tile" }, icon("devices", 34)),
    h("h3", {}, name ? t("letIn", name) : t("letInUnknown")),
    h("p", { class: "grey" }, around(t("letInWhat", "\u0000"), person.first_name)),
    h(
      "div",
      { class: "card" },
      h("span", { class: "face" }, icon("screen", 20)),
      h(
        "span",
        {},
        h("strong", {}, name || t("program")),
        h("br"),
        h("span", { class: "grey" }, [app, "127.0.0.1"].filter(Boolean).join(" · ")),
      ),
    ),
    h(
      "div",
      { class: "phone-end" },
      h(
        "button",
        { type: "button", class: "button strong", "data-focus": true, onclick: accept },
        t("yes"),
      ),
      h("button", { type: "button", class: "button", onclick: () => show("devices") }, t("no")),
      h("p", { class: "small grey" }, t("androidNote")),
    ),
  );
}

/** Words with the name in bold where the mark is. */
function around(words, name) {
  const [before, after] = words.split("\u0000");
  return [before, h("b", {}, name), after];
}

async function accept(event) {
  event.currentTarget.setAttribute("aria-busy", "true");
  const known = state.sessions.map((session) => session.id);
  try {
    const answer = await api.scan(state.phonePerson, phone.pending.link);
    if (answer.password_needed) {
      show("password", { known });
    } else {
      show("devices", { notice: { name: phone.pending.name, session: answer.session } });
    }
    await loadSessions();
  } catch (refused) {
    fail(refused.message);
  }
}

/** The code was accepted, and the program is asked for the two-step password. */
export function drawPassword() {
  const person = personOf(state.phonePerson);
  return h(
    "div",
    { class: "ask" },
    h("span", { class: "tile amber" }, icon("lock", 34)),
    h("h3", {}, t("accepted")),
    h("p", { class: "grey" }, around(t("acceptedWhat", "\u0000"), person.first_name)),
    h(
      "div",
      { class: "card" },
      h(
        "span",
        { class: "grow" },
        h("span", { class: "small grey" }, t("passwordInSandbox")),
        h("br"),
        h("code", { class: "secret" }, person.password ?? ""),
      ),
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          "aria-label": t("copy"),
          title: t("copy"),
          onclick: (event) => copy(person.password ?? "", event.currentTarget),
        },
        icon("copy", 20),
      ),
    ),
    h(
      "div",
      { class: "phone-end" },
      h(
        "button",
        {
          type: "button",
          class: "button",
          onclick: async () => {
            await api.setPassword(person.id, "");
            await loadPeople();
            show("devices");
          },
        },
        t("passwordOff"),
      ),
    ),
  );
}
