// A login's code on a page: the code itself, its clocks and the line that says where it is.

import { drawRing, left, moment, showClock, showRing, spell } from './clocks.js';

const byId = (id) => document.getElementById(id);
export const words = JSON.parse(document.querySelector('[data-words]').dataset.words);

const QR_SECONDS = 30;
const SLOW_MS = 8000;
const GRACE_MS = 1000;

let qrEnds = 0;
let qrSeconds = QR_SECONDS;
let qrLink = '';
let preparingSince = 0;
let queueEnds = 0;
let spokenMinute = false;

export function say(key, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[key]);
}

/** The link on the page while it is good for something, and how long it still is. */
export function currentLink() {
  return qrLink && left(qrEnds) > 0 ? { link: qrLink, left: spell(left(qrEnds), words) } : null;
}

export function forgetCode() {
  qrLink = '';
}

/** `fresh`: the card was not on the screen a moment ago. */
export function showScan({ qr, queue }, fresh) {
  queueEnds = queue ? moment(queue.wait) : 0;
  if (!qr) {
    preparingSince ||= performance.now();
    qrLink = '';
    byId('pass-code').hidden = true;
  } else {
    preparingSince = 0;
    qrEnds = qr.stale ? moment(0) : moment(qr.expires_in);
    if (qr.link !== qrLink) {
      qrSeconds = Math.max(QR_SECONDS, qr.expires_in);
      qrLink = qr.link;
      showCode(qr);
    }
  }
  if (fresh) drawRing();
}

/** The new code takes the old one's place in one step: no frame is without a code. */
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
export function tickScan(pageEnds, pageSeconds, offline) {
  const pageLeft = left(pageEnds);
  showClock('clock-page', spell(pageLeft, words), Math.min(1, pageLeft / pageSeconds), pageLeft < 30);
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
  showStateLine(pageLeft, stale, offline);
}

function showStateLine(pageLeft, stale, offline) {
  if (offline) showState('offline', words['state.offline']);
  else if (stale) showState('offline', words['state.silent']);
  else if (!qrLink && queueEnds) showState('hourglass', queueWords());
  else if (pageLeft < 30) showState('clock', say('state.hurry', { left: spell(pageLeft, words) }), 'warn');
  else if (qrLink) showState('', words['state.waiting']);
  else {
    const slow = preparingSince && performance.now() - preparingSince > SLOW_MS;
    showState('', words[slow ? 'state.slow' : 'state.preparing']);
  }
}

/** Minutes are rounded up to tens of seconds: a promise is not counted down each second. */
function queueWords() {
  const rest = left(queueEnds);
  if (rest <= 0) return words['queue.soon'];
  return say('queue', { left: spell(Math.max(10, Math.ceil(rest / 10) * 10), words) });
}
