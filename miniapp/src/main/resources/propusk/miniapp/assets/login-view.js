// Shows a login's view: which part of the page, its words, its code and its clocks.

import * as telegram from './telegram.js';
import { left, moment, showClock, spell } from './clocks.js';
import { forgetCode, say, showScan, tickScan, words } from './scan-view.js';

const byId = (id) => document.getElementById(id);

const PAGE_SECONDS = 300;
const CLOSE_SECONDS = 3;

let view = null;
let shown = '';
let offline = false;
let pageEnds = 0;
let pageSeconds = PAGE_SECONDS;
let secondScreen = null;
let openedAt = 0;
let pageLink = '';
let person = { name: '', who: '' };
let ticking = 0;

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
    forgetCode();
    if (next.status === 'completed') showDone(before);
    else showEnd(before);
    return;
  }
  const screens = { awaiting_password: 'password', awaiting_code: 'code', finalizing: 'finalizing' };
  const screen = screens[next.status] ?? 'scan';
  const changed = only(screen);
  if (screen === 'scan') {
    showSecondScreen(next.connect);
    showScan(next, changed);
  } else {
    forgetCode();
  }
  if (screen === 'finalizing') showFinalizing();
  if (changed && before) {
    if (screen !== 'scan') byId(`view-${screen}`).querySelector('h1').focus();
    telegram.haptic('success');
  }
  tick();
  ticking = setInterval(tick, 250);
}

/** Everything that changes with time alone. */
function tick() {
  if (shown === 'scan') {
    tickScan(pageEnds, pageSeconds, offline);
    showOpenedAgo();
  } else if (shown === 'password') {
    const pageLeft = left(pageEnds);
    const part = Math.min(1, pageLeft / pageSeconds);
    showClock('clock-password', spell(pageLeft, words), part, pageLeft < 30);
  }
}

/** How to open the code on a second screen, or which screen has opened it. */
function showSecondScreen(connect) {
  const opened = connect?.opened;
  const news = Boolean(opened) && !secondScreen;
  secondScreen = opened ?? null;
  openedAt = performance.now() - (opened?.ago ?? 0) * 1000;
  byId('view-scan').toggleAttribute('data-opened', Boolean(opened));
  byId('second').hidden = !connect?.code;
  if (connect?.code) {
    pageLink = connect.link;
    byId('second-address').textContent = connect.address;
    showPageCode(connect.code);
  }
  if (!opened) return;
  const { browser, system } = opened;
  const known = browser && system ? say('opened.browser', { browser, system }) : browser ?? system;
  byId('opened-browser').textContent = known ?? words['opened.where.unknown'];
  showOpenedAgo();
  if (news && shown === 'scan') {
    telegram.haptic('success');
    byId('opened-title').focus();
  }
}

function showOpenedAgo() {
  if (!secondScreen) return;
  const minutes = Math.floor((performance.now() - openedAt) / 60000);
  const time = minutes ? say('opened.ago', { n: minutes }) : words['opened.ago.now'];
  const text = say('opened.where', { ip: secondScreen.ip ?? '', time });
  if (byId('opened-where').textContent !== text) byId('opened-where').textContent = text;
}

/** One cell for each character; read aloud letter by letter. */
function showPageCode(code) {
  const cells = byId('second-code');
  const characters = [...code.replace(' ', '')];
  cells.setAttribute('aria-label', characters.join(', '));
  cells.replaceChildren(...characters.map((character) => {
    const cell = document.createElement('i');
    cell.textContent = character;
    return cell;
  }));
}

export const currentPageLink = () => pageLink;

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
