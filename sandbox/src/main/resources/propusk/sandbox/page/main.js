import { api } from "./api.js";
import { setLanguage } from "./words.js";
import {
  emit,
  loadAll,
  loadChats,
  loadClock,
  loadCodes,
  loadFaults,
  loadInvites,
  loadMessages,
  loadPeople,
  loadSessions,
  state,
} from "./state.js";
import { drawBar, startBar } from "./bar.js";
import { startChats } from "./chats.js";
import { startChat } from "./chat.js";
import { followLocation } from "./links.js";
import { startPanes } from "./panes.js";
import { startPhone } from "./phone.js";
import { showAnswer } from "./notice.js";
import { closeSheet } from "./sheet.js";

const root = document.documentElement;
root.lang = localStorage.getItem("language") ?? root.lang;
setLanguage(root.lang);

/** One hint of the sandbox: read again what it is about. */
async function hear(change) {
  switch (change.topic) {
    case "chat":
      if (change.person === state.person) {
        await loadChats();
        if (change.bot === state.bot) {
          await loadMessages();
        }
      }
      break;
    case "answer":
      if (change.person === state.person) {
        showAnswer(change.text, change.alert);
      }
      break;
    case "settings":
      await loadChats();
      break;
    case "people":
      await loadPeople();
      break;
    case "login_codes":
      break;
    case "codes":
      await loadCodes();
      break;
    case "sessions":
      await loadSessions();
      break;
    case "clock":
      await loadClock();
      await loadCodes();
      break;
    case "faults":
      await loadFaults();
      break;
    case "invites":
      await loadInvites();
      break;
    default:
      closeSheet();
      await loadAll();
  }
}

function setOnline(online) {
  if (state.online !== online) {
    state.online = online;
    emit("online");
  }
}

const pause = (millis) => new Promise((resume) => setTimeout(resume, millis));

/** Waits for hints for ever; after a lost connection everything is read again. */
async function listen(last) {
  try {
    const heard = await api.changes(last);
    if (!state.online || heard.lost) {
      await loadAll();
    }
    setOnline(true);
    for (const change of heard.changes) {
      await hear(change);
    }
    listen(heard.last);
  } catch {
    setOnline(false);
    await pause(1000);
    listen(-1);
  }
}

export async function speak(language) {
  root.lang = language;
  localStorage.setItem("language", language);
  setLanguage(language);
  drawBar();
  for (const topic of ["people", "chats", "messages", "phone", "panes", "invites"]) {
    emit(topic);
  }
}

const { last } = await api.changes(-1);
await loadAll();
startBar(speak);
startChats();
startChat();
startPhone();
startPanes();
listen(last);
await followLocation();
document.body.dataset.ready = "true";
