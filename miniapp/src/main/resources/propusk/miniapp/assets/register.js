// Registering: a page that moves on by itself, clocks that run, a code that is sent when it is full.

import { follow } from './stream.js';
import { drawRing, left, moment, showRing } from './clocks.js';
import { prepareCode } from './code-field.js';
import { localTime } from './site.js';

const byId = (id) => document.getElementById(id);
const LIFE_SECONDS = 600;
const spell = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
let leaving = false;

/** Not while a form's answer is on its way: it carries the cookie that signs the browser in. */
function reload() {
  if (!leaving) location.replace('/register');
}

/** Counts down; at the end the page shows what is true then. */
function countDown(element) {
  const ends = moment(Number(element.dataset.countdown));
  const step = (jump) => {
    const seconds = left(ends);
    element.textContent = spell(seconds);
    if (byId('pass')) showRing(seconds / LIFE_SECONDS, jump);
    if (seconds > 0) return;
    clearInterval(timer);
    setTimeout(reload, 1500);
  };
  const timer = setInterval(step, 1000, false);
  if (byId('pass')) {
    drawRing();
    addEventListener('resize', drawRing);
  }
  step(true);
}

/** Another code may be asked for after a minute: until then the button says when. */
function waitToResend(button) {
  const at = moment(Number(button.dataset.again));
  const rest = button.textContent;
  const step = () => {
    const seconds = left(at);
    button.disabled = seconds > 0;
    button.textContent = seconds > 0 ? button.dataset.words.replace('{left}', spell(seconds)) : rest;
    if (seconds === 0) clearInterval(timer);
  };
  const timer = setInterval(step, 1000);
  step();
}

/** One real input over drawn cells. */
function prepare(field) {
  const go = byId('go');
  const input = field.querySelector('input');
  if (input.disabled) {
    field.dataset.drawn = '';
    return;
  }
  go.setAttribute('aria-disabled', 'true');
  prepareCode(field, (full) => {
    go.setAttribute('aria-disabled', String(!full));
    if (full) byId('form').requestSubmit();
  });
  byId('form').addEventListener('submit', (event) => {
    if (go.getAttribute('aria-disabled') === 'true') event.preventDefault();
  });
  input.focus();
}

for (const form of document.forms) form.addEventListener('submit', (event) => { leaving = !event.defaultPrevented; });
addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  leaving = false;
  reload();
});

const shown = document.querySelector('[data-version]');
for (const element of document.querySelectorAll('[data-countdown]')) countDown(element);
if (byId('again')) waitToResend(byId('again'));
if (byId('code-field')) prepare(byId('code-field'));

const wrong = byId('wrong');
if (wrong?.dataset.until) {
  const words = wrong.querySelector('span');
  words.textContent = words.textContent.replace(/\d\d:\d\d UTC/, localTime(new Date(wrong.dataset.until)));
}

if (shown) {
  follow({ events: '/register/events', status: '/register/status' }, {
    show: (view) => { if (String(view.version) !== shown.dataset.version) reload(); },
    offline: () => {},
    refused: reload,
  });
}
