// The site's first page: says who has come in, without loading again.

import './site.js';

document.addEventListener('propusk:signin', ({ detail }) => {
  document.getElementById('front-name').textContent = detail.user.first_name;
  document.getElementById('front-out').hidden = true;
  document.getElementById('front-in').hidden = false;
  document.querySelector('#front-in h1').focus();
});
