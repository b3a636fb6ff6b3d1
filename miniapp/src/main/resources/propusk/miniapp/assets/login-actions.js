// What a person can do on the login page: open or copy the link, cancel, go back to the chat.

import * as telegram from './telegram.js';
import { call, Refused } from './stream.js';
import { answer, copyOrShow } from './copying.js';
import { currentLink } from './scan-view.js';
import { currentPageLink, showLogin } from './login-view.js';

const byId = (id) => document.getElementById(id);

async function copyLink(row, title, text, words) {
  const current = currentLink();
  const says = [...row.querySelector('.row-words').children];
  const icon = row.lastElementChild.firstElementChild;
  if (!current) {
    byId('by-hand').hidden = true;
    answer(row, says, [says[0].textContent, words['row.none']], icon, false);
  } else if (await copyOrShow(current.link, byId('by-hand'))) {
    answer(row, says, [words[title], words[text].replace('{left}', current.left)], icon, true);
  }
}

async function copyPageLink(words) {
  const button = byId('copy-page-link');
  if (await copyOrShow(currentPageLink(), byId('link-by-hand'))) {
    answer(button, [button.querySelector('span')], [words['link.copied']], button.querySelector('use'), true);
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
  byId('copy-page-link').addEventListener('click', () => copyPageLink(words));
  byId('row-copy').addEventListener('click', () => {
    copyLink(byId('row-copy'), 'row.copied.title', 'row.copied.text', words);
  });
}

let cancelled = () => {};
let passwordLink = () => {};

export function askToCancel() {
  const ask = byId('ask');
  if (document.querySelector('main > section:not([hidden])')?.id === 'view-finalizing') {
    telegram.close();
  } else if (!ask.open) {
    byId('ask-failed').hidden = true;
    ask.showModal();
  }
}

/** The password is typed in an ordinary browser: a link that works once takes the person there. */
async function openPasswordPage(session, bearer, words) {
  const button = byId('password-go');
  if (button.getAttribute('aria-disabled') === 'true') return;
  const text = button.querySelector('span');
  const usual = words['password.go'];
  button.setAttribute('aria-disabled', 'true');
  text.textContent = words['password.opening'];
  try {
    const body = { session_id: session };
    const { url } = await (await call('/qr-auth/password-link', { bearer, body })).json();
    if (telegram.embedded()) telegram.openLink(url);
    else location.assign(url);
    text.textContent = usual;
  } catch {
    text.textContent = words['password.failed'];
  } finally {
    button.removeAttribute('aria-disabled');
  }
}

export function prepareAsking(session, bearer, words) {
  passwordLink = () => openPasswordPage(session, bearer, words);
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
byId('password-go').addEventListener('click', () => passwordLink());
document.addEventListener('click', (event) => {
  const target = event.target.closest('[data-close], [data-cancel], [data-stop], [data-bot-link]');
  if (!target) return;
  if (target.hasAttribute('data-close')) {
    telegram.close();
  } else if (target.hasAttribute('data-cancel')) {
    askToCancel();
  } else if (target.hasAttribute('data-stop')) {
    // A stranger has the code: no question first.
    cancelled();
  } else if (target.getAttribute('aria-disabled') === 'true') {
    event.preventDefault();
  } else if (telegram.embedded()) {
    event.preventDefault();
    telegram.openTelegramLink(target.href);
  }
});
