// On every page of the website: times in the reader's own zone, and buttons that say they work.

const language = () => document.documentElement.lang;
const time = { hour: '2-digit', minute: '2-digit', hour12: false };
const day = { day: 'numeric', month: 'long', year: 'numeric' };

/** `14:35` today; another day with its date. */
export function localTime(at) {
  const today = new Date().toDateString() === at.toDateString();
  return at.toLocaleString(language(), today ? time : { day: 'numeric', month: 'long', ...time });
}

/** `14:35`, of a time that is less than a day away. */
const clock = (at) => at.toLocaleTimeString(language(), time);

/** `сегодня в 09:12`, for the middle of a sentence. */
function when(at) {
  const midnight = new Date().setHours(0, 0, 0, 0);
  const days = Math.round((new Date(at).setHours(0, 0, 0, 0) - midnight) / 86400000);
  const lang = language();
  const date = days > -2
    ? new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }).format(days, 'day')
    : at.toLocaleDateString(lang, { day: 'numeric', month: 'long' });
  return lang === 'ru' ? `${date} в ${clock(at)}` : `${date} at ${clock(at)}`;
}

const said = { clock, day: (at) => at.toLocaleDateString(language(), day), when };

/** Puts the reader's own times in place of the server's. */
export function showTimes() {
  for (const element of document.querySelectorAll('time[data-local]')) {
    element.textContent = said[element.dataset.local](new Date(element.dateTime));
  }
}

showTimes();

for (const form of document.forms) {
  const button = form.querySelector('.btn-primary');
  const rest = button?.innerHTML;
  form.addEventListener('submit', (event) => {
    if (!button?.dataset.working) return;
    if (button.hasAttribute('data-loading')) {
      event.preventDefault();
      return;
    }
    button.setAttribute('data-loading', '');
    const icon = document.getElementById('spinner')?.content.cloneNode(true) ?? '';
    button.replaceChildren(icon, button.dataset.working);
  });
  // Coming back to a page that the browser kept as it was.
  addEventListener('pageshow', (event) => {
    if (!event.persisted || !button) return;
    button.removeAttribute('data-loading');
    button.innerHTML = rest;
  });
}
