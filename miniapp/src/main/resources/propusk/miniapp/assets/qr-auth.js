// The login page: proves who opened it, follows the login and shows where it is.

import * as telegram from './telegram.js';
import { applyTheme } from './theme.js';
import { call, follow, Refused } from './stream.js';
import { words } from './scan-view.js';
import { showLogin, showPlain, showPerson, setOffline } from './login-view.js';
import { prepareAsking, askToCancel, prepareRows } from './login-actions.js';

const page = document.querySelector('main').dataset;
const session = page.session;
const BEARER = `propusk.bearer.${session}`;
const TAB = 'propusk.tab';

const kept = (key) => {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
};

const keep = (key, value) => {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // private windows: a reload asks again
  }
};

/** This tab's own secret: opening again with it is no replay. */
function tabSecret() {
  let tab = kept(TAB);
  if (!tab) {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    tab = btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').slice(0, 43);
    keep(TAB, tab);
  }
  return tab;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks our server to check the init data; tries again for as long as the server is away. */
async function open() {
  const body = { session_id: session, init_data: telegram.initData, tab: tabSecret() };
  for (let wait = 500; ; wait = Math.min(wait * 2, 8000)) {
    try {
      return await (await call('/qr-auth/open', { body })).json();
    } catch (problem) {
      if (problem instanceof Refused && problem.status < 500) throw problem;
      setOffline(true);
      await pause(wait);
    }
  }
}

function showRefusal(code) {
  const views = {
    not_yours: 'stranger', not_found: 'unknown', init_data_stale: 'late', bearer_invalid: 'late',
  };
  telegram.backButton(false);
  showPlain(views[code] ?? 'outside');
}

async function start(bearer) {
  prepareAsking(session, bearer, words);
  telegram.backButton(true);
  let refusal = null;
  const query = `?session_id=${encodeURIComponent(session)}`;
  const paths = { events: `/qr-auth/events${query}`, status: `/qr-auth-status${query}`, bearer };
  await follow(paths, {
    show: (view) => {
      if (view.end) telegram.backButton(false);
      showLogin(view);
    },
    offline: setOffline,
    refused: (problem) => { refusal = problem; },
  });
  return refusal;
}

async function openAndFollow() {
  const { bearer, login } = await open();
  keep(BEARER, bearer);
  showPerson(telegram.initData);
  showLogin(login);
  return login.end ? null : start(bearer);
}

async function run() {
  if (!telegram.initData) {
    showPlain('outside');
    return;
  }
  try {
    // A reload comes back with what this tab was given; only then is it proven whose it is.
    let refusal = null;
    const bearer = kept(BEARER);
    if (bearer) {
      showPerson(telegram.initData);
      refusal = await start(bearer);
    }
    if (!bearer || refusal) refusal = await openAndFollow();
    if (refusal) showRefusal(refusal.code);
  } catch (problem) {
    showRefusal(problem.code);
  }
}

telegram.on('theme_changed', (data) => applyTheme(data.theme_params));
telegram.on('back_button_pressed', askToCancel);
telegram.on('viewport_changed', (data) => {
  if (data.is_state_stable !== false && Number(data.height) > 0) {
    document.documentElement.style.setProperty('--tg-height', `${Number(data.height)}px`);
  }
});
for (const kind of ['safe_area', 'content_safe_area']) {
  telegram.on(`${kind}_changed`, (data) => {
    for (const side of ['top', 'bottom']) {
      const name = `--tg-${kind.replaceAll('_', '-')}-inset-${side}`;
      document.documentElement.style.setProperty(name, `${Number(data[side]) || 0}px`);
    }
  });
}
document.documentElement.dataset.layout = telegram.isPhone ? 'phone' : 'desktop';
if (!document.documentElement.dataset.scheme) {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.scheme = dark ? 'dark' : 'light';
}
applyTheme(telegram.launchTheme());
telegram.connect(page.parents.split(' ').filter(Boolean));
// On a phone the way to a second screen comes first, and the code stands in a card below.
if (telegram.isPhone) {
  document.getElementById('pass-second').append(document.getElementById('pass'));
  document.getElementById('pass-first').remove();
}
prepareRows(telegram.isPhone, words);
run();
