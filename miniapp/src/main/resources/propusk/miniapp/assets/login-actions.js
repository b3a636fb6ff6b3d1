// What a person can do on the login page: open or copy the link, cancel, go back to the chat.

import * as telegram from './telegram.js';
import { call, Refused } from './stream.js';
import { currentLink, showLogin } from './login-view.js';

const byId = (id) => document.getElementById(id);
const SAID_MS = 4000;

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // In a frame the clipboard may be closed to us; the old way sometimes is not.
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'visually-hidden';
    document.body.append(field);
    field.select();
    try {
      return document.execCommand('copy');
    } catch {
      return false;
    } finally {
      field.remove();
    }
  }
}

/** The row itself says what came of it, and returns to what it was. */
function answer(row, title, text, done) {
  const [b, span] = row.querySelector('.row-words').children;
  const icon = row.lastElementChild.firstElementChild;
  row.usual ??= { title: b.textContent, text: span.textContent, icon: icon.getAttribute('href') };
  clearTimeout(row.timer);
  b.textContent = title;
  span.textContent = text;
  row.toggleAttribute('data-done', done);
  if (done) icon.setAttribute('href', '#i-check');
  row.timer = setTimeout(() => {
    b.textContent = row.usual.title;
    span.textContent = row.usual.text;
    icon.setAttribute('href', row.usual.icon);
    row.removeAttribute('data-done');
  }, SAID_MS);
}

async function copyLink(row, title, text, words) {
  const current = currentLink();
  const byHand = byId('by-hand');
  byHand.hidden = true;
  if (!current) {
    answer(row, row.querySelector('b').textContent, words['row.none'], false);
  } else if (await copy(current.link)) {
    answer(row, words[title], words[text].replace('{left}', current.left), true);
  } else {
    byHand.hidden = false;
    const field = byHand.querySelector('input');
    field.value = current.link;
    field.focus();
    field.select();
  }
}

export function prepareRows(isPhone, words) {
  const open = byId('row-open');
  // Phones' webviews cannot open such a link: there it is copied, with a word on what it is for.
  if (isPhone) open.lastElementChild.firstElementChild.setAttribute('href', '#i-copy');
  open.addEventListener('click', (event) => {
    const current = currentLink();
    if (isPhone || !current) {
      event.preventDefault();
      copyLink(open, 'row.opened.title', 'row.opened.text', words);
    } else {
      open.href = current.link;
    }
  });
  open.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !open.hasAttribute('href')) open.click();
  });
  byId('row-copy').addEventListener('click', () => {
    copyLink(byId('row-copy'), 'row.copied.title', 'row.copied.text', words);
  });
}

let cancelled = () => {};

export function askToCancel() {
  const ask = byId('ask');
  if (document.querySelector('main > section:not([hidden])')?.id === 'view-finalizing') {
    telegram.close();
  } else if (!ask.open) {
    byId('ask-failed').hidden = true;
    ask.showModal();
  }
}

export function prepareAsking(session, bearer) {
  cancelled = async () => {
    try {
      const body = { session_id: session };
      showLogin(await (await call('/qr-auth/cancel', { bearer, body })).json());
      byId('ask').close();
    } catch (problem) {
      if (problem instanceof Refused && problem.status < 500) byId('ask').close();
      else byId('ask-failed').hidden = false;
    }
  };
}

byId('ask-yes').addEventListener('click', () => cancelled());
byId('ask-no').addEventListener('click', () => byId('ask').close());
byId('cancel').addEventListener('click', askToCancel);
document.addEventListener('click', (event) => {
  const target = event.target.closest('[data-close], [data-cancel], [data-bot-link]');
  if (!target) return;
  if (target.hasAttribute('data-close')) {
    telegram.close();
  } else if (target.hasAttribute('data-cancel')) {
    askToCancel();
  } else if (target.getAttribute('aria-disabled') === 'true') {
    event.preventDefault();
  } else if (telegram.embedded()) {
    event.preventDefault();
    telegram.openTelegramLink(target.href);
  }
});
