// Telegram has led back: what it brought goes on in a form, be it in the query or in the fragment,
// which no server sees. The address keeps none of it.

const form = document.getElementById('widget');
const brought = /[#&]tgAuthResult=([A-Za-z0-9_=-]+)$/.exec(location.hash)?.[1] ?? '';
const kept = [...new URLSearchParams(location.search)].filter(([name]) => ['state', 'redirect', 'lang'].includes(name));
history.replaceState(null, '', `${location.pathname}?${new URLSearchParams(kept)}`);
form.elements.fragment.value = brought === 'false' ? '' : brought;
if (form.elements.fragment.value || form.elements.result.value) {
  form.requestSubmit();
} else {
  form.hidden = true;
  document.getElementById('widget-state').hidden = true;
  document.getElementById('widget-nothing').hidden = false;
}
