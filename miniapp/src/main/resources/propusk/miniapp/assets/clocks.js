// The two clocks of the page and the ring around the QR.

const byId = (id) => document.getElementById(id);

/** `4:12` from a minute on, below it `18 s` in the page's words. */
export function spell(seconds, words) {
  if (seconds >= 60) {
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }
  return words['clock.seconds'].replace('{n}', seconds);
}

/** Seconds left until a moment of this page's own monotonic clock. */
export const left = (until) => Math.max(0, Math.ceil((until - performance.now()) / 1000));
export const moment = (seconds) => performance.now() + seconds * 1000;

export function showClock(id, text, part, warn) {
  const clock = byId(id);
  const value = clock.querySelector('.clock-value');
  if (value.textContent !== text) value.textContent = text;
  clock.querySelector('.pie-left').setAttribute('stroke-dasharray', `${part * 100} 100`);
  clock.querySelector('.pie-left').toggleAttribute('hidden', part <= 0);
  if (warn) clock.dataset.tone = 'warn';
  else delete clock.dataset.tone;
}

/** Draws the ring along the edge of its card, whatever size that has. */
export function drawRing() {
  const { offsetWidth: w, offsetHeight: h } = byId('pass');
  if (!w) return;
  const ring = byId('pass-ring');
  ring.setAttribute('viewBox', `0 0 ${w} ${h}`);
  const r = 26;
  const path =
    `M${w / 2} 2H${w - 2 - r}a${r} ${r} 0 0 1 ${r} ${r}V${h - 2 - r}a${r} ${r} 0 0 1 ${-r} ${r}` +
    `H${2 + r}a${r} ${r} 0 0 1 ${-r} ${-r}V${2 + r}a${r} ${r} 0 0 1 ${r} ${-r}z`;
  for (const line of ring.children) line.setAttribute('d', path);
}

/** How much of this QR's time is left, from 1 to 0; `jump` sets it without moving there. */
export function showRing(part, jump) {
  const line = byId('pass-ring').lastElementChild;
  line.toggleAttribute('data-jump', jump);
  line.setAttribute('stroke-dasharray', `${part * 100} 100`);
  line.toggleAttribute('hidden', part <= 0);
}
