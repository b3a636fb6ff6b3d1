// A login in an ordinary browser: shows the part of the page that its state asks for, from the
// code on the second screen to the password and the end.

import { call, follow, Refused } from './stream.js';
import { left, moment, spell } from './clocks.js';
import { forgetCode, showScan, tickScan, words } from './scan-view.js';

const byId = (id) => document.getElementById(id);
const page = byId('live').dataset;
const PAGE_SECONDS = 300;
const SLOW_MS = 8000;
const TRIES = 3;

let view = null;
let shown = document.querySelector('#live > section:not([hidden])')?.id.replace('view-', '') ?? '';
let offline = false;
let pageEnds = 0;
let pageSeconds = PAGE_SECONDS;
let checking = null;

function part(status) {
  if (status === 'completed') return 'completed';
  return { awaiting_password: 'password', finalizing: 'finalizing' }[status] ?? 'scan';
}

function only(id) {
  const changed = shown !== id;
  shown = id;
  for (const section of document.querySelectorAll('#live > section')) section.hidden = section.id !== `view-${id}`;
  return changed;
}

function show(next) {
  const before = view;
  view = next;
  pageEnds = moment(next.expires_in);
  pageSeconds = Math.max(PAGE_SECONDS, next.expires_in);
  const id = next.end && next.status !== 'completed' ? 'end' : part(next.status);
  const changed = only(id);
  if (id === 'scan') showScan(next, changed || !before);
  else forgetCode();
  if (id === 'password') showPassword(before);
  if (id === 'end') showEnd();
  if (changed && before) {
    const path = id === 'password' ? '/connect/password' : '/connect/screen';
    history.replaceState(null, '', path);
    byId(`view-${id}`).querySelector('h1').focus();
  }
  tick();
}

function tick() {
  if (shown === 'scan') tickScan(pageEnds, pageSeconds, offline);
  if (shown === 'password') {
    byId('password-left').textContent = spell(left(pageEnds), words);
    if (checking) byId('confirm-words').textContent = words[performance.now() - checking > SLOW_MS ? 'password.slow' : 'password.checking'];
  }
}

const usual = byId('confirm-words').textContent;

function check(is) {
  checking = is ? checking ?? performance.now() : null;
  byId('confirm').setAttribute('aria-disabled', String(is));
  byId('confirm-spinner').toggleAttribute('hidden', !is);
  byId('confirm-words').textContent = is ? words['password.checking'] : usual;
}

/** Telegram refused one: the field is empty again and says how many tries are left. */
function showPassword(before) {
  const { hint, tries_left: triesLeft } = view.password;
  byId('hint').hidden = !hint;
  byId('hint-words').textContent = hint;
  const wrong = words[`password.wrong.${triesLeft}`];
  byId('password-wrong').hidden = triesLeft === TRIES;
  byId('password').setAttribute('aria-invalid', String(triesLeft < TRIES));
  if (byId('password-wrong-words').textContent !== (wrong ?? '')) byId('password-wrong-words').textContent = wrong ?? '';
  const asked = before?.status === 'awaiting_password' && before.version !== view.version;
  if (!asked) return;
  check(false);
  byId('password').focus();
}

function showEnd() {
  const { code, title, text, retry_at: retryAt } = view.end;
  const template = document.querySelector(`template[data-end="${CSS.escape(code)}"]`);
  const { icon, tone, title: timedTitle, text: timedText, who } = template?.dataset ?? {};
  const time = retryAt && new Date(retryAt).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hour12: false });
  byId('end-tile').dataset.tone = tone ?? 'bad';
  byId('end-icon').setAttribute('href', `#i-${icon ?? 'alert'}`);
  byId('end-title').textContent = (time && timedTitle?.replace('{time}', time)) || title;
  byId('end-text').textContent = (time && timedText?.replace('{time}', time)) || text;
  byId('end-part').replaceChildren(template ? template.content.cloneNode(true) : '');
  for (const filled of byId('end-part').querySelectorAll('[data-fill]')) {
    filled.textContent = filled.textContent.replace('{who}', who);
  }
}

async function submit(event) {
  event.preventDefault();
  const password = byId('password').value;
  if (!password || checking) return;
  check(true);
  byId('password-wrong').hidden = true;
  byId('password').value = '';
  try {
    await call('/connect/password', { body: { password, form_token: page.token } });
  } catch (problem) {
    if (problem instanceof Refused && problem.status < 500) location.reload();
    else check(false);
  }
}

byId('reveal').hidden = false;
byId('reveal').addEventListener('click', () => {
  const field = byId('password');
  const plain = field.type === 'password';
  field.type = plain ? 'text' : 'password';
  byId('reveal').textContent = words[plain ? 'password.hide' : 'password.show'];
  field.focus();
});
byId('password-form').addEventListener('submit', submit);
show(JSON.parse(page.view));
setInterval(tick, 250);
if (!view.end) {
  follow({ events: '/connect/events', status: '/connect/status' }, {
    show,
    offline: (is) => { offline = is; },
    refused: () => location.replace('/connect'),
  });
}
