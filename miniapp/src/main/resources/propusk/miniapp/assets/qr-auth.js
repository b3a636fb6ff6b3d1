// The login page: proves who opened it, follows the login and shows where it is.

import * as telegram from './telegram.js';
import { settle } from './surroundings.js';
import { call, follow, Refused } from './stream.js';
import { keep, kept, tabSecret } from './tab.js';
import { words } from './scan-view.js';
import { showLogin, showPlain, showPerson, setOffline } from './login-view.js';
import { prepareAsking, askToCancel, prepareRows } from './login-actions.js';

const page = document.querySelector('main').dataset;
const session = page.session;
const BEARER = `propusk.bearer.${session}`;

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

telegram.on('back_button_pressed', askToCancel);
settle(page.parents);
// On a phone the way to a second screen comes first, and the code stands in a card below.
if (telegram.isPhone) {
  document.getElementById('pass-second').append(document.getElementById('pass'));
  document.getElementById('pass-first').remove();
}
prepareRows(telegram.isPhone, words);
run();
