// What a tab keeps for its reloads.

const TAB = 'propusk.tab';

export function kept(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // private windows: a reload asks again
  }
}

/** This tab's own secret: opening again with it is no replay. */
export function tabSecret() {
  let tab = kept(TAB);
  if (!tab) {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    tab = btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').slice(0, 43);
    keep(TAB, tab);
  }
  return tab;
}
