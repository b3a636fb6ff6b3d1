// The form for a page code: goes on by itself once all characters are there.

import { prepareCode } from './code-field.js';

const byId = (id) => document.getElementById(id);
const go = byId('go');
const until = byId('code-wrong')?.dataset.until;
const closed = Boolean(until);

if (closed) {
  const at = new Date(until);
  const time = at.toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hour12: false });
  const words = byId('code-wrong').querySelector('span');
  words.textContent = words.textContent.replace(/\d\d:\d\d UTC/, time);
}
go.setAttribute('aria-disabled', 'true');
go.disabled = false;
prepareCode(byId('code-field'), (full) => {
  go.setAttribute('aria-disabled', String(!full || closed));
  if (full && !closed) byId('form').requestSubmit();
});
byId('form').addEventListener('submit', (event) => {
  if (go.getAttribute('aria-disabled') === 'true') event.preventDefault();
});
