// On pages of a person's own account: shows them anew when something has changed, and leaves when
// the browser was signed out, here or elsewhere.

import { follow } from './stream.js';
import { showTimes } from './site.js';

const account = () => document.getElementById('account');

/** What stands in the page now, from our server; what is being done in it waits. */
async function refresh() {
  const answer = await fetch(location.pathname, { headers: { Accept: 'text/html' }, cache: 'no-store' });
  if (answer.redirected) {
    location.replace(answer.url);
    return;
  }
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.getElementById('account');
  if (!fresh) return;
  account().replaceWith(document.adoptNode(fresh));
  showTimes();
}

await follow(
  { events: '/account/events', status: '/account/status' },
  {
    show: ({ stamp }) => {
      if (stamp !== account().dataset.stamp) refresh();
    },
    offline: () => {},
    // Signed out: the page says where to go on.
    refused: () => location.reload(),
  },
);
