// The page that waits for a person in the bot: hears of each change, counts down, and goes on by
// itself once the person said yes.
import { localTime } from './site.js';
import { follow } from './stream.js';

const byId = (id) => document.getElementById(id);
const page = byId('sign-in').dataset;
const token = encodeURIComponent(page.token);
const waiting = byId('state-words').textContent;
let ends = performance.now() + Number(page.left) * 1000;
let status = page.status;
let entering = false;

for (const time of document.querySelectorAll('time[data-clock]')) {
  time.textContent = localTime(new Date(time.dateTime));
}

function say(words) {
  if (byId('state-words').textContent !== words) byId('state-words').textContent = words;
}

function words() {
  if (status === 'approved') return page.approved;
  return status === 'opened' ? page.opened : waiting;
}

/** The form makes the exchange, so that the cookie comes with a page. */
function enter() {
  entering = true;
  say(page.approved);
  byId('enter').submit();
}

/** Shows what the server says of it now. */
function reload() {
  location.replace(location.pathname);
}

function show(view) {
  // Our own exchange ends it too: nothing may break into its answer.
  if (entering) return;
  if (view.end?.code === 'exchanged') {
    // Another tab goes in: its cookie is on the way.
    setTimeout(reload, 1500);
    return;
  }
  if (view.end || view.status === 'not_found') {
    reload();
    return;
  }
  ends = performance.now() + view.expires_in * 1000;
  if (view.status === status) return;
  status = view.status;
  say(words());
  if (status === 'approved') enter();
}

function tick() {
  const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  byId('left').textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  byId('pie').setAttribute('stroke-dasharray', `${(100 * left) / Number(page.life)} 100`);
  byId('pie').toggleAttribute('hidden', left === 0);
}

if (status === 'approved') enter();
setInterval(tick, 500);
follow({ events: `/api/auth/stream?token=${token}`, status: `/api/auth?token=${token}` }, {
  show,
  offline: (is) => say(is ? page.offline : words()),
  refused: () => { if (!entering) reload(); },
});
