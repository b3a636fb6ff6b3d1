// On every page of the website: times in the reader's own zone, and buttons that say they work.

const lang = document.documentElement.lang;
const time = { hour: '2-digit', minute: '2-digit', hour12: false };
const day = { day: 'numeric', month: 'long', year: 'numeric' };

/** `14:35` today; another day with its date. */
export function localTime(at) {
  const today = new Date().toDateString() === at.toDateString();
  return at.toLocaleString(lang, today ? time : { day: 'numeric', month: 'long', ...time });
}

for (const element of document.querySelectorAll('time[data-local]')) {
  const at = new Date(element.dateTime);
  element.textContent = element.dataset.local === 'day' ? at.toLocaleDateString(lang, day) : localTime(at);
}

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
