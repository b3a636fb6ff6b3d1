// Shows a login's view: which part of the page, its words, its code and its clocks.

import * as telegram from './telegram.js';
import { drawRing, left, moment, showClock, showRing, spell } from './clocks.js';

const byId = (id) => document.getElementById(id);
const page = document.querySelector('main').dataset;
export const words = JSON.parse(page.words);

const QR_SECONDS = 30;
const PAGE_SECONDS = 300;
const SLOW_MS = 8000;
const GRACE_MS = 1000;
const CLOSE_SECONDS = 3;

let view = null;
let shown = '';
let offline = false;
let pageEnds = 0;
let pageSeconds = PAGE_SECONDS;
let qrEnds = 0;
let qrSeconds = QR_SECONDS;
let qrLink = '';
let preparingSince = 0;
let spokenMinute = false;
let person = { name: '', who: '' };
let ticking = 0;

function say(key, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[key]);
}

function only(id) {
  if (shown === id) return false;
  shown = id;
  for (const section of document.querySelectorAll('main > section')) {
    section.hidden = section.id !== `view-${id}`;
  }
  return true;
}

/** A screen that says one thing: not from Telegram, not yours, too late, unknown. */
export function showPlain(id) {
  clearInterval(ticking);
  byId('who').hidden = true;
  only(id);
  byId(`view-${id}`).querySelector('h1').focus();
}

/** Whose login this is. Only to be called once the server has accepted these very init data. */
export function showPerson(initData) {
  let user = {};
  try {
    user = JSON.parse(new URLSearchParams(initData).get('user')) ?? {};
  } catch {
    return;
  }
  const names = [user.first_name, user.last_name].filter((name) => typeof name === 'string' && name);
  const name = names.join(' ');
  const username = typeof user.username === 'string' && user.username ? `@${user.username}` : '';
  person = { name, who: username || name };
  byId('who-mark').textContent = names.map((part) => [...part][0]).join('').toUpperCase();
  byId('who-name').textContent = name;
  byId('who-only').textContent = username ? say('who.only', { who: username }) : words['who.account'];
}

export function setOffline(is) {
  offline = is;
  if (view) tick();
}

/** The link on the page while it is good for something, and how long it still is. */
export function currentLink() {
  return qrLink && left(qrEnds) > 0 ? { link: qrLink, left: spell(left(qrEnds), words) } : null;
}

export function showLogin(next) {
  const before = view;
  view = next;
  byId('who').hidden = next.status === 'completed';
  byId('who-plan').hidden = !next.plan || Boolean(next.end);
  byId('who-plan').textContent = next.plan?.name ?? '';
  pageEnds = moment(next.expires_in);
  pageSeconds = Math.max(PAGE_SECONDS, next.expires_in);
  clearInterval(ticking);
  if (next.end) {
    qrLink = '';
    if (next.status === 'completed') showDone(before);
    else showEnd(before);
    return;
  }
  const screens = { awaiting_password: 'password', awaiting_code: 'code', finalizing: 'finalizing' };
  const screen = screens[next.status] ?? 'scan';
  const changed = only(screen);
  if (screen === 'scan') showScan(changed);
  else qrLink = '';
  if (screen === 'finalizing') showFinalizing();
  if (changed && before) {
    if (screen !== 'scan') byId(`view-${screen}`).querySelector('h1').focus();
    telegram.haptic('success');
  }
  tick();
  ticking = setInterval(tick, 250);
}

function showScan(changed) {
  const qr = view.qr;
  if (!qr) {
    preparingSince ||= performance.now();
    qrLink = '';
    byId('pass-code').hidden = true;
  } else {
    preparingSince = 0;
    qrEnds = qr.stale ? moment(0) : moment(qr.expires_in);
    if (qr.link !== qrLink) {
      qrSeconds = Math.max(QR_SECONDS, qr.expires_in);
      if (qr.expires_in < QR_SECONDS / 2 && !qrLink) qrSeconds = QR_SECONDS;
      qrLink = qr.link;
      showCode(qr);
    }
  }
  if (changed) drawRing();
}

function showCode(qr) {
  const svg = document.importNode(new DOMParser().parseFromString(qr.svg, 'image/svg+xml').documentElement, true);
  const code = byId('pass-code');
  svg.setAttribute('aria-label', code.dataset.label);
  code.replaceChildren(svg);
  const units = svg.viewBox.baseVal.width;
  byId('pass').style.setProperty('--units', units);
  drawRing();
}

function showState(icon, text, tone) {
  byId('state-dots').hidden = Boolean(icon);
  byId('state-icon').toggleAttribute('hidden', !icon);
  if (icon) byId('state-icon').firstElementChild.setAttribute('href', `#i-${icon}`);
  byId('state').dataset.tone = tone ?? '';
  if (byId('state-words').textContent !== text) byId('state-words').textContent = text;
}

