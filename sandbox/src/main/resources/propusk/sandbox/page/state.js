import { api } from "./api.js";

/**
 * What the page knows. Parts listen by topic and draw themselves again; loading goes through here
 * so that a late answer for another person or chat is dropped.
 */
export const state = {
  info: { bots: [] },
  people: [],
  person: null,
  phonePerson: null,
  bot: null,
  chats: [],
  messages: [],
  codes: [],
  sessions: [],
  invites: [],
  faults: {},
  skipped: 0,
  online: true,
};

const listeners = new Map();

export function on(topics, listener) {
  for (const topic of topics.split(" ")) {
    listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
  }
}

export function emit(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) {
    listener(detail);
  }
}

export const currentBot = () => state.chats.find((chat) => chat.bot === state.bot);
export const personOf = (id) => state.people.find((person) => person.id === id);
export const worldNow = () => Date.now() + state.skipped * 1000;

function remembered(key, allowed) {
  const value = Number(sessionStorage.getItem(key));
  return allowed.includes(value) ? value : allowed[0];
}

export async function loadPeople() {
  state.people = await api.people();
  const ids = state.people.map((person) => person.id);
  state.person = remembered("person", ids);
  state.phonePerson = remembered("phone", ids);
  emit("people");
}

export async function loadChats() {
  const person = state.person;
  const chats = await api.chats(person);
  if (person !== state.person) {
    return;
  }
  state.chats = chats;
  if (!chats.some((chat) => chat.bot === state.bot)) {
    state.bot = remembered("bot", chats.map((chat) => chat.bot));
  }
  emit("chats");
}

export async function loadMessages() {
  const { person, bot } = state;
  const messages = await api.messages(person, bot);
  if (person !== state.person || bot !== state.bot) {
    return;
  }
  state.messages = messages;
  emit("messages");
  const last = messages.at(-1);
  if (last && document.visibilityState === "visible") {
    await api.read(person, bot, last.message_id);
    const chat = currentBot();
    if (chat?.unread) {
      chat.unread = 0;
      emit("chats");
    }
  }
}

export async function loadCodes() {
  state.codes = await api.codes();
  emit("codes");
}

export async function loadSessions() {
  const person = state.phonePerson;
  const sessions = await api.sessions(person);
  if (person === state.phonePerson) {
    state.sessions = sessions;
    emit("sessions");
  }
}

export async function loadClock() {
  state.skipped = (await api.clock()).skipped_seconds;
  emit("clock");
}

export async function loadFaults() {
  state.faults = await api.faults();
  emit("faults");
}

export async function loadInvites() {
  state.invites = await api.invites();
  emit("invites");
}

export async function loadAll() {
  state.info = await api.info();
  await Promise.all([loadPeople(), loadClock(), loadFaults(), loadInvites()]);
  await Promise.all([loadChats().then(loadMessages), loadCodes(), loadSessions()]);
}

export async function choosePerson(id) {
  state.person = id;
  sessionStorage.setItem("person", id);
  emit("people");
  await loadChats();
  await loadMessages();
}

export async function choosePhone(id) {
  state.phonePerson = id;
  sessionStorage.setItem("phone", id);
  state.sessions = [];
  emit("phone");
  await loadSessions();
}

export async function chooseBot(id) {
  state.bot = id;
  state.messages = [];
  sessionStorage.setItem("bot", id);
  emit("chats");
  await loadMessages();
}
