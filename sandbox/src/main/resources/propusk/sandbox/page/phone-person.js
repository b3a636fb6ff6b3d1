import { api } from "./api.js";
import { h } from "./dom.js";
import { attempt } from "./notice.js";
import { show } from "./phone.js";
import { choosePhone, loadPeople } from "./state.js";
import { t } from "./words.js";

/** Somebody new: a name and a number are enough. */
export function drawNewPerson() {
  return h(
    "form",
    {
      class: "person-form",
      onsubmit: (event) => {
        event.preventDefault();
        create(event.currentTarget);
      },
    },
    field("first_name", t("firstName"), { required: true, "data-focus": true, maxlength: 64 }),
    field("last_name", t("lastName"), { maxlength: 64, placeholder: t("optional") }),
    field("username", t("username"), {
      placeholder: t("optional"),
      pattern: "@?[A-Za-z][A-Za-z0-9_]{3,31}",
    }),
    field("phone", t("phone"), {
      required: true,
      inputmode: "tel",
      pattern: "\\+?[0-9 \\(\\)\\-]{5,24}",
      value: freePhone(),
    }),
    field("password", t("password"), { placeholder: t("optional"), maxlength: 64 }),
    h(
      "label",
      { class: "labelled" },
      h("span", { class: "label" }, t("language")),
      h(
        "select",
        { class: "field", name: "language" },
        h("option", { value: "ru" }, t("russian")),
        h("option", { value: "en" }, t("english")),
      ),
    ),
    h("div", { class: "phone-end" }, h("button", { class: "button strong" }, t("create"))),
  );
}

function field(name, label, attributes) {
  return h(
    "label",
    { class: "labelled" },
    h("span", { class: "label" }, label),
    h("input", { class: "field", name, autocomplete: "off", ...attributes }),
  );
}

const freePhone = () => `+7 999 ${String(Date.now()).slice(-7)}`;

async function create(form) {
  const fields = Object.fromEntries(new FormData(form));
  const made = await attempt(() => api.newPerson(fields));
  if (made) {
    await loadPeople();
    show("devices");
    await choosePhone(made.id);
  }
}
