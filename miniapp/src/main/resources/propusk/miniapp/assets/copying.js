// Copying, and saying in the very place that was pressed what came of it.

const SAID_MS = 4000;

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // In a frame the clipboard may be closed to us; the old way sometimes is not.
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'visually-hidden';
    document.body.append(field);
    field.select();
    try {
      return document.execCommand('copy');
    } catch {
      return false;
    } finally {
      field.remove();
    }
  }
}

/** Copies; where that is refused, `byHand` shows the text in a field, selected. */
export async function copyOrShow(text, byHand) {
  byHand.hidden = true;
  if (await copy(text)) return true;
  byHand.hidden = false;
  const field = byHand.querySelector('input');
  field.value = text;
  field.focus();
  field.select();
  return false;
}

/** Writes `texts` into `elements` and the icon, and after a while what was there before. */
export function answer(place, elements, texts, icon, done) {
  place.usual ??= { texts: elements.map((each) => each.textContent), icon: icon.getAttribute('href') };
  clearTimeout(place.timer);
  elements.forEach((element, at) => { element.textContent = texts[at]; });
  place.toggleAttribute('data-done', done);
  if (done) icon.setAttribute('href', '#i-check');
  place.timer = setTimeout(() => {
    elements.forEach((element, at) => { element.textContent = place.usual.texts[at]; });
    icon.setAttribute('href', place.usual.icon);
    place.removeAttribute('data-done');
  }, SAID_MS);
}
