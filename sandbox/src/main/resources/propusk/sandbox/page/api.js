/** The control API. A refusal becomes an Error in the page's language. */
async function call(method, path, body, type = "application/json") {
  const response = await fetch(path, {
    method,
    headers: {
      "Accept-Language": document.documentElement.lang,
      ...(body === undefined ? {} : { "Content-Type": type }),
    },
    body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
  });
  const json = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(json.error?.message ?? `${response.status}`);
  }
  return json;
}

const user = (id, what) => `/sandbox/users/${id}/${what}`;

export const api = {
  changes: (after) => call("GET", `/sandbox/changes?after=${after}`),
  info: () => call("GET", "/sandbox/info"),
  people: () => call("GET", "/sandbox/users"),
  newPerson: (fields) => call("POST", "/sandbox/users", fields),
  setPassword: (id, password) => call("PATCH", `/sandbox/users/${id}`, { password }),
  chats: (id) => call("GET", user(id, "chats")),
  messages: (id, bot) => call("GET", user(id, `messages?bot=${bot}`)),
  say: (id, bot, text) => call("POST", user(id, "messages"), { bot: `${bot}`, text }),
  share: (id, bot, contact) => call("POST", user(id, "messages"), { bot: `${bot}`, contact }),
  read: (id, bot, message_id) => call("POST", user(id, "read"), { bot: `${bot}`, message_id }),
  tap: (id, bot, message_id, button) =>
    call("POST", user(id, "tap"), { bot: `${bot}`, message_id, button }),
  menu: (id, bot) => call("POST", user(id, "menu"), { bot: `${bot}` }),
  block: (id, bot, blocked) => call("POST", user(id, "block"), { bot: `${bot}`, blocked }),
  widget: (id, asked) => call("POST", user(id, "widget"), asked),
  codes: () => call("GET", "/sandbox/codes"),
  readPicture: (blob) => call("POST", "/sandbox/codes/read", blob, "application/octet-stream"),
  scan: (id, link) => call("POST", user(id, "scan"), { link }),
  sessions: (id) => call("GET", user(id, "sessions")),
  endSession: (id, session, kind) =>
    call("DELETE", user(id, `sessions/${session}?kind=${encodeURIComponent(kind)}`)),
  endAll: (id) => call("DELETE", user(id, "sessions")),
  clock: () => call("GET", "/sandbox/clock"),
  skip: (advance_seconds) => call("POST", "/sandbox/clock", { advance_seconds }),
  faults: () => call("GET", "/sandbox/faults"),
  setFaults: (plan) => call("POST", "/sandbox/faults", plan),
  repair: () => call("DELETE", "/sandbox/faults"),
  meddle: (bot, act) => call("POST", `/sandbox/bots/${bot}/webhook`, { act }),
  drop: () => call("POST", "/sandbox/drop", {}),
  invites: () => call("GET", "/sandbox/invites"),
  reset: () => call("POST", "/sandbox/reset", {}),
};
