// The site's first page: says who has come in, in this tab and in the others, without loading
// anything where it can.

import './site.js';

const out = document.getElementById('front-out');
const tabs = new BroadcastChannel('propusk.front');

document.addEventListener('propusk:signin', ({ detail }) => {
  document.getElementById('front-name').textContent = detail.user.first_name;
  out.hidden = true;
  document.getElementById('front-in').hidden = false;
  document.querySelector('#front-in h1').focus();
  tabs.postMessage('in');
});

tabs.onmessage = () => {
  if (out.hidden) return;
  window.propusk.close();
  location.reload();
};
