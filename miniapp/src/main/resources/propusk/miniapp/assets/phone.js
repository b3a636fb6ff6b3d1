// The way in by phone and code: cells that fill, clocks that run, and a page that waits.

import { localTime } from './site.js';

const lang = document.documentElement.lang;
const spell = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** One real input over drawn cells: keeps its digits, marks the current cell, sends when full. */
function prepareCode(field) {
  const input = field.querySelector('input');
  const cells = [...field.querySelectorAll('i')];
  const draw = () => {
    const at = document.activeElement === input ? Math.min(input.value.length, cells.length - 1) : -1;
    cells.forEach((cell, index) => cell.toggleAttribute('data-now', index === at));
    input.scrollLeft = 0;
  };
  input.addEventListener('input', () => {
    const digits = input.value.replace(/\D/g, '').slice(0, cells.length);
    if (digits !== input.value) input.value = digits;
    field.removeAttribute('data-wrong');
    draw();
    if (digits.length === cells.length) input.form.requestSubmit();
  });
  for (const event of ['focus', 'blur', 'scroll']) input.addEventListener(event, draw);
  field.dataset.drawn = '';
  draw();
}

function prepareReveal(button) {
  const input = button.parentElement.querySelector('input');
  const words = { password: button.textContent, text: button.dataset.reveal };
  button.hidden = false;
  button.addEventListener('click', () => {
    input.type = input.type === 'password' ? 'text' : 'password';
    button.textContent = words[input.type];
    input.focus();
  });
}

/** Counts down; at the end the page shows what is true then. */
function countDown(element) {
  const ends = performance.now() + Number(element.dataset.countdown) * 1000;
  const timer = setInterval(() => {
    const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    element.textContent = spell(left);
    if (left > 0) return;
    clearInterval(timer);
    setTimeout(() => location.replace('/login/phone'), 1500);
  }, 1000);
}

/** Asks until the login has moved on, then shows it. */
async function waitForMore(version) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    try {
      const answer = await fetch('/login/phone/status', { cache: 'no-store' });
      if (answer.ok && String((await answer.json()).version) !== version) {
        location.replace('/login/phone');
        return;
      }
    } catch {
      // no connection: asked again
    }
  }
}

/** Until Telegram allows another try, the button says when that is. */
function waitUntil(at, button) {
  const rest = button.textContent;
  const timer = setInterval(step, 1000);
  function step() {
    const left = Math.ceil((at - Date.now()) / 1000);
    button.setAttribute('aria-disabled', left > 0);
    button.textContent = left > 0 ? button.dataset.again.replace('{left}', spell(left)) : rest;
    if (left <= 0) clearInterval(timer);
  }
  button.form.addEventListener('submit', (event) => {
    if (button.getAttribute('aria-disabled') === 'true') event.preventDefault();
  });
  step();
}

for (const field of document.querySelectorAll('.code[data-length]')) prepareCode(field);
for (const button of document.querySelectorAll('[data-reveal]')) prepareReveal(button);
for (const element of document.querySelectorAll('[data-countdown]')) countDown(element);
const waiting = document.querySelector('[data-waiting]');
if (waiting) waitForMore(waiting.dataset.waiting);

const wrong = document.getElementById('wrong');
if (wrong?.dataset.until) {
  wrong.querySelector('span').textContent = wrong.dataset.words.replace('{time}', localTime(new Date(wrong.dataset.until)));
}

const end = document.querySelector('[data-end]');
if (end) {
  if (end.dataset.retry) {
    const at = new Date(end.dataset.retry);
    for (const element of end.querySelectorAll('[data-timed]')) {
      if (element.dataset.timed) element.textContent = element.dataset.timed.replace('{time}', localTime(at));
    }
    const again = end.querySelector('[data-again]');
    if (again) waitUntil(at, again);
  }
  end.querySelector('h1').focus();
}
