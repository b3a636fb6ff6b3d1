// An event's page: gets a code for this browser, follows the person's yes, goes in by itself, and
// takes a new code when the old one is over.

import { follow } from './stream.js';
import { drawRing, left, moment, showRing } from './clocks.js';
import { localTime } from './site.js';

const byId = (id) => document.getElementById(id);
const LIFE_SECONDS = 600;
const RENEWALS = 3;
const RENEWED = `renewed ${location.pathname}`;
const spell = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
const reload = () => location.replace(location.pathname);

/** Nobody looked for half an hour: then a code is only made when somebody asks. */
const renewals = () => Number(sessionStorage.getItem(RENEWED) ?? 0);

async function getCode() {
  const body = new URLSearchParams({ do: 'code' });
  const answer = await fetch(location.pathname, { method: 'POST', body, redirect: 'manual' });
  if (answer.status === 429) {
    const seconds = Number(answer.headers.get('Retry-After') ?? 60);
    limit(seconds);
    return;
  }
  reload();
}

/** No more codes for a while; then the page goes on by itself. */
function limit(seconds) {
  for (const id of ['pass', 'state', 'renew']) byId(id).hidden = true;
  const limited = byId('limited');
  const at = localTime(new Date(Date.now() + seconds * 1000));
  limited.querySelector('.state').textContent = limited.dataset.words.replace('{time}', at);
  limited.hidden = false;
  setTimeout(() => whenSeen().then(reload), seconds * 1000);
}

async function whenSeen() {
  if (document.visibilityState === 'visible') return;
  await new Promise((resolve) => {
    const seen = () => {
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', seen);
      resolve();
    };
    document.addEventListener('visibilitychange', seen);
  });
}

let over = false;

/** The time is over: the code is greyed out; who looks at the page, now or later, gets another one by itself. */
function expire() {
  if (over) return;
  over = true;
  byId('pass-code').hidden = true;
  byId('pass-veil').hidden = false;
  byId('live').hidden = true;
  byId('scan').hidden = true;
  byId('state').hidden = true;
  byId('renew').hidden = false;
  showRing(0, true);
  if (renewals() >= RENEWALS) return;
  byId('again').hidden = true;
  byId('soon').hidden = false;
  whenSeen().then(() => {
    sessionStorage.setItem(RENEWED, String(renewals() + 1));
    setTimeout(getCode, 3000);
  });
}

function countDown(element) {
  const ends = moment(Number(element.dataset.countdown));
  const step = (jump) => {
    const seconds = left(ends);
    element.textContent = spell(seconds);
    showRing(seconds / LIFE_SECONDS, jump);
    if (seconds > 0) return;
    clearInterval(timer);
    expire();
  };
  const timer = setInterval(step, 1000, false);
  drawRing();
  addEventListener('resize', drawRing);
  step(true);
}

const code = byId('code');
if (code) {
  if (code.dataset.approved === 'true') {
    byId('enter').requestSubmit();
  } else {
    const words = byId('state-words');
    const said = words.textContent;
    for (const element of code.querySelectorAll('[data-countdown]')) countDown(element);
    follow({ events: '/api/auth/telegram-code/stream', status: `${location.pathname}/status` }, {
      show: (view) => {
        // The page's clock stands still while a phone sleeps.
        if (view.status === 'expired') expire();
        else if (String(view.version) !== code.dataset.version) reload();
      },
      offline: (isOffline) => { words.textContent = isOffline ? words.dataset.offline : said; },
      refused: reload,
    });
  }
}
if (byId('preparing')) whenSeen().then(getCode);
byId('renew')?.addEventListener('submit', () => sessionStorage.removeItem(RENEWED));
