// The home inside Telegram: proves who opened it, shows what our server made for them, and leads
// to the website.

import * as telegram from './telegram.js';
import { settle } from './surroundings.js';
import { call, Refused } from './stream.js';
import { keep, kept, tabSecret } from './tab.js';
import { showTimes } from './site.js';

const page = document.querySelector('main').dataset;
const byId = (id) => document.getElementById(id);
// Of this very launch: another person may open the home in the same tab.
const BEARER = `propusk.home.${new URLSearchParams(telegram.initData).get('hash')}`;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

let bearer = kept(BEARER);

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function only(id) {
  for (const view of document.querySelectorAll('.view')) view.hidden = view.id !== `view-${id}`;
  byId('home').hidden = id !== 'home';
}

/** What stands there now, as our server made it. */
function show({ home }) {
  const fresh = new DOMParser().parseFromString(home, 'text/html').getElementById('home');
  byId('home').replaceWith(document.adoptNode(fresh));
  document.documentElement.lang = fresh.lang;
  showTimes();
  only('home');
}

function refuse(problem) {
  const late = ['init_data_stale', 'bearer_invalid'].includes(problem.code);
  const view = late ? 'late' : 'outside';
  only(view);
  byId(`view-${view}`).querySelector('h1').focus();
}

/** Tries again for as long as our server is away. */
async function patiently(ask) {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await (await ask()).json();
    } catch (problem) {
      if (problem instanceof Refused && problem.status < 500) throw problem;
      byId('offline').hidden = false;
      await pause(wait);
    }
  }
}

async function open() {
  const body = { init_data: telegram.initData, tab: tabSecret() };
  const opened = await patiently(() => call('/app/open', { body }));
  bearer = opened.bearer;
  keep(BEARER, bearer);
  show(opened);
}

async function run() {
  if (!telegram.initData) {
    refuse({ code: 'init_data_invalid' });
    return;
  }
  try {
    // A reload comes back with what this tab was given.
    if (bearer) show(await patiently(() => call('/app/view', { bearer })));
    else await open();
  } catch (problem) {
    if (problem.code !== 'bearer_invalid') {
      refuse(problem);
      return;
    }
    await open().catch(refuse);
  }
}

/** Does what a button says, once at a time. */
async function deed(button, act) {
  if (button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  byId('failed').hidden = true;
  try {
    await act();
  } catch (problem) {
    if (problem instanceof Refused && problem.status < 500) refuse(problem);
    else byId('failed').hidden = false;
  } finally {
    button.removeAttribute('aria-disabled');
  }
}

const change = (path, body) => async () => show(await (await call(path, { bearer, body })).json());

function openSite(button) {
  const says = button.querySelector('span');
  says.textContent = says.dataset.opening;
  return deed(button, async () => {
    const { url } = await (await call('/app/site-link', { bearer, body: {} })).json();
    if (telegram.embedded()) telegram.openLink(url);
    else location.assign(url);
  }).finally(() => { says.textContent = says.dataset.usual; });
}

document.addEventListener('click', (event) => {
  const target = event.target.closest('[data-end], [data-everywhere], [data-bot-link], #open-site');
  if (!target) return;
  if (target.dataset.end) {
    deed(target, change('/app/sessions/revoke', { id: target.dataset.end }));
  } else if (target.hasAttribute('data-everywhere')) {
    deed(target, change('/app/sessions/everywhere', {}));
  } else if (target.id === 'open-site') {
    openSite(target);
  } else if (telegram.embedded()) {
    event.preventDefault();
    telegram.openTelegramLink(target.href);
  }
});

// Whoever comes back from the website sees the browser that is signed in now.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible' || byId('home').hidden || !bearer) return;
  change('/app/view')().catch((problem) => {
    if (problem instanceof Refused && problem.status < 500) refuse(problem);
  });
});

settle(page.parents);
run();
