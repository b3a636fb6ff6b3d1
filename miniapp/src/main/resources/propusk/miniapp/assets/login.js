// `/login`: a browser that is known tries it by itself, one tab at a time; the choice to be
// remembered counts for both ways.
import { localTime } from './site.js';

const entry = document.querySelector('.entry');
const remember = document.querySelector('#by-number [name=remember]');
const telegram = document.querySelector('#by-telegram [name=remember]');

remember.addEventListener('change', () => { telegram.disabled = !remember.checked; });

const wrong = document.getElementById('wrong');
if (wrong?.dataset.until) {
  wrong.querySelector('span').textContent = wrong.dataset.words.replace('{time}', localTime(new Date(wrong.dataset.until)));
}

// Not after coming back: whoever went back wants to see the form.
const [came] = performance.getEntriesByType('navigation');
if (entry.dataset.known === 'true' && came?.type !== 'back_forward') {
  entry.dataset.trying = '';
  document.getElementById('known').submit();
}
addEventListener('pageshow', (event) => {
  if (event.persisted) delete entry.dataset.trying;
});