/** Everything that changes with time alone. */
function tick() {
  const pageLeft = left(pageEnds);
  const text = spell(pageLeft, words);
  const part = Math.min(1, pageLeft / pageSeconds);
  if (shown === 'password') showClock('clock-password', text, part, pageLeft < 30);
  if (shown !== 'scan') return;
  showClock('clock-page', text, part, pageLeft < 30);
  if (pageLeft <= 60 && pageLeft > 50 && !spokenMinute) {
    spokenMinute = true;
    byId('spoken').textContent = words['state.minute'];
  }
  const qrLeft = qrLink ? left(qrEnds) : 0;
  const stale = Boolean(qrLink) && performance.now() > qrEnds + GRACE_MS;
  byId('pass-wait').toggleAttribute('hidden', Boolean(qrLink));
  byId('pass-code').hidden = !qrLink || stale;
  byId('pass-veil').hidden = !stale;
  byId('stale-note').hidden = !stale;
  showRing(qrLeft / qrSeconds, qrLeft >= qrSeconds - 1 || qrLeft === 0);
  const waiting = qrLink ? words['clock.renewing'] : words['clock.now'];
  showClock('clock-qr', qrLeft ? spell(qrLeft, words) : waiting, qrLeft / qrSeconds, false);
  showStateLine(pageLeft, stale);
}

function showStateLine(pageLeft, stale) {
  if (offline) showState('offline', words['state.offline']);
  else if (stale) showState('offline', words['state.silent']);
  else if (pageLeft < 30) showState('clock', say('state.hurry', { left: spell(pageLeft, words) }), 'warn');
  else if (qrLink) showState('', words['state.waiting']);
  else {
    const slow = preparingSince && performance.now() - preparingSince > SLOW_MS;
    showState('', words[slow ? 'state.slow' : 'state.preparing']);
  }
}

function showFinalizing() {
  byId('made-name').textContent = say('finalizing.tick.2', { name: person.name });
  byId('made-plan-row').hidden = !view.plan;
  byId('made-plan').textContent = say('finalizing.tick.4', { plan: view.plan?.name ?? '' });
}

function showDone(before) {
  only('completed');
  byId('done-title').textContent = view.end.title;
  byId('done-text').textContent = view.end.text;
  const plan = view.plan;
  byId('issued').hidden = !plan;
  if (plan) {
    byId('issued-plan').textContent = plan.name;
    byId('issued-holder').textContent = person.name;
    byId('issued-channels').textContent = plan.channels;
    byId('issued-posts').textContent = plan.posts_per_day;
    byId('issued-rag').textContent = plan.rag_per_day;
    byId('issued-digests').textContent = words[plan.ai_digests ? 'done.digests.on' : 'done.digests.off'];
    if (before) byId('issued').dataset.turning = '';
  }
  byId('done-title').focus();
  telegram.haptic('success');
  countDown();
}

function countDown() {
  const ends = moment(CLOSE_SECONDS);
  const step = () => {
    const rest = (ends - performance.now()) / 1000;
    byId('closing-left').textContent = spell(Math.max(0, Math.ceil(rest)), words);
    byId('closing-bar').setAttribute('width', Math.max(0, (160 * rest) / CLOSE_SECONDS).toFixed(1));
    if (rest <= 0) {
      clearInterval(ticking);
      byId('closing').hidden = true;
      telegram.close();
    }
  };
  step();
  ticking = setInterval(step, 100);
}

function showEnd(before) {
  const { code, title, text, retry_at: retryAt } = view.end;
  const part = document.querySelector(`template[data-end="${CSS.escape(code)}"]`);
  only('end');
  byId('end-tile').dataset.tone = part?.dataset.tone ?? 'bad';
  byId('end-icon').setAttribute('href', `#i-${part?.dataset.icon ?? 'alert'}`);
  const time = retryAt && localTime(new Date(retryAt));
  byId('end-title').textContent = (time && part?.dataset.title.replace('{time}', time)) || title;
  byId('end-text').textContent = (time && part?.dataset.text.replace('{time}', time)) || text;
  byId('end-part').replaceChildren(part ? part.content.cloneNode(true) : '');
  for (const filled of byId('end-part').querySelectorAll('[data-fill]')) {
    fillWho(filled);
  }
  if (retryAt) waitUntil(new Date(retryAt));
  byId('end-title').focus();
  if (before) telegram.haptic('error');
}

/** Writes whose account it is where the words leave a place for it. */
function fillWho(element) {
  const [before, after] = element.textContent.split('{who}');
  if (after === undefined) return;
  const who = document.createElement('b');
  who.textContent = person.who;
  element.replaceChildren(before, who, after);
}

function localTime(at) {
  return at.toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hour12: false });
}

/** Until Telegram allows another try, the button says when that is. */
function waitUntil(at) {
  const again = document.querySelector('#end-part [data-again]');
  const step = () => {
    const seconds = Math.ceil((at - Date.now()) / 1000);
    again.setAttribute('aria-disabled', seconds > 0);
    again.textContent = seconds > 0 ? say('again.at', { left: spell(seconds, words) }) : words.again;
    if (seconds <= 0) clearInterval(ticking);
  };
  if (!again) return;
  step();
  ticking = setInterval(step, 1000);
}
